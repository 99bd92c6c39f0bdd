#include <fmt/format.h>

#include <algorithm>

#include "grader/base/text.hpp"
#include "grader/similarity/similarity.hpp"

namespace pset3::similarity {
namespace {

constexpr std::size_t kRunsShown = 5;
constexpr std::size_t kLinesShown = 30;
constexpr int kLineNumber = 5;

/// Lines of a file, printable and with their numbers.
std::vector<std::string> numbered(const Work& work, const std::string& file, std::size_t begin,
                                  std::size_t end) {
  std::vector<std::string> lines;
  const std::string& text = work.files.at(file);
  std::size_t number = 1;
  for (std::size_t at = 0; at < text.size() && number <= end; ++number) {
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    std::string line = printable(text.substr(at, stop - at));
    std::replace(line.begin(), line.end(), '\t', ' ');
    if (number >= begin) lines.push_back(fmt::format("{:>{}} {}", number, kLineNumber - 1, line));
    at = stop + 1;
  }
  return lines;
}

/// A numbered line without its number and the spaces around it.
std::string text_of(const std::string& line) {
  return trimmed(line.substr(std::min<std::size_t>(line.size(), kLineNumber)));
}

/// Cut between characters, and filled up with spaces.
std::string fitted(std::string text, std::size_t columns) {
  if (text.size() > columns) text = text.substr(0, valid_utf8_bytes(text.substr(0, columns)));
  return text + std::string(columns - text.size(), ' ');
}

const Work& work_of(const std::vector<Work>& works, const std::string& submission,
                    const std::string& part) {
  return *std::find_if(works.begin(), works.end(), [&](const Work& work) {
    return work.submission == submission && work.part == part;
  });
}

std::string run_text(const Run& run, const Work& first, const Work& second, int columns) {
  const auto half = static_cast<std::size_t>(std::max(columns - 4, 40) / 2);
  std::vector<std::string> left = numbered(first, run.first_file, run.first_begin, run.first_end);
  std::vector<std::string> right =
      numbered(second, run.second_file, run.second_begin, run.second_end);
  const std::size_t all = std::max(left.size(), right.size());
  left.resize(all);
  right.resize(all);
  std::string text =
      fmt::format(" {}| {}\n", fitted(printable(first.submission + " " + run.first_file), half),
                  printable(second.submission + " " + run.second_file));
  for (std::size_t i = 0; i < std::min(all, kLinesShown); ++i) {
    const bool is_same = text_of(left[i]) == text_of(right[i]);
    text += fmt::format(" {}{} {}\n", fitted(left[i], half), is_same ? '|' : '*',
                        fitted(right[i], half));
  }
  if (all > kLinesShown) text += fmt::format(" … {} more\n", counted(all - kLinesShown, "line"));
  return text;
}

/// Which pairs there are, the most similar first.
std::string ranking(const std::vector<Pair>& pairs) {
  std::string text = " Of the first's own code in the second, the other way round:\n";
  for (const Pair& pair : pairs) {
    text +=
        fmt::format("   {:>3} %  {:>3} %  {}  {}, {}\n", pair.first_percent, pair.second_percent,
                    pair.part, printable(pair.first), printable(pair.second));
  }
  return text + " Side by side, with * between lines that differ:\n\n";
}

}  // namespace

std::string to_text(const std::vector<Pair>& pairs, const std::vector<Work>& works, int columns) {
  if (pairs.empty()) return " No two submissions have much in common.\n";
  std::string text = ranking(pairs);
  for (const Pair& pair : pairs) {
    text += fmt::format(
        " Look at  {} and {} in {}: {} % of the first is much like the second, {} % the "
        "other way round\n",
        printable(pair.first), printable(pair.second), pair.part, pair.first_percent,
        pair.second_percent);
    const Work& first = work_of(works, pair.first, pair.part);
    const Work& second = work_of(works, pair.second, pair.part);
    for (std::size_t i = 0; i < std::min(pair.runs.size(), kRunsShown); ++i) {
      text += "\n" + run_text(pair.runs[i], first, second, columns);
    }
    if (pair.runs.size() > kRunsShown) {
      text += fmt::format("\n … {} more\n", counted(pair.runs.size() - kRunsShown, "place"));
    }
    text += "\n";
  }
  return text +
         " Similar code has many reasons: a hint in class, the same book, a task with one short "
         "answer. "
         "Read both\n before you speak to anybody.\n";
}

}  // namespace pset3::similarity
