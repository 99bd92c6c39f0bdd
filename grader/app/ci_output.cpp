#include "grader/app/ci_output.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>

#include "grader/base/error.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/exports.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

std::string random_token() {
  std::random_device device;
  return fmt::format("pset3-{:08x}{:08x}{:08x}{:08x}", device(), device(), device(), device());
}

/// Appends to the file that a variable names; where there is none, this is no step of GitHub's.
void append_to(const char* variable, const std::string& text) {
  const char* file = std::getenv(variable);
  if (file == nullptr || *file == '\0') return;
  std::ofstream stream(file, std::ios::app | std::ios::binary);
  stream << text;
  if (!stream.flush()) throw GraderError(fmt::format("cannot write to {} (${})", file, variable));
}

/// Where a submission lies in the repository; empty for what lies elsewhere.
fs::path folder_in_repository(const fs::path& submission) {
  const char* workspace = std::getenv("GITHUB_WORKSPACE");
  const fs::path root = workspace != nullptr && *workspace != '\0' ? fs::path(workspace) : ".";
  std::error_code error;
  const fs::path folder = fs::relative(submission, root, error);
  return error || (!folder.empty() && *folder.begin() == "..") ? fs::path() : folder;
}

}  // namespace

Threshold read_threshold(const std::string& text) {
  Threshold threshold;
  const bool is_percent = !text.empty() && text.back() == '%';
  const char* const end = text.data() + text.size() - (is_percent ? 1 : 0);
  const auto [rest, error] = std::from_chars(text.data(), end, threshold.value);
  const bool is_number = error == std::errc() && rest == end && std::isfinite(threshold.value);
  if (!is_number || threshold.value < 0.0 || (is_percent && threshold.value > 100.0)) {
    throw InputError("--fail-under takes points (12.5) or a share of them (80%), not \"" + text +
                     "\"");
  }
  threshold.is_percent = is_percent;
  return threshold;
}

bool Threshold::is_reached_by(const nlohmann::json& results) const {
  const double score = results.at("score");
  const double all = results.at("extra_data").at("max_points");
  constexpr double kRounding = 1e-6;
  return score + kRounding >= (is_percent ? all * value / 100.0 : value);
}

std::string Threshold::text() const {
  return is_percent ? report::points_text(value) + " %" : report::counted_points(value);
}

std::string github_text(const nlohmann::json& results, const std::string& report,
                        const fs::path& submission) {
  append_to("GITHUB_STEP_SUMMARY", report::github_summary(results));
  append_to("GITHUB_OUTPUT", report::github_outputs(results));
  return report::without_github_commands(report, random_token()) +
         report::github_annotations(results, folder_in_repository(submission));
}

}  // namespace pset3::app
