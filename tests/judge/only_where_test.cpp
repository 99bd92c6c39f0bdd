#include "grader/judge/only_where.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace pset3::judge {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A check with five cases, of which some have a stride, some padding, and one both.
class OnlyWhere : public ::testing::Test {
 protected:
  OnlyWhere() {
    add_case("plain", {});
    add_case("stride", {"the stride is above 1"});
    add_case("padding", {"the padding is not 0"});
    add_case("both", {"the stride is above 1", "the padding is not 0"});
    add_case("large", {"the filter is large", "there are many channels"});
    rubric_.checks.emplace_back();
    rubric_.checks[0].id = "p9.a.layer";
  }
  void add_case(const std::string& id, const std::vector<std::string>& special) {
    rubric_.cases.emplace_back();
    rubric_.cases.back().id = id;
    rubric_.cases.back().special = special;
  }
  /// What is said when these cases fail and the others pass.
  std::vector<Diagnosis> said(const std::set<std::string>& failing,
                              Verdict verdict = Verdict::kFailed) {
    CheckResult result;
    result.check = "p9.a.layer";
    result.verdict = verdict;
    for (const CaseSpec& spec : rubric_.cases) {
      CaseFinding finding;
      finding.case_id = spec.id;
      finding.verdict = failing.count(spec.id) != 0 ? verdict : Verdict::kPassed;
      result.findings.push_back(finding);
    }
    result.diagnoses = known_;
    std::vector<CheckResult> results = {result};
    say_where(rubric_, results);
    return results[0].diagnoses;
  }

  Rubric rubric_;
  std::vector<Diagnosis> known_;
};

TEST_F(OnlyWhere, NamesWhatAllCasesThatFailShareAndNoOtherHas) {
  const auto found = said({"stride", "both"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].mistake, "only_where_the_stride_is_above_1");
  EXPECT_EQ(found[0].explanation,
            "A mistake that shows only where the stride is above 1: the 2 cases of that kind fail, "
            "and the other 3 are right. What does your function do differently there?");
  EXPECT_TRUE(says_where(found[0]));
}

TEST_F(OnlyWhere, NamesTwoThatCannotBeToldApartAndTwoThatShareTheCases) {
  EXPECT_THAT(said({"large"}).at(0).explanation,
              HasSubstr("only where the filter is large or there are many channels: the case"));
  EXPECT_THAT(said({"stride", "padding", "both"}).at(0).explanation,
              HasSubstr("only where the stride is above 1, and where the padding is not 0: the 3"));
}

TEST_F(OnlyWhere, SaysNothingWithoutEvidence) {
  EXPECT_THAT(said({"plain"}), IsEmpty());
  EXPECT_THAT(said({"stride"}), IsEmpty()) << "the case with both passes";
  EXPECT_THAT(said({"large", "padding", "both"}).at(0).explanation,
              HasSubstr("where the padding is not 0, and where the filter is large"));
  EXPECT_THAT(said({"stride", "both"}, Verdict::kTimeout), IsEmpty());
  EXPECT_THAT(said({"plain", "stride", "padding", "both", "large"}), IsEmpty());
  EXPECT_THAT(said({"stride", "both"}, Verdict::kBlocked), IsEmpty());
  rubric_.checks[0].visibility = Visibility::kHidden;
  EXPECT_THAT(said({"stride", "both"}), IsEmpty());
}

TEST_F(OnlyWhere, SaysNothingBesideAKnownMistake) {
  known_ = {{"known", "You did it."}};
  EXPECT_EQ(said({"stride", "both"}).size(), 1U);
}

}  // namespace
}  // namespace pset3::judge
