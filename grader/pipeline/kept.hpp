#pragma once

#include <map>
#include <optional>
#include <string>

#include "grader/pipeline/store.hpp"
#include "grader/report/results.hpp"

namespace pset3::pipeline {

/// What the store keeps of a submission beside programs and outcomes, so that it can be graded
/// again without its folder and without its program: the part files, and the verdicts.

/// Keeps the files of one part under key_of_files().
void keep_files(const Store& store, const std::string& key,
                const std::map<std::string, std::string>& files);
/// @returns nothing where the store does not have them.
std::optional<std::map<std::string, std::string>> kept_files(const Store& store,
                                                             const std::string& key);

void keep_report(const Store& store, const std::string& key, const report::PartReport& report);
/// @returns a report without its rubric; nothing where the store has none.
std::optional<report::PartReport> kept_report(const Store& store, const std::string& key);

}  // namespace pset3::pipeline
