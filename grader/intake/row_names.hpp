#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grader/intake/hand_in.hpp"

namespace pset3::intake {

/// A name that is fit for a folder, a terminal, a page and a spreadsheet: visible characters only,
/// no separator, no sign that a program may understand, at most 100 bytes, and none of the names
/// that the grader's own files have.
std::string fit_name(std::string_view called);

/// Whether a reader has to be shown both names: `fit_name` did more than exchange spaces and signs.
bool is_disguised(std::string_view called);

/// The name as it was found, in one line, with a code for each character that nobody sees or that
/// changes how others are shown.
std::string visible(std::string_view called);

/// Identity of a hand-in -> the name it was given, from an earlier grading into the same folder.
using EarlierNames = std::map<std::string, std::string>;

/// Gives each hand-in its `name`: the one it had before, else its `called`, made fit and unique
/// among all, those of earlier gradings included.
void name_rows(std::vector<HandIn>& hand_ins, const EarlierNames& earlier);

}  // namespace pset3::intake
