#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "grader/pipeline/course.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::author {

using Progress = std::function<void(const std::string& what, std::size_t done, std::size_t total)>;

/// Runs the reference on the public cases and every mistake on them.
/// @returns path below the repository's root -> bytes of what fixtures/<part>/ should hold.
std::map<std::filesystem::path, std::string> fixture_files(const pipeline::Course& course,
                                                           const judge::Rubric& rubric,
                                                           const pipeline::Store& store,
                                                           const Progress& progress);

/// Compares the fixtures on disk with what the reference gives now; times may differ.
/// @returns a line for each file that is missing or stale.
std::vector<std::string> stale_fixtures(const pipeline::Course& course, const judge::Rubric& rubric,
                                        const pipeline::Store& store, const Progress& progress);

}  // namespace pset3::author
