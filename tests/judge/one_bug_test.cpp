#include "grader/judge/one_bug.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "grader/judge/naming.hpp"

namespace pset3::judge {
namespace {

/// Question (a): three public checks of 3, 2 and 1 points and a hidden one of 2, about own.cpp.
/// Question (b): one public check of 4 points that needs them.
class OneBugRules : public ::testing::Test {
 protected:
  OneBugRules() {
    add("q.a.first", 3.0, Visibility::kPublic, {});
    add("q.a.second", 2.0, Visibility::kPublic, {});
    add("q.a.third", 1.0, Visibility::kPublic, {});
    add("q.a.hidden", 2.0, Visibility::kHidden, {});
    add("q.b.all", 4.0, Visibility::kPublic, {"q.a.first", "q.a.second", "q.a.third"});
  }

  void add(const std::string& id, double points, Visibility visibility,
           const std::vector<std::string>& needs) {
    CheckSpec spec;
    spec.id = id;
    spec.title = "title of " + id;
    spec.points = points;
    spec.visibility = visibility;
    spec.needs = needs;
    spec.files = {"own.cpp"};
    rubric_.checks.push_back(spec);
    CheckResult result;
    result.check = id;
    result.max_points = points;
    results_.push_back(result);
    set(id, Verdict::kPassed);
  }

  CheckResult& at(const std::string& id) {
    return *std::find_if(results_.begin(), results_.end(),
                         [&](const CheckResult& result) { return result.check == id; });
  }

  void set(const std::string& id, Verdict verdict) {
    CheckResult& result = at(id);
    result.verdict = verdict;
    result.points = verdict == Verdict::kPassed ? result.max_points : 0.0;
    result.findings.assign(1, CaseFinding{});
    result.findings[0].verdict = verdict;
  }

  /// Cases that pass beside the one that a check has.
  void add_passed_cases(const std::string& id, int count) {
    CaseFinding passed;
    passed.verdict = Verdict::kPassed;
    at(id).findings.insert(at(id).findings.end(), static_cast<std::size_t>(count), passed);
  }

  void fail(const std::string& id, const std::vector<std::string>& shown = {}) {
    set(id, Verdict::kFailed);
    for (const std::string& name : shown) at(id).diagnoses.push_back({name, "explained"});
  }

  double total() {
    block_by_needs(rubric_, results_);
    count_bugs_once(rubric_, known_, fitting_, results_);
    double sum = 0.0;
    for (const CheckResult& result : results_) sum += result.points;
    return sum;
  }

  /// What fits a check and may be too much to be named.
  void fit(const std::string& id, const std::vector<std::string>& names) {
    for (const std::string& name : names) fitting_[id].push_back({name, ""});
  }

  static KnownMistake mistake(const std::string& name, const std::vector<std::string>& fails) {
    KnownMistake known{name, "explained", {}};
    known.fails = fails;
    return known;
  }

