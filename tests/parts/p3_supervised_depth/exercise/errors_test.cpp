#include "starter/p3_supervised_depth/exercise/errors.hpp"

#include <cmath>

#include "starter/p3_supervised_depth/data.hpp"
#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

namespace pset3::depth {
namespace {

torch::Tensor row(const std::vector<float>& values) {
  return torch::tensor(values).view({1, 1, 1, -1});
}

TEST(ErrorSum, GivesWhatIsWorkedOutByHand) {
  ErrorSum sum;
  // Off by nothing, by a factor of 1.25 exactly, of 1.5, and of 2.
  sum.add(row({4, 5, 6, 2}), row({4, 4, 4, 4}), torch::ones({1, 1, 1, 4}, torch::kBool));
  const DepthErrors errors = sum.errors();
  EXPECT_DOUBLE_EQ(errors.abs_rel, (0.0 + 0.25 + 0.5 + 0.5) / 4);
  EXPECT_DOUBLE_EQ(errors.rmse, std::sqrt((0.0 + 1 + 4 + 4) / 4));
  EXPECT_DOUBLE_EQ(errors.within_1_25, 0.25) << "a factor of 1.25 is not below 1.25";
  EXPECT_DOUBLE_EQ(errors.within_1_56, 0.75);
  EXPECT_DOUBLE_EQ(errors.within_1_95, 0.75);
  EXPECT_EQ(errors.pixels, 4);
}

TEST(ErrorSum, CountsPixelsAndNotBatches) {
  ErrorSum sum;
  sum.add(row({2, 2, 2}), row({1, 1, 1}), torch::ones({1, 1, 1, 3}, torch::kBool));
  sum.add(row({1}), row({1}), torch::ones({1, 1, 1, 1}, torch::kBool));
  EXPECT_DOUBLE_EQ(sum.errors().abs_rel, 0.75);
}

TEST(ErrorSum, LeavesOutWhatIsNotKnown) {
  ErrorSum sum;
  sum.add(row({3, 100}), row({3, 0}), row({1, 0}).to(torch::kBool));
  EXPECT_EQ(sum.errors().abs_rel, 0.0);
  EXPECT_EQ(sum.errors().pixels, 1);
}

TEST(ErrorSum, RefusesToSayAnythingOfNothing) {
  ErrorSum sum;
  sum.add(row({3}), row({0}), row({0}).to(torch::kBool));
  EXPECT_THROW(sum.errors(), DataError);
}

TEST(DepthsOf, TurnsBrightnessIntoDistance) {
  const torch::Tensor normalised = normalize_depth(row({1.0F, 0.5F, 0.0F, 1.5F, -1.0F})[0])[0][0];
  const torch::Tensor depths = depths_of(normalised, {4.0, 22.0});
  const std::vector<double> expected = {4.0, 13.0, 22.0, 4.0, 22.0};
  for (std::int64_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(depths[i].item<double>(), expected[static_cast<std::size_t>(i)], 1e-5) << i;
  }
}

TEST(HasDepth, IsFalseForBackgroundAndMissingReadings) {
  const torch::Tensor depths = normalize_depth(row({0.0F, 1.0F / 255.0F, 0.5F, 0.5F})[0]);
  const torch::Tensor valid = row({1, 1, 1, 0})[0].to(torch::kBool);
  EXPECT_TRUE(has_depth(depths, valid).equal(row({0, 1, 1, 0})[0].to(torch::kBool)));
}

}  // namespace
}  // namespace pset3::depth
