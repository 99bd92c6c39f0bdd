#include "grader/judge/relation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <list>

#include "grader/judge/relations.hpp"

namespace pset3::judge {
namespace {

using arrays::Array;
using arrays::Arrays;
using Values = std::vector<double>;
using Shape = std::vector<std::int64_t>;

Array array_of(const Values& values, const Shape& shape) {
  return Array::copy_of(values.data(), shape);
}

/// Cases of one output, with what is right and what came.
class Relating : public ::testing::Test {
 protected:
  void add(const Shape& shape, const Values& right, const Values& got, Arrays inputs = {}) {
    inputs_.push_back(std::move(inputs));
    expected_.push_back({{"y", array_of(right, shape)}});
    const Arrays outputs = {{"y", array_of(got, shape)}};
    for (OutputPair& pair : pairs_of(inputs_.back(), expected_.back(), outputs)) {
      pairs_.push_back(std::move(pair));
    }
  }

  std::string found() const {
    const auto relation = relation_between(pairs_);
    return relation ? relation->slug : "";
  }
  std::string words() const {
    const auto relation = relation_between(pairs_);
    return relation ? relation->words : "";
  }

  std::list<Arrays> inputs_;
  std::list<Arrays> expected_;
  std::vector<OutputPair> pairs_;
};

Arrays batch_of(std::int64_t rows) {
  return {{"x", array_of(Values(static_cast<std::size_t>(rows * 2), 1.0), {rows, 2})}};
}

TEST_F(Relating, FindsASign) {
  add({3}, {1.0, -2.0, 3.0}, {-1.0, 2.0, -3.0});
  EXPECT_EQ(found(), "negated");
}

TEST_F(Relating, FindsAPlainFactor) {
  add({3}, {1.0, -2.0, 3.0}, {0.5, -1.0, 1.5});
  EXPECT_EQ(found(), "divided_by_2");
}

/// A sum in place of a mean: another factor in each case, and it is the number of rows.
TEST_F(Relating, FindsAFactorThatIsASizeOfTheInputs) {
  add({2}, {1.0, -2.0}, {5.0, -10.0}, batch_of(5));
  add({2}, {3.0, 4.0}, {9.0, 12.0}, batch_of(3));
  EXPECT_EQ(found(), "times_rows_of_x");
  EXPECT_EQ(words(), "are the right ones times the number of rows of \"x\" (5)");
}

TEST_F(Relating, DoesNotTakeAFactorOfOneCaseForAllCases) {
  add({2}, {1.0, -2.0}, {5.0, -10.0}, batch_of(7));
  add({2}, {3.0, 4.0}, {9.0, 12.0}, batch_of(6));
  EXPECT_EQ(found(), "");
}

/// One factor in all cases may be a size by chance: both are said.
TEST_F(Relating, SaysWhatElseAFactorIs) {
  add({2}, {1.0, -2.0}, {3.0, -6.0}, batch_of(3));
  EXPECT_EQ(found(), "times_3");
  EXPECT_EQ(words(), "are the right ones times 3; 3 is the number of rows of \"x\"");
}

TEST_F(Relating, DoesNotTakeTheQuotientOfTwoNumbersForAFactor) {
  add({1}, {2.0}, {1.0});
  EXPECT_EQ(found(), "");
}

TEST_F(Relating, FindsAStepInTheOppositeDirection) {
  add({2}, {1.5, 2.5}, {0.5, 1.5}, {{"y", array_of({1.0, 2.0}, {2})}});
  EXPECT_EQ(found(), "change_negated");
}

TEST_F(Relating, FindsAStepWithoutTheLearningRate) {
  const Arrays inputs = {{"rate", Array::scalar(0.125)}, {"y", array_of({1.0, 2.0}, {2})}};
  add({2}, {1.5, 2.25}, {5.0, 4.0}, inputs);
  EXPECT_EQ(found(), "change_divided_by_rate");
}

TEST_F(Relating, FindsWhatIsUnchanged) {
  add({2}, {1.5, 2.5}, {1.0, 2.0}, {{"y", array_of({1.0, 2.0}, {2})}});
  EXPECT_EQ(found(), "unchanged");
}

TEST_F(Relating, FindsAnInputInPlaceOfTheAnswer) {
  add({3}, {1.0, 5.0, 2.0}, {7.0, 9.0, 8.0}, {{"x", array_of({7.0, 9.0, 8.0}, {3})}});
  EXPECT_EQ(found(), "input_x");
}

/// A certain and wrong sample has a derivative of 1e12; next to it everything is close to 0.
TEST_F(Relating, DoesNotCallNumbersZeroBecauseOneRightNumberIsHuge) {
  add({4}, {1e12, 0.25, -0.5, 2.0}, {0.0, 0.25, -0.5, 2.0});
  EXPECT_NE(found(), "all_zero");
  EXPECT_NE(found(), "all_alike");
  pairs_.clear();
  add({4}, {1e12, 0.25, -0.5, 2.0}, {0.0, 0.0, -0.0, 0.0});
  EXPECT_EQ(found(), "all_zero");
}

TEST_F(Relating, FindsWhatWasForgottenOrDoneOnceTooOften) {
  add({3}, {1.0, 4.0, 0.25}, {1.0, 2.0, 0.5});
  EXPECT_EQ(found(), "square_root");
}

/// 1 / 0 and an exponential that overflows are no numbers that anything could be compared with.
TEST_F(Relating, DoesNotTakeWhatIsInfiniteForEverything) {
  add({4}, {0.0, 0.0, 0.0, 2.0}, {5.0, 7.0, 9.0, 0.5});
  EXPECT_NE(found(), "inverse");
  pairs_.clear();
  add({3}, {900.0, 1000.0, 1200.0}, {5.0, 7.0, 4.0});
  EXPECT_EQ(found(), "");
}

/// The noise of large numbers is large, and must not make their squares anything.
TEST_F(Relating, ComparesLargeNumbersByTheirSize) {
  add({3}, {3e6, 4e6, 5e6}, {2e13, 1e13, 3e13});
  EXPECT_EQ(found(), "");
  pairs_.clear();
  add({3}, {3e6, 4e6, 5e6}, {9e12, 1.6e13, 2.5e13});
  EXPECT_EQ(found(), "squared");
}

TEST_F(Relating, FindsNegativeNumbersThatShouldBeZero) {
  add({4}, {0.0, 2.0, 0.0, 1.0}, {-3.0, 2.0, -1.0, 1.0});
  EXPECT_EQ(found(), "not_limited_below");
}

TEST_F(Relating, FindsAReversedOrder) {
  add({2, 3}, {1, 2, 3, 4, 5, 6}, {3, 2, 1, 6, 5, 4});
  EXPECT_EQ(found(), "reversed_along_axis_1");
  EXPECT_EQ(words(), "are the right ones with the order of the columns reversed");
}

TEST_F(Relating, FindsExchangedAxes) {
  add({2, 2}, {1, 2, 3, 4}, {1, 3, 2, 4});
  EXPECT_EQ(found(), "axes_0_and_1_swapped");
}

TEST_F(Relating, FindsColumnsInAnotherOrder) {
  add({2, 3}, {1, 2, 3, 4, 5, 6}, {2, 3, 1, 5, 6, 4});
  EXPECT_EQ(found(), "columns_in_another_order");
}

TEST_F(Relating, FindsNumbersThatMoved) {
  add({6}, {1, 4, 9, 16, 25, 36}, {7, 1, 4, 9, 16, 25});
  EXPECT_EQ(found(), "moved_along_axis_0");
}

TEST_F(Relating, FindsTheOnlyColumnThatIsWrong) {
  add({2, 3}, {1, 2, 3, 4, 5, 6}, {1, 2, 7, 4, 5, 9});
  EXPECT_EQ(found(), "wrong_in_the_last_column");
}

TEST_F(Relating, FindsThatOnlyNegativeNumbersAreWrong) {
  add({5}, {1.3, -2.1, 3.2, -4.4, 5.7}, {1.3, -2.5, 3.2, -4.7, 5.7});
  EXPECT_EQ(found(), "wrong_where_negative");
}

TEST_F(Relating, SaysNothingOfNumbersThatAreWrongEachInItsOwnWay) {
  add({5}, {1.3, -2.1, 3.2, -4.4, 5.7}, {1.1, -2.5, 3.7, -4.9, 5.2});
  EXPECT_EQ(found(), "");
}

/// What travels flat, with room for more than there is, has its shape beside it.
TEST(PairsOf, ReadsTheShapeOfAFlatOutput) {
  const Arrays expected = {{"out", Array::of<float>({1, 2, 3, 4, 0, 0})},
                           {"out_shape", Array::of<std::int64_t>({2, 2})}};
  const auto pairs = pairs_of({}, expected, expected);
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(pairs[0].shape, (Shape{2, 2}));
  EXPECT_EQ(pairs[0].right.size(), 4u);
  EXPECT_EQ(pairs[0].axes, (std::vector<std::string>{"row", "column"}));
}

TEST(PairsOf, LeavesOutWhatHasAnotherShapeAndTheSubmissionsOwnResults) {
  const Arrays expected = {{"own_y", Array::of<double>({1, 2})}, {"y", Array::of<double>({1, 2})}};
  const Arrays outputs = {{"own_y", Array::of<double>({3, 4})},
                          {"y", Array::of<double>({1, 2, 3})}};
  EXPECT_TRUE(pairs_of({}, expected, outputs).empty());
}

/// One check with a case for each pair of numbers.
class Saying : public ::testing::Test {
 protected:
  CheckResult said(const Values& got, std::vector<Diagnosis> diagnoses = {}) {
    std::vector<CaseEvidence> cases;
    CheckResult result;
    result.diagnoses = std::move(diagnoses);
    for (const double value : got) {
      outcomes_.push_back({});
      outcomes_.back().ended = run::Ended::kReturned;
      outcomes_.back().output = arrays::encode({{"y", array_of({value, 2.0 * value}, {2})}});
      cases.push_back({"case", &inputs_, &specs_, &expected_, &outcomes_.back()});
      CaseFinding finding;
      finding.verdict = value == 1.0 ? Verdict::kPassed : Verdict::kFailed;
      result.findings.push_back(finding);
    }
    say_relation(cases, result);
    return result;
  }

