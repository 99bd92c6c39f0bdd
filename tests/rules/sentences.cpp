#include "tests/rules/sentences.hpp"

#include <algorithm>
#include <cctype>
#include <regex>
#include <sstream>

#include "tests/rules/tree.hpp"

namespace pset3::rules {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Where a comment begins in a line of code, and how.
struct Comment {
  std::size_t column = std::string::npos;
  std::string marker;  ///< "//", "///" or "///<"; empty: none
  std::string text;
};

Comment comment_in(const std::string& line) {
  static const std::regex kComment("^(\\s*)(///<|///|//)\\s?(.*)$");
  static const std::regex kBehindCode("^(.*\\S\\s+)(///<)\\s?(.*)$");
  std::smatch match;
  if (!std::regex_match(line, match, kComment) && !std::regex_match(line, match, kBehindCode)) {
    return {};
  }
  return {static_cast<std::size_t>(match.length(1)), match[2], match[3]};
}

/// Whether a comment goes on with the one of the line above.
bool goes_on(const Comment& above, const Comment& comment) {
  if (above.marker.empty() || comment.marker == "///<") return false;
  if (above.marker == "///<") return comment.marker == "///" && comment.column == above.column;
  return comment.marker == above.marker;
}

struct Block {
  Comment last;
  Lines lines;
};

std::vector<Block> blocks_of(const std::string& header) {
  std::vector<Block> blocks;
  Comment above;
  for (const std::string& line : lines_of(header)) {
    Comment comment = comment_in(line);
    const bool more = goes_on(above, comment);
    above = comment;
    if (comment.marker.empty()) continue;
    if (!more) blocks.emplace_back();
    Block& block = blocks.back();
    block.lines.push_back(comment.text);
    if (comment.marker == "///" && more && block.last.marker == "///<") above = block.last;
    block.last = above;
  }
  return blocks;
}

/// Runs of spaces as one, none at the ends.
std::string on_one_line(const std::string& text) {
  std::istringstream stream(text);
  std::string line;
  for (std::string word; stream >> word;) line += (line.empty() ? "" : " ") + word;
  return line;
}

/// Lines put together: a blank one, a tag and "Source:" each begin a new paragraph.
Lines paragraphs_of(const Lines& lines) {
  Lines paragraphs = {""};
  for (const std::string& line : lines) {
    const std::string text = on_one_line(line);
    if (text.empty() || text[0] == '@' || starts_with(text, "Source:")) paragraphs.emplace_back();
    paragraphs.back() += " " + text;
  }
  for (std::string& paragraph : paragraphs) paragraph = on_one_line(paragraph);
  paragraphs.erase(std::remove(paragraphs.begin(), paragraphs.end(), ""), paragraphs.end());
  return paragraphs;
}

/// Whether a sentence ends before this space.
bool is_end(const std::string& text, std::size_t space) {
  if (std::string(".?!").find(text[space - 1]) == std::string::npos) return false;
  const char next = text[space + 1];
  return std::isupper(static_cast<unsigned char>(next)) != 0 || next == '`' || next == '$';
}

Lines sentences_in(const std::string& paragraph) {
  Lines sentences;
  std::size_t begin = 0;
  for (std::size_t i = 1; i + 1 < paragraph.size(); ++i) {
    if (paragraph[i] != ' ' || !is_end(paragraph, i)) continue;
    sentences.push_back(paragraph.substr(begin, i - begin));
    begin = i + 1;
  }
  sentences.push_back(paragraph.substr(begin));
  return sentences;
}

Lines sentences_in(const Block& block) {
  Lines all;
  const Lines paragraphs = paragraphs_of(block.lines);
  if (block.last.marker == "//" && (paragraphs.empty() || paragraphs.back().back() != '.')) {
    return all;
  }
  for (const std::string& paragraph : paragraphs) {
    if (starts_with(paragraph, "Source:")) continue;
    for (std::string& sentence : sentences_in(paragraph)) all.push_back(std::move(sentence));
  }
  const bool given = std::find(all.begin(), all.end(), "Given.") != all.end();
  return given ? Lines() : all;
}

bool names_checks(const std::string& sentence) {
  static const std::regex kChecks("\\b([Tt]he|[Oo]ne|[Oo]ne hidden) checks?\\b");
  return std::regex_search(sentence, kChecks);
}

}  // namespace

std::vector<std::string> sentences_of_header(const std::string& header) {
  Lines all;
  for (const Block& block : blocks_of(header)) {
    for (std::string& sentence : sentences_in(block)) all.push_back(std::move(sentence));
  }
  return all;
}

std::vector<std::string> sentences_of_handout(const std::string& handout) {
  Lines all;
  for (const std::string& paragraph : paragraphs_of(lines_of(handout))) {
    Lines sentences = sentences_in(paragraph);
    const auto first = std::find_if(sentences.begin(), sentences.end(), names_checks);
    all.insert(all.end(), first, sentences.end());
  }
  return all;
}

}  // namespace pset3::rules
