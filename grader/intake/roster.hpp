#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/intake/hand_in.hpp"

namespace pset3::intake {

/// One line of a class list.
struct Enrolled {
  Person person;
  std::vector<std::string> keys;   ///< numbers, accounts and addresses, lower case
  std::vector<std::string> names;  ///< ways in which platforms write the name
};

using Roster = std::vector<Enrolled>;

/// Reads a class list: CSV with commas, semicolons or tabs, and a first line that names the
/// columns. It takes a plain list (id, name, email, section) and what Canvas, Moodle, Gradescope
/// and GitHub Classroom export.
/// @throws InputError when no column has names, numbers or accounts.
Roster read_roster(std::string_view csv);

/// Finds the student of each hand-in, and adds a row for each student who handed in nothing.
/// A hand-in whose student is not found gets a note.
void match_roster(const Roster& roster, std::vector<HandIn>& hand_ins);

}  // namespace pset3::intake
