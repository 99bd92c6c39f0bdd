#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "grader/pipeline/course.hpp"

namespace pset3::author {

/// The parts that a release has, and those that it leaves out.
class PartChoice {
 public:
  /// @param parts  short names; empty = all. @throws InputError for one that the course lacks.
  PartChoice(const pipeline::Course& course, const std::set<std::string>& parts);

  const std::vector<const judge::Rubric*>& given() const { return given_; }
  const std::vector<const judge::Rubric*>& left_out() const { return left_out_; }

  /// Whether a file is in a folder of a part that is left out.
  bool is_of_other(const std::filesystem::path& path) const;
  /// A text without the lines that name such a folder: rows of tables, the list of parts.
  std::string without_others(const std::string& text) const;

 private:
  std::vector<const judge::Rubric*> given_;
  std::vector<const judge::Rubric*> left_out_;
};

/// Replaces each `from` in a text.
std::string replaced(std::string text, const std::string& from, const std::string& to);

}  // namespace pset3::author
