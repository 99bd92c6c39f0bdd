#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/gradebook/gradebook.hpp"

namespace pset3::gradebook {

/// A table for the written questions that a TA fills in with any spreadsheet: one line for each
/// student, for each question a column for the points and one for a comment. What is known already
/// is there.
std::string sheet_of(const std::vector<Item>& items, const std::vector<StudentRecord>& records);

/// What is wrong with a line of a sheet.
struct SheetFault {
  std::size_t line = 0;
  std::string what;
};

struct Sheet {
  std::vector<NewScore> scores;  ///< those that differ from what the gradebook has
  std::vector<SheetFault> faults;
  std::size_t unchanged = 0;   ///< scores that the gradebook has already
  std::size_t left_open = 0;   ///< empty cells where nobody has given points yet
  std::size_t left_as_is = 0;  ///< empty cells where somebody has: these points stay
};

/// Reads a filled sheet against the gradebook. Empty cells say nothing. Columns that the sheet does
/// not have are left alone; their order and further columns do not matter. Where it has names, each
/// must be that of its student: "Last, First" and other letter case will do.
/// @throws InputError when no line or column can be told at all.
Sheet read_sheet(std::string_view csv, const std::vector<Item>& items,
                 const std::vector<StudentRecord>& records);

}  // namespace pset3::gradebook
