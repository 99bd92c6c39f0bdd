#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "grader/gradebook/compare.hpp"

namespace pset3::app {

/// @throws InputError that names the file.
nlohmann::json read_results(const std::filesystem::path& file);

/// Compares two folders that `grade --out` wrote, row by row.
/// @throws InputError when there are no results in one of them.
gradebook::Comparison compare_runs(const std::filesystem::path& before,
                                   const std::filesystem::path& after);

/// `grade --compare-with`: prints the comparison.
/// @returns kCheckFailed when a grade fell although the student's files are the same.
int compare_with(const std::filesystem::path& before, const std::filesystem::path& after);

}  // namespace pset3::app