  Rubric rubric_;
  std::vector<CheckResult> results_;
  std::vector<KnownMistake> known_;
  Fitting fitting_;
};

TEST_F(OneBugRules, CountAMistakeThatExplainsEverythingWithTheDearestPublicCheck) {
  known_ = {mistake("known", {"q.a.first", "q.a.second", "q.a.hidden"})};
  for (const char* id : {"q.a.first", "q.a.second", "q.a.hidden"}) fail(id, {"known"});
  EXPECT_EQ(total(), 12.0 - 3.0);
  EXPECT_EQ(at("q.a.first").points, 0.0);
  EXPECT_EQ(at("q.a.second").verdict, Verdict::kFailed);
  EXPECT_EQ(at("q.a.second").counted_in, "q.a.first");
  EXPECT_EQ(at("q.a.hidden").counted_in, "q.a.first");
}

TEST_F(OneBugRules, CountNothingOnceWhenOneOfTheMistakesChecksShowsSomethingElse) {
  known_ = {mistake("known", {"q.a.first", "q.a.second"})};
  fail("q.a.first", {"known"});
  fail("q.a.second");
  total();
  EXPECT_EQ(at("q.a.first").points + at("q.a.second").points, 0.0);
}

TEST_F(OneBugRules, CountTwoMistakesTwice) {
  known_ = {mistake("one", {"q.a.first"}), mistake("other", {"q.a.second", "q.a.third"})};
  fail("q.a.first", {"one"});
  fail("q.a.second", {"other"});
  fail("q.a.third", {"other"});
  total();
  EXPECT_EQ(at("q.a.first").points, 0.0);
  EXPECT_EQ(at("q.a.second").points, 0.0);
  EXPECT_EQ(at("q.a.third").points, 1.0);
}

TEST_F(OneBugRules, TakeAllPointsOfAQuestionThatIsNotAnswered) {
  known_ = {mistake("nothing", {"q.a.first", "q.a.hidden"})};
  known_[0].costs = {"q.a"};
  fail("q.a.first", {"nothing"});
  fail("q.a.hidden", {"nothing"});
  total();
  EXPECT_EQ(at("q.a.second").verdict, Verdict::kPassed);
  EXPECT_EQ(at("q.a.second").points, 0.0) << "passed by doing nothing";
  EXPECT_EQ(at("q.a.hidden").points, 0.0);
  EXPECT_EQ(at("q.b.all").points, 4.0) << "another question, which passed";
}

TEST_F(OneBugRules, CountEachCheckWhereAMistakeLooksLikeNoAnswer) {
  known_ = {mistake("bug", {"q.a.first", "q.a.hidden"}),
            mistake("nothing", {"q.a.first", "q.a.hidden"})};
  known_[1].costs = {"q.a"};
  fail("q.a.first", {"bug", "nothing"});
  fail("q.a.hidden", {"bug", "nothing"});
  EXPECT_EQ(total(), 12.0 - 3.0 - 2.0);
}

TEST_F(OneBugRules, CountOnceWhatTooManyMistakesExplainForAnyOfThemToBeNamed) {
  const std::vector<std::string> names = {"a", "b", "c", "d"};
  for (const std::string& name : names) {
    known_.push_back(mistake(name, {"q.a.first", "q.a.second"}));
  }
  for (const char* id : {"q.a.first", "q.a.second"}) {
    fail(id);
    fit(id, names);
  }
  EXPECT_EQ(total(), 12.0 - 3.0);
  EXPECT_EQ(at("q.a.second").counted_in, "q.a.first");
  EXPECT_TRUE(at("q.a.second").diagnoses.empty());
}

TEST_F(OneBugRules, CountBothWhereNoOneMistakeFitsBoth) {
  known_ = {mistake("a", {"q.a.first"}), mistake("b", {"q.a.second"}),
            mistake("both", {"q.a.first", "q.a.second", "q.a.third"})};
  fail("q.a.first");
  fail("q.a.second");
  fit("q.a.first", {"a", "both"});
  fit("q.a.second", {"b", "both"});
  EXPECT_EQ(total(), 12.0 - 3.0 - 2.0) << "the third passed, so it is not \"both\"";
}

TEST_F(OneBugRules, CountNothingOnceThatFitsWhereNoAnswerFits) {
  known_ = {mistake("bug", {"q.a.first", "q.a.second"}),
            mistake("nothing", {"q.a.first", "q.a.second", "q.a.third"})};
  known_[1].costs = {"q.a"};
  for (const char* id : {"q.a.first", "q.a.second"}) {
    fail(id);
    fit(id, {"bug", "nothing"});
  }
  EXPECT_EQ(at("q.a.first").points + at("q.a.second").points, 0.0);
  EXPECT_EQ(total(), 12.0 - 3.0 - 2.0);
}

TEST_F(OneBugRules, CountAWayToEndCheckByCheckWhereHalfOfTheQuestionIsLost) {
  known_ = {mistake("throws", {"q.a.first", "q.a.second"})};
  for (const char* id : {"q.a.first", "q.a.second"}) {
    fail(id, {"throws"});
    at(id).diagnoses[0].specific = false;
  }
  EXPECT_EQ(total(), 12.0 - 3.0 - 2.0) << "so does a program that never answers";
}

TEST_F(OneBugRules, CountAWayToEndOnceWhereMostOfTheQuestionIsRight) {
  known_ = {mistake("throws", {"q.a.second", "q.a.hidden"})};
  for (const char* id : {"q.a.second", "q.a.hidden"}) {
    fail(id, {"throws"});
    at(id).diagnoses[0].specific = false;
  }
  EXPECT_EQ(total(), 12.0 - 2.0);
}

/// What else the question gave does not speak for a check that rests on one which gave nothing.
TEST_F(OneBugRules, GiveNothingForWhatRestsOnNothingInItsOwnQuestion) {
  fail("q.a.third");
  set("q.a.second", Verdict::kBlocked);
  at("q.a.second").findings[0].blocked_by = "q.a.third";
  rubric_.checks[1].needs = {"q.a.first", "q.a.third"};
  total();
  EXPECT_EQ(at("q.a.first").points, 3.0);
  EXPECT_EQ(at("q.a.second").points, 0.0);
}

TEST_F(OneBugRules, SpareAHiddenCheckWhatThePublicOnesHaveTaken) {
  fail("q.a.third");
  fail("q.a.hidden");
  total();
  EXPECT_EQ(at("q.a.third").points, 0.0);
  EXPECT_EQ(at("q.a.hidden").points, 1.0) << "1 of its 2 points is taken already";
}

TEST_F(OneBugRules, SpareAHiddenCheckNothingWhereHalfOfThePublicPointsOrLessAreEarned) {
  fail("q.a.first");
  fail("q.a.hidden");
  total();
  EXPECT_EQ(at("q.a.hidden").points, 0.0);
}

TEST_F(OneBugRules, SpareAHiddenCheckNothingWhereThePublicOnesPass) {
  fail("q.a.hidden");
  total();
  EXPECT_EQ(at("q.a.hidden").points, 0.0) << "who knows the public cases by heart";
}

TEST_F(OneBugRules, LetAHiddenCheckNameWhatItRepeats) {
  rubric_.checks[3].repeats = {"q.b.all"};
  fail("q.a.third");
  fail("q.a.hidden");
  total();
  EXPECT_EQ(at("q.a.hidden").points, 0.0) << "(b) has taken nothing";
}

TEST_F(OneBugRules, GiveABlockedCheckTheShareOfWhatItRestsOn) {
  fail("q.a.third");
  fail("q.b.all");
  total();
  EXPECT_EQ(at("q.b.all").verdict, Verdict::kBlocked);
  EXPECT_NEAR(at("q.b.all").points, 4.0 * 5.0 / 6.0, 1e-9);
  EXPECT_EQ(at("q.b.all").findings[0].got,
            "needs \"title of q.a.third\" (q.a.third), which did not pass");
}

/// What stands in the way may show in a hidden check alone, while all that is public passes.
TEST_F(OneBugRules, LetAHiddenCheckBeTheReasonWhereHalfOfTheCasesPassed) {
  fail("q.a.hidden");
  set("q.b.all", Verdict::kBlocked);
  at("q.b.all").findings[0].blocked_by = "q.a.first";
  total();
  EXPECT_EQ(at("q.b.all").points, 0.0) << "none of its own cases passed";
  add_passed_cases("q.b.all", 1);
  total();
  EXPECT_NEAR(at("q.b.all").points, 4.0 * (1.0 + 6.0 / 8.0) / 2.0, 1e-9);
}

/// A bug that shows in some cases costs where they are judged, and not again in what needs them.
TEST_F(OneBugRules, GiveABlockedCheckAllWhereWhatBlocksItIsRightInMostCases) {
  fail("q.a.first");
  add_passed_cases("q.a.first", 1);
  set("q.a.second", Verdict::kBlocked);
  at("q.a.second").findings[0].blocked_by = "q.a.first";
  total();
  EXPECT_EQ(at("q.a.second").points, 0.0) << "half of the cases is not most";
  add_passed_cases("q.a.first", 1);
  total();
  EXPECT_EQ(at("q.a.second").points, 2.0);
}

TEST_F(OneBugRules, GiveAHiddenCheckThatIsBlockedEverywhereNothing) {
  fail("q.a.first");
  add_passed_cases("q.a.first", 5);
  set("q.a.hidden", Verdict::kBlocked);
  at("q.a.hidden").findings[0].blocked_by = "q.a.first";
  total();
  EXPECT_EQ(at("q.a.hidden").points, 0.0) << "who knows the public cases by heart";
  add_passed_cases("q.a.hidden", 1);
  total();
  EXPECT_EQ(at("q.a.hidden").points, 2.0);
}

/// One of four hidden cases is worth half a point of 2; the public checks have taken a whole one.
TEST_F(OneBugRules, SpareAHiddenCheckWhoseCasesThatFailAreWorthNoMoreThanWasTaken) {
  fail("q.a.third");
  fail("q.a.hidden");
  add_passed_cases("q.a.hidden", 3);
  total();
  EXPECT_EQ(at("q.a.hidden").points, 2.0);
}

TEST_F(OneBugRules, GiveABlockedCheckNothingForHalfOrLess) {
  fail("q.a.first");
  fail("q.b.all");
  total();
  EXPECT_EQ(at("q.b.all").points, 0.0);
}

TEST_F(OneBugRules, LeaveStubsAndWhatDoesNotCompileAtNothing) {
  fail("q.a.third");
  for (const Verdict verdict : {Verdict::kNotAttempted, Verdict::kBuildFailed, Verdict::kForbidden,
                                Verdict::kGraderError}) {
    set("q.a.hidden", verdict);
    set("q.b.all", verdict);
    total();
    EXPECT_EQ(at("q.a.hidden").points, 0.0) << name_of(verdict);
    EXPECT_EQ(at("q.b.all").points, 0.0) << name_of(verdict);
  }
}

TEST_F(OneBugRules, DoNotBlockByAFileThatOursStandsInFor) {
  rubric_.checks[4].files = {"user.cpp", "own.cpp"};
  fail("q.a.third");
  fail("q.b.all");
  at("q.b.all").stand_ins = {{"own.cpp", "own", "fails (a)"}};
  total();
  EXPECT_EQ(at("q.b.all").verdict, Verdict::kFailed);
  EXPECT_EQ(at("q.b.all").points, 0.0);
}

using Naming = OneBugRules;

TEST_F(Naming, RulesOutAMistakeWhoseOtherCheckPassed) {
  known_ = {mistake("one", {"q.a.first", "q.a.second"}), mistake("other", {"q.a.first"})};
  fail("q.a.first", {"one", "other"});
  settle_diagnoses(known_, results_);
  ASSERT_EQ(at("q.a.first").diagnoses.size(), 1u);
  EXPECT_EQ(at("q.a.first").diagnoses[0].mistake, "other");
}

TEST_F(Naming, IntersectsWhatTheChecksLeavePossible) {
  known_ = {mistake("a", {"q.a.first"}), mistake("b", {"q.a.first", "q.a.second"}),
            mistake("c", {"q.a.second"})};
  fail("q.a.first", {"a", "b"});
  fail("q.a.second", {"b", "c"});
  settle_diagnoses(known_, results_);
  for (const char* id : {"q.a.first", "q.a.second"}) {
    ASSERT_EQ(at(id).diagnoses.size(), 1u) << id;
    EXPECT_EQ(at(id).diagnoses[0].mistake, "b");
  }
}

TEST_F(Naming, PrefersAMistakeThatSomebodyExplainedToASlip) {
  known_ = {mistake("swapped", {"q.a.first"}), mistake("slip_in_the_pixel__y", {"q.a.first"})};
  fail("q.a.first", {"swapped", "slip_in_the_pixel__y"});
  settle_diagnoses(known_, results_);
  ASSERT_EQ(at("q.a.first").diagnoses.size(), 1u);
  EXPECT_EQ(at("q.a.first").diagnoses[0].mistake, "swapped");
}

TEST_F(Naming, NamesNoSlipInAQuestionThatIsNotAnswered) {
  known_ = {mistake("zeros", {"q.a.first", "q.a.second", "q.a.third"}),
            mistake("slip_in_the_sum", {"q.a.first"})};
  known_[0].costs = {"q.a"};
  fail("q.a.first", {"zeros", "slip_in_the_sum"});
  fail("q.a.second", {"zeros"});
  fail("q.a.third", {});
  settle_diagnoses(known_, results_);
  ASSERT_EQ(at("q.a.first").diagnoses.size(), 1u);
  EXPECT_EQ(at("q.a.first").diagnoses[0].mistake, "zeros")
      << "though the slip explains all that it should, and this does not";
}

TEST_F(Naming, NamesNobodyWhereMoreThanThreeFit) {
  const std::vector<std::string> names = {"a", "b", "c", "d"};
  for (const std::string& name : names) known_.push_back(mistake(name, {"q.a.first"}));
  fail("q.a.first", names);
  settle_diagnoses(known_, results_);
  EXPECT_TRUE(at("q.a.first").diagnoses.empty());
}

TEST_F(Naming, KeepsWhatFitsWhereItNamesNobody) {
  const std::vector<std::string> names = {"a", "b", "c", "d"};
  for (const std::string& name : names) known_.push_back(mistake(name, {"q.a.first"}));
  fail("q.a.first", names);
  fitting_ = settle_diagnoses(known_, results_);
  EXPECT_EQ(fitting_["q.a.first"].size(), 4u);
  EXPECT_TRUE(fits_everywhere(known_[0], fitting_, results_));
}

TEST_F(Naming, NamesNobodyWithoutAnExplanation) {
  known_ = {mistake("a", {"q.a.first"}), mistake("b", {"q.a.first"})};
  fail("q.a.first", {"a", "b"});
  at("q.a.first").diagnoses[1].explanation.clear();
  settle_diagnoses(known_, results_);
  ASSERT_EQ(at("q.a.first").diagnoses.size(), 1u);
  EXPECT_EQ(at("q.a.first").diagnoses[0].mistake, "a");
}

/// A slip that nobody can name still shows that an end is not one mistake's alone.
TEST_F(Naming, TakesAWayToEndForNobodyWhereAnUnnamedSlipEndsSoToo) {
  known_ = {mistake("a", {"q.a.first"}), mistake("slip", {"q.a.first"})};
  fail("q.a.first", {"a", "slip"});
  for (Diagnosis& diagnosis : at("q.a.first").diagnoses) diagnosis.specific = false;
  at("q.a.first").diagnoses[1].explanation.clear();
  fitting_ = settle_diagnoses(known_, results_);
  EXPECT_TRUE(at("q.a.first").diagnoses.empty());
  EXPECT_FALSE(fits_everywhere(known_[0], fitting_, results_));
}

TEST_F(Naming, TakesAWayToEndForAMistakeOnlyWhenItIsAlone) {
  known_ = {mistake("a", {"q.a.first"}), mistake("b", {"q.a.first"})};
  fail("q.a.first", {"a", "b"});
  for (Diagnosis& diagnosis : at("q.a.first").diagnoses) diagnosis.specific = false;
  std::vector<CheckResult> alone = results_;
  alone[0].diagnoses.pop_back();
  settle_diagnoses(known_, results_);
  EXPECT_TRUE(at("q.a.first").diagnoses.empty());
  settle_diagnoses(known_, alone);
  EXPECT_EQ(alone[0].diagnoses.size(), 1u);
}

}  // namespace
}  // namespace pset3::judge
