#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "grader/parts/p2_representation_learning/judge/call_log.hpp"
#include "grader/parts/p2_representation_learning/judge/checks.hpp"
#include "tests/parts/p2_representation_learning/judge/programs.hpp"

namespace pset3::judge::p2::testing {
namespace {

const std::vector<std::string> kTrainChecks = {"p2.epoch_zero",     "p2.steps",  "p2.order",
                                               "p2.training_mode",  "p2.frozen", "p2.train_loss",
                                               "p2.train_accuracy", "p2.told"};

/// The checks that a program does not pass.
std::set<std::string> lost(const Lesson& lesson, const Habits& habits) {
  std::set<std::string> names;
  const Arrays inputs = lesson.inputs();
  const Arrays outputs = train(lesson, habits);
  for (const std::string& name : kTrainChecks) {
    if (judge_p2(name, inputs, outputs).verdict != Verdict::kPassed) names.insert(name);
  }
  EXPECT_EQ(judge_p2("p2.train", inputs, outputs).verdict == Verdict::kPassed, names.empty());
  return names;
}

using Names = std::set<std::string>;

TEST(Train, PassesAProgramThatDoesAllAsItShould) { EXPECT_EQ(lost({}, {}), Names{}); }

TEST(Train, PassesOneStepAndNoLearningAtAll) {
  Lesson one_step;
  one_step.examples = one_step.batch_size = 10;
  one_step.epochs = 1;
  EXPECT_EQ(lost(one_step, {}), Names{});
}

TEST(Train, PassesLossesThatAreAveragedOverImages) {
  Habits habits;
  habits.averages_images = true;
  EXPECT_EQ(lost({}, habits), Names{});
}

TEST(Train, ChargesForWrongStepsOnce) {
  Habits no_momentum;
  no_momentum.momentum = false;
  EXPECT_EQ(lost({}, no_momentum), Names{"p2.steps"});
  Habits accumulating;
  accumulating.clears_gradients = false;
  EXPECT_EQ(lost({}, accumulating), Names{"p2.steps"});
}

TEST(Train, ChargesForTheVelocityOfAnEarlierTrainingOnce) {
  Habits keeping;
  keeping.keeps_velocity = 0.3;
  EXPECT_EQ(lost({}, keeping), Names{"p2.steps"});
}

TEST(Train, ChargesForTheEpochThatOnlyLooksOnce) {
  Habits learning;
  learning.learns_in_epoch_0 = true;
  EXPECT_EQ(lost({}, learning), Names{"p2.epoch_zero"});
  Habits none;
  none.has_epoch_0 = false;
  EXPECT_EQ(lost({}, none), Names{"p2.epoch_zero"});
}

TEST(Train, ChargesForTheOrderOnce) {
  Habits sorted;
  sorted.shuffles = false;
  EXPECT_EQ(lost({}, sorted), Names{"p2.order"});
  Habits dropping;
  dropping.drops_last = true;
  EXPECT_EQ(lost({}, dropping), Names{"p2.order"});
}

TEST(Train, ChargesForModeFrozenParametersAndBookkeepingOnceEach) {
  Habits evaluating;
  evaluating.training_mode = false;
  EXPECT_EQ(lost({}, evaluating), Names{"p2.training_mode"});
  Habits all_parameters;
  all_parameters.trains_frozen = true;
  EXPECT_EQ(lost({}, all_parameters), Names{"p2.frozen"});
  Habits sums;
  sums.adds_losses_up = true;
  EXPECT_EQ(lost({}, sums), Names{"p2.train_loss"});
  Habits batches;
  batches.divides_by_batches = true;
  EXPECT_EQ(lost({}, batches), Names{"p2.train_accuracy"});
}

TEST(Train, ChargesForSilenceAndForWhatIsLeftBehindOnceEach) {
  Habits silent;
  silent.tells = false;
  EXPECT_EQ(lost({}, silent), Names{"p2.told"});
  Habits careless;
  careless.leaves_gradients_off = true;
  EXPECT_EQ(lost({}, careless), Names{"p2.frozen"});
}

TEST(Train, HasToTellInTime) {
  Arrays late = train({});
  for (std::int64_t* calls = late["told_calls"].data<std::int64_t>();
       calls != late["told_calls"].data<std::int64_t>() + 4; ++calls) {
    *calls = 16;
  }
  const CaseFinding finding = judge_p2("p2.told", Lesson{}.inputs(), late);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(finding.got, "tell() called for several epochs at once");
}

/// The sketch by which a mistake is recognised.
Sketch sketch_of(const std::string& name, const Lesson& lesson, const Habits& habits) {
  const CheckSpec spec;
  const Arrays inputs = lesson.inputs();
  const Arrays outputs = train(lesson, habits);
  return p2::checks().at(name).sketch({spec, inputs, outputs, outputs});
}

TEST(Sketches, DoNotDependOnTheOrderThatWasDrawn) {
  Habits right;
  Habits accumulating;
  accumulating.clears_gradients = false;
  Habits sums;
  sums.adds_losses_up = true;
  Habits batches;
  batches.divides_by_batches = true;
  for (const std::string name : {"p2.steps", "p2.train_loss", "p2.train_accuracy"}) {
    std::set<Sketch> different;
    for (Habits habits : {right, accumulating, sums, batches}) {
      const Sketch in_one_order = sketch_of(name, {}, habits);
      habits.shuffles = false;
      EXPECT_EQ(sketch_of(name, {}, habits), in_one_order) << name;
      different.insert(in_one_order);
    }
    EXPECT_EQ(different.size(), 2U) << name << " is about one of the three mistakes";
  }
}

TEST(Sketches, KnowTheVelocityOfAnEarlierTrainingWhateverItIs) {
  Habits keeping;
  keeping.keeps_velocity = 0.3;
  const Sketch kept = sketch_of("p2.steps", {}, keeping);
  keeping.keeps_velocity = -0.2;
  EXPECT_EQ(sketch_of("p2.steps", {}, keeping), kept);
  EXPECT_EQ(kept.size(), 2U) << "a rule explains it";
  EXPECT_NE(kept, sketch_of("p2.steps", {}, {}));
  Lesson one_step;
  one_step.examples = one_step.batch_size = 10;
  one_step.epochs = 1;
  EXPECT_GT(sketch_of("p2.steps", one_step, keeping).size(), 2U)
      << "some velocity explains any single step";
  EXPECT_EQ(sketch_of("p2.steps", one_step, {}), (Sketch{0.0, 1.0})) << "right after epoch 0";
}

TEST(StateLeft, TellsWhatBecameOfParametersAndExamples) {
  const std::vector<std::pair<std::size_t, std::int64_t>> changes = {
      {2, 0}, {2, 2}, {3, 0}, {3, 2}};
  std::set<std::string> different;
  for (const auto& [place, state] : changes) {
    Habits right;
    right.training_mode = false;
    Arrays outputs = test({}, right);
    outputs["shared_state"].data<std::int64_t>()[place] = state;
    const CaseFinding finding = judge_p2("p2.test_pass", Lesson{}.inputs(), outputs);
    EXPECT_EQ(finding.verdict, Verdict::kFailed);
    different.insert(finding.got);
  }
  EXPECT_EQ(different.size(), changes.size());
}

TEST(Train, SaysByHowMuchAStepIsOff) {
  Habits no_momentum;
  no_momentum.momentum = false;
  const CaseFinding finding = judge_p2("p2.steps", Lesson{}.inputs(), train({}, no_momentum));
  EXPECT_EQ(finding.got, "step 2 is another one");
  EXPECT_NE(finding.detail.find("a weight should move by up to"), std::string::npos);
}

TEST(Train, DoesNotTripOverARecordOfNonsense) {
  const Lesson lesson;
  Arrays nothing = train(lesson);
  for (const char* name : {"call_sizes", "call_modes", "seen"}) {
    nothing[name] = Array::of(std::vector<std::int64_t>{});
  }
  nothing["call_weights"] = Array(arrays::DType::kF32, {0, 3, 2});
  nothing["call_biases"] = Array(arrays::DType::kF32, {0, 3});
  Arrays foreign = train(lesson);
  foreign["seen"].data<std::int64_t>()[3] = 4000;
  Arrays unequal = train(lesson);
  unequal["call_modes"] = Array::of(std::vector<std::int64_t>{1});
  for (const Arrays& outputs : {nothing, foreign, unequal}) {
    for (const std::string& name : kTrainChecks) {
      if (name == "p2.frozen" || name == "p2.told") continue;
      const Verdict verdict = judge_p2(name, lesson.inputs(), outputs).verdict;
      EXPECT_EQ(verdict, name == "p2.order" ? Verdict::kFailed : Verdict::kBlocked) << name;
    }
  }
}

TEST(Train, NeverPassesResultsThatAreNoNumbers) {
  Arrays outputs = train({});
  outputs["losses"].data<double>()[1] = std::nan("");
  EXPECT_EQ(judge_p2("p2.train_loss", Lesson{}.inputs(), outputs).verdict, Verdict::kFailed);
}

TEST(CallLog, HasTheGradientOfItsLoss) {
  const Lesson lesson;
  const Arrays inputs = lesson.inputs();
  const Arrays outputs = train(lesson);
  const CheckSpec spec;
  const CallLog log({spec, inputs, {}, outputs});
  Call call = log.calls()[2];
  const LinearWeights gradient = log.gradient(call);
  constexpr double kDelta = 1e-6;
  const auto slope = [&](double& weight) {
    weight += kDelta;
    const double above = log.loss(call);
    weight -= 2 * kDelta;
    const double below = log.loss(call);
    weight += kDelta;
    return (above - below) / (2 * kDelta);
  };
  for (std::size_t i = 0; i < gradient.weight.size(); ++i) {
    EXPECT_NEAR(gradient.weight[i], slope(call.weights.weight[i]), 1e-8);
  }
  for (std::size_t i = 0; i < gradient.bias.size(); ++i) {
    EXPECT_NEAR(gradient.bias[i], slope(call.weights.bias[i]), 1e-8);
  }
}

/// The checks of test() that a program does not pass.
Names lost_in_test(const Habits& habits) {
  Names names;
  const Lesson lesson;
  const Arrays outputs = test(lesson, habits);
  for (const std::string name :
       {"p2.test_pass", "p2.test_mode", "p2.test_loss", "p2.test_accuracy"}) {
    if (judge_p2(name, lesson.inputs(), outputs).verdict != Verdict::kPassed) names.insert(name);
  }
  EXPECT_EQ(judge_p2("p2.test", lesson.inputs(), outputs).verdict == Verdict::kPassed,
            names.empty());
  return names;
}

TEST(Test, ChargesForEachHabitOnce) {
  Habits right;
  right.training_mode = false;
  EXPECT_EQ(lost_in_test(right), Names{});
  Habits in_order = right;
  in_order.shuffles = false;
  EXPECT_EQ(lost_in_test(in_order), Names{});
  Habits over_images = right;
  over_images.averages_images = true;
  EXPECT_EQ(lost_in_test(over_images), Names{});
  EXPECT_EQ(lost_in_test({}), Names{"p2.test_mode"});
  Habits sums = right;
  sums.adds_losses_up = true;
  EXPECT_EQ(lost_in_test(sums), Names{"p2.test_loss"});
  Habits batches = right;
  batches.divides_by_batches = true;
  EXPECT_EQ(lost_in_test(batches), Names{"p2.test_accuracy"});
  Habits learning = right;
  learning.learns_in_epoch_0 = true;
  EXPECT_EQ(lost_in_test(learning), Names{"p2.test_pass"});
  Habits dropping = right;
  dropping.drops_last = true;
  EXPECT_EQ(lost_in_test(dropping), Names{"p2.test_pass"});
  Habits careless = right;
  careless.leaves_gradients_off = true;
  EXPECT_EQ(lost_in_test(careless), Names{"p2.test_pass"});
}

}  // namespace
}  // namespace pset3::judge::p2::testing
