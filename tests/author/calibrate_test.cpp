#include "grader/author/calibrate.hpp"

#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::author {
namespace {

pipeline::CheckCalibration example(std::vector<double> reference,
                                   std::map<std::string, std::vector<double>> mistakes) {
  pipeline::CheckCalibration check;
  check.metric = "accuracy";
  check.reference = measured(std::move(reference));
  for (auto& [name, values] : mistakes) check.mistakes[name] = measured(std::move(values));
  choose_threshold(check);
  return check;
}

TEST(Measured, IsMeanAndDeviationOfASample) {
  const pipeline::Measured result = measured({0.2, 0.4, 0.9});
  EXPECT_DOUBLE_EQ(result.mean, 0.5);
  EXPECT_DOUBLE_EQ(result.deviation, std::sqrt((0.09 + 0.01 + 0.16) / 2.0));
  EXPECT_EQ(measured({0.7}).deviation, 0.0);
}

/// The exact factors come from the noncentral t distribution:
/// scipy.stats.nct.ppf(.95, n - 1, norm.ppf(.999) * sqrt(n)) / sqrt(n).
TEST(ToleranceFactor, IsWithinTwoPercentOfTheExactOne) {
  EXPECT_NEAR(tolerance_factor(10), 5.2033, 0.11);
  EXPECT_NEAR(tolerance_factor(20), 4.3182, 0.05);
  EXPECT_NEAR(tolerance_factor(50), 3.7656, 0.02);
}

TEST(ChooseThreshold, LiesBelowTheReferenceAndAboveMistakes) {
  const std::vector<double> reference = {0.90, 0.91, 0.89, 0.92, 0.90, 0.88, 0.91, 0.90};
  const pipeline::CheckCalibration check = example(reference, {{"bad", {0.5, 0.52, 0.48}}});
  EXPECT_LT(check.threshold, 0.88);
  EXPECT_GT(check.threshold, 0.52);
  EXPECT_LT(check.false_fail, 1e-3);
  EXPECT_LT(check.false_passes.at("bad"), 1e-3);
}

TEST(ChooseThreshold, SaysHonestlyThatAMistakeIsTooGood) {
  const std::vector<double> reference = {0.90, 0.91, 0.89, 0.92, 0.90, 0.88, 0.91, 0.90};
  const pipeline::CheckCalibration check = example(reference, {{"good", {0.89, 0.9, 0.91}}});
  EXPECT_LT(check.false_fail, 1e-3) << "a right solution is not to pay for it";
  EXPECT_GT(check.false_passes.at("good"), 0.9);
}

TEST(ChooseThreshold, IsStricterWhereAMistakeScatters) {
  const std::vector<double> reference = {0.90, 0.91, 0.89, 0.92, 0.90, 0.88, 0.91, 0.90};
  const double narrow = example(reference, {{"bad", {0.2, 0.21, 0.19}}}).threshold;
  const double wide = example(reference, {{"bad", {0.0, 0.2, 0.4}}}).threshold;
  EXPECT_LT(narrow, 0.6) << "half-way down, for right solutions that learn otherwise";
  EXPECT_GT(wide, 0.8) << "(0.90 * 0.2 + 0.2 * 0.012) / 0.212 would be 0.86, more than is sure";
  EXPECT_LT(wide, 0.86);
}

TEST(ChooseThreshold, TrustsNoSampleWithoutAnyDeviation) {
  EXPECT_LT(example(std::vector<double>(20, 1.0), {}).threshold, 0.98);
}

TEST(Calibration, IsReadAsItWasWritten) {
  const pipeline::Calibration calibration = {
      {"p9.e.accuracy", example({0.9, 0.91, 0.92, 0.93, 0.9}, {{"bad", {0.1, 0.2}}})}};
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "calibration.json";
  write_file(file, pipeline::to_json(calibration));
  const pipeline::Calibration again = pipeline::read_calibration(file);
  const pipeline::CheckCalibration& check = again.at("p9.e.accuracy");
  EXPECT_NEAR(check.threshold, calibration.at("p9.e.accuracy").threshold, 1e-6);
  EXPECT_EQ(check.mistakes.at("bad").values, (std::vector<double>{0.1, 0.2}));
  EXPECT_EQ(pipeline::to_json(again), pipeline::to_json(calibration));
}

TEST(Calibration, OfAnotherKindOfFileIsRefusedWithItsName) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "calibration.json";
  for (const char* text : {"{", "[]", R"({"checks": {"a": {"threshold": "high"}}})"}) {
    write_file(file, text);
    try {
      pipeline::read_calibration(file);
      ADD_FAILURE() << text;
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find(file.string()), std::string::npos);
    }
  }
}

TEST(Calibration, SetsThresholdsThatTheRubricDoesNotSetItself) {
  judge::Rubric rubric;
  rubric.checks.resize(2);
  rubric.checks[0].id = "p9.a";
  rubric.checks[1].id = "p9.b";
  rubric.checks[1].tolerance = {{"threshold", 0.5}};
  pipeline::CheckCalibration check;
  check.threshold = 0.8;
  pipeline::apply_calibration({{"p9.a", check}, {"p9.b", check}}, rubric);
  EXPECT_EQ(rubric.checks[0].tolerance.at("threshold"), 0.8);
  EXPECT_EQ(rubric.checks[1].tolerance.at("threshold"), 0.5);
  EXPECT_THROW(pipeline::apply_calibration({{"p9.c", check}}, rubric), InputError);
}

}  // namespace
}  // namespace pset3::author
