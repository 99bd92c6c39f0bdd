#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/base/csv.hpp"
#include "grader/gradebook/book_text.hpp"

namespace pset3::gradebook {

/// Finds the students of the gradebook in a table that a platform has exported.
class RosterLines {
 public:
  RosterLines(const CsvTable& table, const std::vector<GradedStudent>& students);

  /// @returns the column with one of these titles, whatever its case.
  std::optional<std::size_t> column(const std::vector<std::string>& titles) const;
  /// @throws InputError that names the column and the platform's export.
  std::size_t require(const std::string& title, const std::string& file) const;

  /// @returns the one student that a line is about, by number, address or name.
  const GradedStudent* student(const CsvLine& line);

  /// @returns those who were in no line, for a note.
  std::vector<std::string> left_over() const;

 private:
  void add(const std::string& key, const GradedStudent& student);

  const CsvTable& table_;
  const std::vector<GradedStudent>& students_;
  std::map<std::string, const GradedStudent*> by_key_;   ///< nullptr where several fit
  std::map<std::string, const GradedStudent*> by_name_;  ///< the same
  std::set<const GradedStudent*> found_;
};

}  // namespace pset3::gradebook
