#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "grader/judge/engine.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "tests/parts/p1_space_carving/judge/scenes.hpp"

namespace pset3::judge::p1 {
namespace {

using run::CaseOutcome;
using run::Ended;
using testing::CarveProgram;

/// Two carving cases under one check, and programs run on both.
struct Bench {
  testing::TestCamera camera{{3.5, -2, 1.1}, {0, 0, 0}, 300, 120, 160};
  std::vector<arrays::Arrays> inputs;
  std::vector<arrays::Arrays> expected;
  std::vector<std::vector<std::uint8_t>> silhouettes;
  std::vector<testing::Points> voxels;
  arrays::ArraySpecs specs = {{"survivors", {arrays::DType::kF64, {{0, 100000}, {3, 3}}}},
                              {"changed_pixels", arrays::exactly(arrays::DType::kI64, {})}};
  Checks checks = p1::checks();
  CheckSpec spec;

  Bench() {
    for (const double half : {0.45, 1.1}) {
      silhouettes.push_back(testing::ball_silhouette(camera, {0.05, 0.12, 0.2}, 0.35));
      voxels.push_back(testing::cube_grid(20, half));
      inputs.push_back(testing::carve_inputs(camera, silhouettes.back(), voxels.back()));
      expected.push_back(run(CarveProgram{}, voxels.size() - 1));
    }
    spec.id = "p1.b.hidden";
    spec.judge = "p1.carve";
    spec.points = 3;
    spec.files = {"carve.cpp"};
    spec.functions = {"carve"};
  }
  arrays::Arrays run(const CarveProgram& program, std::size_t i) const {
    return testing::carve_outputs(program(voxels[i], camera, silhouettes[i]));
  }
  std::vector<CaseOutcome> outcomes(const CarveProgram& program) const {
    std::vector<CaseOutcome> all(2);
    for (std::size_t i = 0; i < 2; ++i) {
      all[i].ended = Ended::kReturned;
      all[i].output = arrays::encode(run(program, i));
    }
    return all;
  }
  std::vector<CaseEvidence> records(const std::vector<CaseOutcome>& all) const {
    return {{"first", &inputs[0], &specs, &expected[0], &all[0]},
            {"second", &inputs[1], &specs, &expected[1], &all[1]}};
  }
  KnownMistake known(const std::string& name, const std::vector<CaseOutcome>& all,
                     int other_checks = 0) const {
    KnownMistake mistake{name, "this is " + name, {}};
    for (const CaseEvidence& record : records(all)) {
      mistake.symptoms[spec.id][record.id] = symptom_of(spec, record, checks);
    }
    for (int i = 0; i < other_checks; ++i) mistake.symptoms["p1.x" + std::to_string(i)] = {};
    return mistake;
  }
  std::vector<std::string> diagnosed(const std::vector<CaseOutcome>& all,
                                     const std::vector<KnownMistake>& mistakes) const {
    const CheckResult result = judge_check(spec, records(all), checks);
    std::vector<std::string> names;
    for (const Diagnosis& diagnosis : diagnose(spec, result, records(all), mistakes, checks)) {
      EXPECT_EQ(diagnosis.explanation, "this is " + diagnosis.mistake.substr(0, 20));
      names.push_back(diagnosis.mistake);
    }
    return names;
  }
};

CarveProgram with(bool CarveProgram::*mistake, CarveProgram::PixelRule pixel) {
  CarveProgram program;
  program.*mistake = true;
  program.pixel = pixel;
  return program;
}

constexpr auto kRound = CarveProgram::PixelRule::kRound;
constexpr auto kTruncate = CarveProgram::PixelRule::kTruncate;

std::vector<KnownMistake> all_known(const Bench& bench) {
  return {bench.known("swapped", bench.outcomes(with(&CarveProgram::swapped, kRound))),
          bench.known("repeated", bench.outcomes(with(&CarveProgram::repeated, kRound))),
          bench.known("wrapped", bench.outcomes(with(&CarveProgram::wrapped, kRound))),
          bench.known("inverted", bench.outcomes(with(&CarveProgram::inverted, kRound)))};
}

TEST(Diagnosis, PicksTheMistakeEvenWhenTheSubmissionRoundsDifferently) {
  const Bench bench;
  const auto mistakes = all_known(bench);
  const auto name_it = [&](bool CarveProgram::*mistake) {
    return bench.diagnosed(bench.outcomes(with(mistake, kTruncate)), mistakes);
  };
  EXPECT_THAT(name_it(&CarveProgram::swapped), ::testing::ElementsAre("swapped"));
  EXPECT_THAT(name_it(&CarveProgram::repeated), ::testing::ElementsAre("repeated"));
  EXPECT_THAT(name_it(&CarveProgram::wrapped), ::testing::ElementsAre("wrapped"));
  EXPECT_THAT(name_it(&CarveProgram::inverted), ::testing::ElementsAre("inverted"));
}

TEST(Diagnosis, SaysNothingOfAPassAnUnknownMistakeOrAStub) {
  const Bench bench;
  const auto mistakes = all_known(bench);
  EXPECT_THAT(bench.diagnosed(bench.outcomes({}), mistakes), ::testing::IsEmpty());
  EXPECT_THAT(bench.diagnosed(bench.outcomes(with(&CarveProgram::shifted, kRound)), mistakes),
              ::testing::IsEmpty());
  std::vector<CaseOutcome> stub(2);
  for (CaseOutcome& outcome : stub) {
    outcome.ended = Ended::kNotImplemented;
    outcome.function = "carve";
  }
  EXPECT_THAT(bench.diagnosed(stub, {bench.known("stub", stub)}), ::testing::IsEmpty());
}

TEST(Diagnosis, RecognisesACrashByItsKind) {
  const Bench bench;
  std::vector<CaseOutcome> crash = bench.outcomes({});
  crash[1] = CaseOutcome{};
  crash[1].ended = Ended::kSignalled;
  crash[1].code = SIGSEGV;
  std::vector<CaseOutcome> thrown = crash;
  thrown[1].ended = Ended::kThrew;
  thrown[1].message = "std::out_of_range: index 17";
  const std::vector<KnownMistake> mistakes = {bench.known("segv", crash),
                                              bench.known("thrown", thrown)};
  EXPECT_THAT(bench.diagnosed(crash, mistakes), ::testing::ElementsAre("segv"));
  thrown[1].message = "std::out_of_range: index 18";
  EXPECT_THAT(bench.diagnosed(thrown, mistakes), ::testing::ElementsAre("thrown"));
}

/// Which of them is meant is settled over all checks of the part: see judge/naming.hpp.
TEST(Diagnosis, ListsAllThatShowTheSame) {
  const Bench bench;
  const auto swapped = bench.outcomes(with(&CarveProgram::swapped, kRound));
  const std::vector<KnownMistake> mistakes = {
      bench.known("broad", swapped, 5), bench.known("narrow", swapped, 0),
      bench.known("middle", swapped, 2), bench.known("broadest", swapped, 9)};
  EXPECT_THAT(bench.diagnosed(swapped, mistakes),
              ::testing::UnorderedElementsAre("broad", "broadest", "middle", "narrow"));
}

TEST(Diagnosis, DoesNotNameAMistakeThatLooksLikeTheReferenceOnTheFailedCase) {
  const Bench bench;
  std::vector<CaseOutcome> invisible = bench.outcomes({});
  const KnownMistake harmless = bench.known("harmless", invisible);
  std::vector<CaseOutcome> late(2);
  for (CaseOutcome& outcome : late) outcome.ended = Ended::kTimeout;
  EXPECT_THAT(bench.diagnosed(late, {harmless}), ::testing::IsEmpty());
  EXPECT_THAT(bench.diagnosed(late, {bench.known("slow", late)}), ::testing::ElementsAre("slow"));
}

TEST(Sketches, OfArraysDifferWhenOneValueDoes) {
  CheckSpec spec;
  arrays::Arrays a = {{"x", arrays::Array::of<double>({1, 2, 3})},
                      {"n", arrays::Array::of<std::int64_t>({4, 5})}};
  arrays::Arrays b = a;
  b.at("x").data<double>()[1] = 2.001;
  const Sketch first = sketch_arrays({spec, {}, {}, a});
  EXPECT_EQ(first, sketch_arrays({spec, {}, {}, a}));
  EXPECT_NE(first, sketch_arrays({spec, {}, {}, b}));
  std::swap(a.at("x").data<double>()[0], a.at("x").data<double>()[2]);
  EXPECT_NE(first, sketch_arrays({spec, {}, {}, a}));
}

}  // namespace
}  // namespace pset3::judge::p1
