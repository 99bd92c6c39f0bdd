#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pset3::app {

/// A folder of grades keeps the roster and the rubrics that it was made with, so that a hand-in
/// that is graded into it later is treated like the others.

/// @returns the roster of the gradings before; empty where none was given.
std::filesystem::path kept_roster(const std::filesystem::path& folder);
void keep_roster(const std::filesystem::path& folder, const std::filesystem::path& roster);

/// @returns the rubrics that `rejudge` judged the folder by, if they are not the course's own.
std::vector<std::filesystem::path> kept_rubrics(const std::filesystem::path& folder);
/// Keeps these, and no others.
void keep_rubrics(const std::filesystem::path& folder, const std::vector<std::string>& rubrics);

}  // namespace pset3::app
