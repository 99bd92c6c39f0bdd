#include "grader/author/starter.hpp"

#include <fmt/format.h>

#include <sstream>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::author {
namespace {

constexpr std::string_view kBegin = "// BEGIN SOLUTION";
constexpr std::string_view kEnd = "// END SOLUTION";

std::string_view without_indent(std::string_view line) {
  const auto begin = line.find_first_not_of(' ');
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

[[noreturn]] void fail(const std::string& name, int line, const char* what) {
  throw InputError(fmt::format("{}:{}: {}", name, line, what));
}

/// A marker with a slip in it would be taken for a comment, and hand the solution out.
void require_clean_marker(const std::string& line, std::string_view text, const std::string& name,
                          int number) {
  const bool is_marker = text == kBegin || text == kEnd;
  if (is_marker) return;
  for (const char* word : {"BEGIN SOLUTION", "END SOLUTION"}) {
    if (line.find(word) == std::string::npos) continue;
    fail(name, number,
         "a marker stands alone in its line, as \"// BEGIN SOLUTION\" or "
         "\"// END SOLUTION\" after spaces");
  }
}

}  // namespace

std::string stub_of(const std::string& solution, const std::string& name) {
  std::string stub;
  std::istringstream lines(solution);
  int number = 0;
  int opened = 0;
  int blocks = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::string_view text = without_indent(line);
    require_clean_marker(line, text, name, number);
    if (text == kBegin) {
      if (opened != 0) fail(name, number, "BEGIN SOLUTION inside of another one");
      opened = number;
      ++blocks;
      stub += line.substr(0, line.size() - text.size()) + "PSET3_TODO();\n";
    } else if (text == kEnd) {
      if (opened == 0) fail(name, number, "END SOLUTION without a BEGIN SOLUTION");
      opened = 0;
    } else if (opened == 0) {
      stub += line + "\n";
    }
  }
  if (opened != 0) fail(name, opened, "BEGIN SOLUTION without an END SOLUTION");
  if (blocks == 0) fail(name, 1, "no BEGIN SOLUTION: all of the file would be handed out");
  return stub;
}

std::map<std::filesystem::path, std::string> starter_files(const pipeline::Course& course) {
  std::map<std::filesystem::path, std::string> files;
  for (const judge::Rubric& rubric : course.parts) {
    for (const std::string& name : rubric.files) {
      const std::filesystem::path solution = course.solution(rubric) / name;
      files[std::filesystem::path("starter") / rubric.folder / name] =
          stub_of(read_file(solution), solution.string());
    }
  }
  return files;
}

}  // namespace pset3::author
