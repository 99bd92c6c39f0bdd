#include <gtest/gtest.h>

#include <cmath>

#include "grader/arrays/safetensors.hpp"
#include "grader/judge/endings.hpp"
#include "grader/judge/engine.hpp"
#include "grader/judge/findings.hpp"

namespace pset3::judge {
namespace {

using arrays::Array;
using arrays::Arrays;

/// A check on single numbers, which should be 1: a negative one is blocked.
class Diagnosing : public ::testing::Test {
 protected:
  Diagnosing() {
    spec_.id = "q.a.number";
    spec_.points = 1.0;
    spec_.judge = "number";
    spec_.files = {"own.cpp"};
    Check check;
    check.judge = [](const CaseView& view) {
      const double value = get(view.outputs, "value").data<double>()[0];
      if (value < 0.0) return blocked("q.b.other", "1", "a negative number");
      if (!(std::abs(value - 1.0) <= 1e-9)) return failed("1", std::to_string(value));
      return passed("1", "1");
    };
    check.sketch = sketch_arrays;
    checks_["number"] = check;
  }

  static run::CaseOutcome returned(double value) {
    run::CaseOutcome outcome;
    outcome.ended = run::Ended::kReturned;
    outcome.output = arrays::encode({{"value", Array::of<double>({value})}});
    return outcome;
  }

  std::vector<CaseEvidence> evidence(const std::vector<run::CaseOutcome>& outcomes) const {
    std::vector<CaseEvidence> all;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      all.push_back({"case" + std::to_string(i), &inputs_, &specs_, &expected_, &outcomes[i], ""});
    }
    return all;
  }

  KnownMistake mistake(const std::string& name, const std::vector<double>& values) const {
    KnownMistake known{name, "explained", {}};
    std::vector<run::CaseOutcome> outcomes;
    for (const double value : values) outcomes.push_back(returned(value));
    for (const CaseEvidence& item : evidence(outcomes)) {
      known.symptoms[spec_.id][item.id] = symptom_of(spec_, item, checks_);
    }
    return known;
  }

  std::vector<Diagnosis> diagnosed(const std::vector<double>& values,
                                   const std::vector<KnownMistake>& known) const {
    std::vector<run::CaseOutcome> outcomes;
    for (const double value : values) outcomes.push_back(returned(value));
    return diagnosed(outcomes, known);
  }

  std::vector<Diagnosis> diagnosed(const std::vector<run::CaseOutcome>& outcomes,
                                   const std::vector<KnownMistake>& known) const {
    const std::vector<CaseEvidence> cases = evidence(outcomes);
    return diagnose(spec_, judge_check(spec_, cases, checks_), cases, known, checks_);
  }

  CheckSpec spec_;
  Checks checks_;
  const Arrays inputs_;
  const Arrays expected_ = {{"value", Array::of<double>({1.0})}};
  const arrays::ArraySpecs specs_ = {{"value", arrays::exactly(arrays::DType::kF64, {1})}};
};

TEST_F(Diagnosing, NamesWhatAgreesInEachCaseThatFails) {
  const auto found =
      diagnosed({2.0, 3.0}, {mistake("same", {2.0, 3.0}), mistake("half", {2.0, 4.0})});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].mistake, "same");
}

TEST_F(Diagnosing, RulesOutWhatWouldShowInACaseThatPassed) {
  EXPECT_TRUE(diagnosed({2.0, 1.0}, {mistake("elsewhere too", {2.0, 4.0})}).empty());
}

/// A case that is judged elsewhere rules nobody out, and speaks for who agrees with it.
TEST_F(Diagnosing, CountsABlockedCaseForThoseThatAgreeWithIt) {
  const auto found =
      diagnosed({2.0, -1.0}, {mistake("blocked as well", {2.0, -1.0}), mistake("not", {2.0, 1.0})});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].mistake, "blocked as well");
  EXPECT_EQ(found[0].cases, 2u);
  EXPECT_EQ(found[1].cases, 1u);
}

/// The same type of exception, thrown for another reason, is another mistake.
TEST_F(Diagnosing, ReadsWhatAnExceptionSaysWhereAMistakeNamesIt) {
  run::CaseOutcome threw;
  threw.ended = run::Ended::kThrew;
  threw.message = "std::out_of_range: no row 3 in an image of 2 rows";
  KnownMistake known = mistake("rows and columns swapped", {});
  known.symptoms[spec_.id]["case0"] = {ending_name(threw), {}};
  EXPECT_EQ(diagnosed({threw}, {known}).size(), 1u);
  known.says = "no row";
  EXPECT_EQ(diagnosed({threw}, {known}).size(), 1u);
  threw.message = "std::out_of_range: no camera 5 of 4";
  EXPECT_TRUE(diagnosed({threw}, {known}).empty());
}

/// A program that grows without end meets the limit of time or that of memory first, as the machine
/// has it.
TEST(Agreeing, TakesBothLimitsAsOneEnding) {
  EXPECT_TRUE(agree({"timeout", {}}, {"out of memory", {}}, 1e-6));
  EXPECT_FALSE(agree({"timeout", {}}, {"SIGSEGV", {}}, 1e-6));
  EXPECT_FALSE(agree({"returned", {}}, {"out of memory", {}}, 1e-6));
}

}  // namespace
}  // namespace pset3::judge
