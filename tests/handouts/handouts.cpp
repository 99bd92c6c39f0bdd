#include "tests/handouts/handouts.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>

namespace pset3::handouts {

std::filesystem::path source_folder() { return PSET3_SOURCE_DIR; }

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> all_matches(const std::string& text, const std::string& expression) {
  const std::regex regex(expression);
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
    found.push_back((*match)[1]);
  }
  return found;
}

std::vector<std::filesystem::path> pages() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "handouts")) {
    if (entry.path().extension() == ".md") {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Part> parts() {
  std::vector<Part> found;
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() / "fixtures")) {
    const std::filesystem::path rubric = entry.path() / "rubric.json";
    if (std::filesystem::exists(rubric)) {
      Part part{nlohmann::json::parse(contents_of(rubric)), {}};
      part.handout = source_folder() / part.rubric.at("handout").get<std::string>();
      found.push_back(std::move(part));
    }
  }
  return found;
}

std::string without_code(const std::string& markdown) {
  const std::string no_blocks =
      std::regex_replace(markdown, std::regex("(^|\n)( {4,}|\t)[^\n]*"), "$1");
  return std::regex_replace(no_blocks, std::regex("`[^`\n]*`"), "code");
}

std::vector<std::string> headings_of(const std::string& markdown) {
  return all_matches(markdown, "(?:^|\n)#{1,4} ([^\n]+)");
}

std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char letter : heading) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == ' ' || letter == '-') {
      anchor += '-';
    } else if (std::isalnum(byte) != 0 || letter == '_' || byte >= 0x80) {
      anchor += static_cast<char>(std::tolower(byte));
    }
  }
  return anchor;
}

}  // namespace pset3::handouts
