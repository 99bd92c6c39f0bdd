#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "starter/p4_unsupervised_depth/flip.hpp"
#include "starter/p4_unsupervised_depth/sampling.hpp"

namespace pset3::stereo {
namespace {

torch::Tensor row_of(const std::vector<float>& values) {
  return torch::tensor(values).view({1, 1, static_cast<std::int64_t>(values.size())});
}

TEST(Coin, ShowsHeadsAsOftenAsItsProbabilitySays) {
  Coin coin(0.3, 5);
  int heads = 0;
  for (int i = 0; i < 10000; ++i) heads += coin.toss() ? 1 : 0;
  EXPECT_NEAR(heads, 3000, 6 * 46);  // six deviations
}

TEST(Coin, FallsTheSameWayForTheSameSeed) {
  Coin one(0.5, 9);
  Coin other(0.5, 9);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one.toss(), other.toss());
}

TEST(Coin, RefusesWhatIsNoProbability) {
  EXPECT_THROW(Coin(1.5), std::invalid_argument);
  EXPECT_THROW(Coin(-0.1), std::invalid_argument);
  EXPECT_THROW(Coin(std::nan("")), std::invalid_argument);
}

TEST(StereoRandomFlip, MirrorsBothViewsAndSwapsThem) {
  StereoRandomFlip flip(Coin(1.0));
  const StereoPair flipped = flip({row_of({1, 2, 3}), row_of({4, 5, 6})});
  EXPECT_TRUE(flipped.left.equal(row_of({6, 5, 4})));
  EXPECT_TRUE(flipped.right.equal(row_of({3, 2, 1})));
}

TEST(StereoRandomFlip, LeavesThePairWithTails) {
  StereoRandomFlip flip(Coin(0.0));
  const StereoPair same = flip({row_of({1, 2, 3}), row_of({4, 5, 6})});
  EXPECT_TRUE(same.left.equal(row_of({1, 2, 3})));
  EXPECT_TRUE(same.right.equal(row_of({4, 5, 6})));
}

TEST(StereoRandomFlip, KeepsTheRelationOfTheViews) {
  // left(x) = right(x − 2), with black where the right view does not reach.
  const torch::Tensor right = row_of({3, 1, 4, 1, 5, 9, 2, 6}).unsqueeze(0);
  const torch::Tensor disparity = torch::full({1, 1, 1, 8}, 2.0 / 8.0);
  const torch::Tensor left = generate_image_left(right, disparity);
  StereoRandomFlip flip(Coin(1.0));
  const StereoPair flipped = flip({left, right});
  const torch::Tensor again = generate_image_left(flipped.right, disparity);
  EXPECT_TRUE(again.slice(3, 2).allclose(flipped.left.slice(3, 2), 0.0, 1e-6));
}

}  // namespace
}  // namespace pset3::stereo
