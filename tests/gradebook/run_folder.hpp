#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "grader/report/results.hpp"

namespace pset3::gradebook {

/// One row of a class as `pset3 grade` writes it.
struct SampleRow {
  report::SubmissionReport report;
  nlohmann::json hand_in = nlohmann::json::object();
};

/// hand_in.json of one student.
nlohmann::json hand_in_of(const std::string& id, const std::string& name,
                          const std::string& at = "");

/// Writes the folder that `pset3 grade --out` would. @param rows  by the submission's name
void write_run(const std::filesystem::path& folder, const std::map<std::string, SampleRow>& rows);

}  // namespace pset3::gradebook
