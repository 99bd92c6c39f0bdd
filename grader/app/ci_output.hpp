#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace pset3::app {

/// Points that a submission must have: "12.5", or "80%" of those of the checks that were judged.
/// Extra credit counts.
struct Threshold {
  double value = 0.0;
  bool is_percent = false;

  bool is_reached_by(const nlohmann::json& results) const;
  std::string text() const;
};

/// @throws InputError for what is neither.
Threshold read_threshold(const std::string& text);

/// What a step in GitHub Actions prints: the report, kept apart from commands, then annotations.
/// Writes the step's summary and outputs into the files that the environment names.
std::string github_text(const nlohmann::json& results, const std::string& report,
                        const std::filesystem::path& submission);

}  // namespace pset3::app
