#include "grader/author/release_parts.hpp"

#include <algorithm>
#include <sstream>

namespace pset3::author {

PartChoice::PartChoice(const pipeline::Course& course, const std::set<std::string>& parts) {
  std::set<std::string> chosen;
  for (const std::string& name : parts) chosen.insert(course.part(name).part);
  for (const judge::Rubric& rubric : course.parts) {
    const bool given = chosen.empty() || chosen.count(rubric.part) != 0;
    (given ? given_ : left_out_).push_back(&rubric);
  }
}

bool PartChoice::is_of_other(const std::filesystem::path& path) const {
  return std::any_of(left_out_.begin(), left_out_.end(), [&](const auto* rubric) {
    return std::find(path.begin(), path.end(), rubric->folder) != path.end();
  });
}

std::string PartChoice::without_others(const std::string& text) const {
  std::string kept;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool names_one = std::any_of(left_out_.begin(), left_out_.end(), [&](const auto* rubric) {
      return line.find(rubric->folder) != std::string::npos;
    });
    if (!names_one) kept += line + "\n";
  }
  return kept;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace pset3::author