  const Arrays inputs_ = {};
  const Arrays expected_ = {{"y", array_of({1.0, 2.0}, {2})}};
  const arrays::ArraySpecs specs_ = {{"y", arrays::exactly(arrays::DType::kF64, {2})}};
  std::list<run::CaseOutcome> outcomes_;
};

TEST_F(Saying, NamesWhatHoldsInEachCaseThatFails) {
  const CheckResult result = said({-1.0, 1.0, -1.0});
  ASSERT_EQ(result.diagnoses.size(), 1u);
  EXPECT_EQ(result.diagnoses[0].mistake, "numbers_negated");
  EXPECT_EQ(result.diagnoses[0].explanation,
            "Your numbers are the right ones, negated, in all 2 cases that fail.");
  EXPECT_TRUE(is_fact(result.diagnoses[0]));
}

TEST_F(Saying, SaysNothingWhereCasesDiffer) { EXPECT_TRUE(said({-1.0, 2.0}).diagnoses.empty()); }

TEST_F(Saying, LeavesAKnownMistakeAlone) {
  const CheckResult result = said({-1.0}, {{"sign_forgotten", "The sign is missing."}});
  ASSERT_EQ(result.diagnoses.size(), 1u);
  EXPECT_EQ(result.diagnoses[0].mistake, "sign_forgotten");
}

TEST_F(Saying, JoinsWhereAndWhat) {
  const CheckResult result = said({-1.0, 1.0}, {{"only_where_it_rains", "It rains there."}});
  ASSERT_EQ(result.diagnoses.size(), 1u);
  EXPECT_EQ(result.diagnoses[0].explanation,
            "Your numbers are the right ones, negated, in the case that fails. It rains there.");
}

}  // namespace
}  // namespace pset3::judge
