#include "starter/p4_unsupervised_depth/exercise/fit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "starter/common/errors.hpp"

/// The numbers that the exercise judges a training by.
namespace pset3::stereo {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

/// @returns (B, 1, 1, W)
torch::Tensor rows(const std::vector<std::vector<float>>& values) {
  std::vector<torch::Tensor> all;
  for (const auto& row : values) all.push_back(torch::tensor(row).view({1, 1, -1}));
  return torch::stack(all);
}

TEST(Correlation, IsPearsons) {
  // Worked by hand: centred (-1, 0, 1) and (-1, 1, 0), of squares 2 and 2, product 1.
  EXPECT_NEAR(correlation_of(torch::tensor({1.0, 2.0, 3.0}), torch::tensor({1.0, 3.0, 2.0})), 0.5,
              1e-12);
  EXPECT_NEAR(correlation_of(torch::tensor({1.0, 2.0, 3.0}), torch::tensor({5.0, 3.0, 1.0})), -1.0,
              1e-12);
}

TEST(Correlation, OfAConstantIsNone) {
  EXPECT_EQ(correlation_of(torch::full({7}, 0.3), torch::arange(7.0)), 0.0);
}

TEST(Fit, LooksOnlyWhereTheTruthIsKnown) {
  FitSum sum;
  // In pixels of a width of 4: predicted 1 2 9 3, true 1 3 ? 2.
  sum.add(rows({{0.25F, 0.5F, 2.25F, 0.75F}}), rows({{0.25F, 0.75F, 0.0F, 0.5F}}));
  const Fit fit = sum.fit();
  EXPECT_NEAR(fit.correlation, 0.5, 1e-6);
  EXPECT_NEAR(fit.median_correlation, 0.5, 1e-6);
  EXPECT_NEAR(fit.error_px, 2.0 / 3.0, 1e-6);
  EXPECT_EQ(fit.pixels, 3);
}

TEST(Fit, TellsApartWhatLiesInTheRightView) {
  FitSum sum;
  // In pixels: true 1 1 2 3, so that column 0 alone is beyond the right view's edge. There the
  // prediction is 4 pixels off, and elsewhere right.
  sum.add(rows({{1.25F, 0.25F, 0.5F, 0.75F}}), rows({{0.25F, 0.25F, 0.5F, 0.75F}}));
  const Fit fit = sum.fit();
  EXPECT_NEAR(fit.correlation_inside, 1.0, 1e-6);
  EXPECT_NEAR(fit.error_inside_px, 0.0, 1e-6);
  EXPECT_NEAR(fit.error_px, 1.0, 1e-6);
  EXPECT_LT(fit.correlation, 0.0);
}

TEST(Fit, MedianIsOfPairsAndNotOfPixels) {
  FitSum sum;
  const std::vector<float> up = {0.1F, 0.2F, 0.3F};
  const std::vector<float> down = {0.3F, 0.2F, 0.1F};
  sum.add(rows({up, down}), rows({up, up}));
  sum.add(rows({up}), rows({up}));
  EXPECT_NEAR(sum.fit().median_correlation, 1.0, 1e-6);
  EXPECT_NEAR(sum.fit().correlation, 1.0 / 3.0, 1e-6);
}

TEST(Fit, OfNothingIsAnError) {
  FitSum sum;
  sum.add(rows({{0.1F, 0.2F}}), torch::zeros({1, 1, 1, 2}));
  EXPECT_TRUE(sum.is_empty());
  EXPECT_THROW(sum.fit(), DataError);
}

TEST(ColumnMeans, AreOverPairsAndKnownPixels) {
  ColumnSum sum;
  sum.add(rows({{0.5F, 1.0F}, {1.5F, 2.0F}}), rows({{1.0F, 0.0F}, {1.0F, 0.0F}}));
  const Columns columns = sum.columns("left");
  EXPECT_THAT(columns.predicted, ElementsAre(DoubleNear(2.0, 1e-6), DoubleNear(3.0, 1e-6)));
  EXPECT_NEAR(columns.truth[0], 2.0, 1e-6);
  EXPECT_NEAR(columns.error[0], 1.0, 1e-6);
  EXPECT_TRUE(std::isnan(columns.truth[1])) << "nothing is known there";
}

}  // namespace
}  // namespace pset3::stereo
