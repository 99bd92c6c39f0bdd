#include <gtest/gtest.h>

#include "grader/parts/p4_unsupervised_depth/judge/checks.hpp"

/// What p4's judge says of flips that are made by hand, right and wrong.
namespace pset3::judge::p4 {
namespace {

using arrays::Array;
using arrays::Arrays;
using Values = std::vector<float>;

struct Pair {
  Values left;
  Values right;
};

// Two channels of two rows and three columns.
const Pair kPair = {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
                    {21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32}};
const Values kLeftMirrored = {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10};
const Values kRightMirrored = {23, 22, 21, 26, 25, 24, 29, 28, 27, 32, 31, 30};
const Values kLeftUpsideDown = {4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9};
const Values kRightUpsideDown = {24, 25, 26, 21, 22, 23, 30, 31, 32, 27, 28, 29};
const Pair kFlipped = {kRightMirrored, kLeftMirrored};

Array view(const Values& values) { return Array::copy_of(values.data(), {2, 2, 3}); }

CaseFinding finding(const std::string& name, const Arrays& inputs, const Arrays& outputs) {
  CheckSpec spec;
  spec.id = "p4.a.x";
  return p4::checks().at(name).judge({spec, inputs, outputs, outputs});
}

CaseFinding of_draws(const std::string& name, const std::vector<Pair>& draws, double probability,
                     const std::vector<std::int64_t>& left_shape = {2, 2, 3}) {
  Values lefts;
  Values rights;
  std::vector<std::int64_t> left_sizes;
  std::vector<std::int64_t> right_sizes;
  for (const Pair& draw : draws) {
    lefts.insert(lefts.end(), draw.left.begin(), draw.left.end());
    rights.insert(rights.end(), draw.right.begin(), draw.right.end());
    left_sizes.push_back(static_cast<std::int64_t>(draw.left.size()));
    right_sizes.push_back(static_cast<std::int64_t>(draw.right.size()));
  }
  const Arrays inputs = {{"left", view(kPair.left)},
                         {"right", view(kPair.right)},
                         {"probability", Array::scalar(probability)},
                         {"draws", Array::scalar(static_cast<std::int64_t>(draws.size()))}};
  return finding(name, inputs,
                 {{"lefts", Array::of(lefts)},
                  {"lefts_shape", Array::of(left_shape)},
                  {"lefts_sizes", Array::of(left_sizes)},
                  {"rights", Array::of(rights)},
                  {"rights_shape", Array::of(std::vector<std::int64_t>{2, 2, 3})},
                  {"rights_sizes", Array::of(right_sizes)}});
}

CaseFinding of_pairs(const std::vector<Pair>& draws) {
  return of_draws("p4.flipped_views", draws, 0.5);
}

TEST(P4Flips, MirrorAndSwapBothViewsOrNeither) {
  EXPECT_EQ(of_pairs({kPair, kFlipped, kPair}).verdict, Verdict::kPassed);
  EXPECT_EQ(of_pairs({kFlipped, kFlipped}).verdict, Verdict::kPassed);
}

TEST(P4Flips, AreToldByWhatWasDoneInPlaceOfThem) {
  const auto got = [](const Values& left, const Values& right) {
    const CaseFinding finding = of_pairs({kPair, {left, right}});
    EXPECT_EQ(finding.verdict, Verdict::kFailed);
    return finding.got;
  };
  EXPECT_EQ(got(kPair.right, kPair.left), "views that change places and are not mirrored");
  EXPECT_EQ(got(kLeftMirrored, kRightMirrored), "views that are mirrored and do not change places");
  EXPECT_EQ(got(kLeftUpsideDown, kRightUpsideDown), "views that are upside down");
  EXPECT_EQ(got(kRightUpsideDown, kLeftUpsideDown), "views that are upside down");
  EXPECT_EQ(got(kRightMirrored, kPair.right), "one view that stays as it was");
  EXPECT_EQ(got(kPair.left, kPair.left), "one view that stays as it was");
  EXPECT_EQ(got(kRightMirrored, kRightMirrored), "other pictures");
}

TEST(P4Flips, OfAnotherSizeFail) {
  EXPECT_EQ(of_pairs({kPair, {{1, 2}, kLeftMirrored}}).verdict, Verdict::kFailed);
  EXPECT_EQ(of_draws("p4.flip_share", {{{1, 2}, {}}, {{3}, {4}}}, 1.0).verdict, Verdict::kPassed)
      << "what became of the views is another question";
}

TEST(P4Flips, OfAnotherShapeFail) {
  const CaseFinding finding = of_draws("p4.flipped_views", {kPair, kFlipped}, 0.5, {1, 2, 2, 3});
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_EQ(finding.got, "a view of shape (1, 2, 2, 3)");
  EXPECT_EQ(finding.expected, "two views of shape (2, 2, 3), as they were given");
}

TEST(P4Flips, AreRightToRounding) {
  Pair nearly = kFlipped;
  nearly.left[3] += 4e-6F;
  EXPECT_EQ(of_pairs({nearly}).verdict, Verdict::kPassed);
  nearly.left[3] += 1e-4F;
  EXPECT_EQ(of_pairs({nearly}).verdict, Verdict::kFailed);
}

TEST(P4Flips, DoNotBelieveWhatIsClaimedOfSizes) {
  const Arrays inputs = {{"left", view(kPair.left)}, {"right", view(kPair.right)}};
  const Array shape = Array::of(std::vector<std::int64_t>{2, 2, 3});
  for (const std::int64_t claimed : {-1L, 0L, 5L, 1000000L}) {
    const Array sizes = Array::of(std::vector<std::int64_t>{claimed, claimed, claimed});
    const Arrays outputs = {{"lefts", Array::of(kPair.left)}, {"lefts_shape", shape},
                            {"lefts_sizes", sizes},           {"rights", Array::of(kPair.right)},
                            {"rights_shape", shape},          {"rights_sizes", sizes}};
    EXPECT_EQ(finding("p4.flipped_views", inputs, outputs).verdict, Verdict::kFailed) << claimed;
  }
}

Verdict share(int flips, int draws, double probability) {
  std::vector<Pair> all(static_cast<std::size_t>(draws), kPair);
  for (int i = 0; i < flips; ++i) all[static_cast<std::size_t>(i)] = kFlipped;
  return of_draws("p4.flip_share", all, probability).verdict;
}

TEST(P4FlipShare, IsThatOfTheCoin) {
  // The deviation of 400 draws with a quarter of heads is √75 = 8.66: six of them are 52.
  for (const int flips : {49, 80, 100, 120, 151}) {
    EXPECT_EQ(share(flips, 400, 0.25), Verdict::kPassed) << flips;
  }
  // None, each second toss needed too, a fair coin, tails, all.
  for (const int flips : {0, 25, 200, 300, 400}) {
    EXPECT_EQ(share(flips, 400, 0.25), Verdict::kFailed) << flips;
  }
}

TEST(P4FlipShare, OfNoneAndAllIsExact) {
  EXPECT_EQ(share(0, 8, 0.0), Verdict::kPassed);
  EXPECT_EQ(share(1, 8, 0.0), Verdict::kFailed);
  EXPECT_EQ(share(8, 8, 1.0), Verdict::kPassed);
  EXPECT_EQ(share(7, 8, 1.0), Verdict::kFailed);
}

TEST(P4FlipShare, CountsWhateverIsDoneToAPair) {
  const Pair swapped = {kPair.right, kPair.left};
  EXPECT_EQ(of_draws("p4.flip_share", {swapped, swapped}, 1.0).verdict, Verdict::kPassed);
}

TEST(P4FlippedTwice, IsThePairAsItWas) {
  const Arrays inputs = {{"left", view(kPair.left)}, {"right", view(kPair.right)}};
  const auto verdict = [&](const Values& left, const Values& right,
                           const Values& once = kRightMirrored) {
    const Array shape = Array::of(std::vector<std::int64_t>{2, 2, 3});
    const Arrays outputs = {{"left", Array::of(left)},
                            {"left_once", Array::of(once)},
                            {"left_shape", shape},
                            {"right", Array::of(right)},
                            {"right_shape", shape}};
    return finding("p4.flipped_twice", inputs, outputs).verdict;
  };
  EXPECT_EQ(verdict(kPair.left, kPair.right), Verdict::kPassed);
  EXPECT_EQ(verdict(kPair.right, kPair.left), Verdict::kFailed);
  EXPECT_EQ(verdict(kPair.left, kRightMirrored), Verdict::kFailed);
  EXPECT_EQ(verdict(kPair.left, kPair.right, Values(12)), Verdict::kBlocked) << "of zeros";
  EXPECT_EQ(verdict(kPair.left, kPair.right, kPair.left), Verdict::kPassed)
      << "a flip that does nothing is scored elsewhere";
  Values columns_swapped = kPair.left;
  for (std::size_t row = 0; row < 12; row += 3) {
    std::swap(columns_swapped[row], columns_swapped[row + 1]);
  }
  EXPECT_EQ(verdict(kPair.left, kPair.right, columns_swapped), Verdict::kBlocked)
      << "it undoes itself, and is no flip";
}

TEST(P4PairUnchanged, LooksAtBothViews) {
  const Arrays inputs = {{"left", view(kPair.left)}, {"right", view(kPair.right)}};
  const std::vector<std::int64_t> sizes = {12};
  Values draw = kRightMirrored;
  const auto verdict = [&](const Values& left, const Values& right,
                           const std::vector<std::int64_t>& written = {0, 0}) {
    const Arrays outputs = {{"left_after", view(left)},           {"right_after", view(right)},
                            {"written_into", Array::of(written)}, {"lefts", Array::of(draw)},
                            {"lefts_sizes", Array::of(sizes)},    {"rights", Array::of(draw)},
                            {"rights_sizes", Array::of(sizes)}};
    return finding("p4.pair_unchanged", inputs, outputs).verdict;
  };
  EXPECT_EQ(verdict(kPair.left, kPair.right), Verdict::kPassed);
  EXPECT_EQ(verdict(kPair.left, kPair.right, {1, 0}), Verdict::kFailed) << "and put back";
  EXPECT_EQ(verdict(kPair.left, kPair.right, {0, 1}), Verdict::kFailed) << "and put back";
  EXPECT_EQ(verdict(kRightMirrored, kPair.right), Verdict::kFailed);
  EXPECT_EQ(verdict(kPair.left, kLeftMirrored), Verdict::kFailed);
  draw = Values(12);
  EXPECT_EQ(verdict(kPair.left, kPair.right), Verdict::kBlocked) << "who returns zeros";
}

}  // namespace
}  // namespace pset3::judge::p4
