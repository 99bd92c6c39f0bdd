#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "grader/base/files.hpp"
#include "grader/report/results.hpp"
#include "tests/report/samples.hpp"

namespace pset3::report {
namespace {

const std::filesystem::path kGolden =
    std::filesystem::path(PSET3_SOURCE_DIR) / "tests/report/golden";

/// Compares with an approved sample. PSET3_REWRITE_GOLDEN=1 writes the samples instead: read every
/// line of the difference before it is committed.
void expect_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path file = kGolden / (name + ".txt");
  if (std::getenv("PSET3_REWRITE_GOLDEN") != nullptr) write_file(file, text);
  EXPECT_EQ(read_file(file), text) << name;
}

TEST(Text, IsTheApprovedOneForEveryKindOfSubmission) {
  for (const auto& [name, report] : samples::all()) {
    const nlohmann::json results = to_results_json(report);
    expect_golden(name + ".student", to_text(results, Audience::kStudent, {}));
    expect_golden(name + ".staff", to_text(results, Audience::kStaff, {}));
  }
}

TEST(Text, IsTheApprovedOneInColourInAsciiAndOnANarrowTerminal) {
  const nlohmann::json results = to_results_json(samples::all().at("partly_right"));
  TextStyle style;
  style.colour = true;
  expect_golden("partly_right.colour", to_text(results, Audience::kStudent, style));
  expect_golden("partly_right.ascii",
                to_text(results, Audience::kStudent, {false, 96, Glyphs::kAscii}));
  style.colour = false;
  style.width = 56;
  expect_golden("partly_right.narrow", to_text(results, Audience::kStudent, style));
}

TEST(Text, IsTheApprovedOneAboveACheck) {
  const auto samples = samples::all();
  TextStyle narrow;
  narrow.width = 80;
  expect_golden("check_again.student",
                to_check_text(to_results_json(samples.at("crash")),
                              to_results_json(samples.at("timeout")), narrow));
  narrow.show_output = true;
  expect_golden("check_four_parts.student",
                to_check_text(to_results_json(samples.at("four_parts")), nullptr, narrow));
}

}  // namespace
}  // namespace pset3::report
