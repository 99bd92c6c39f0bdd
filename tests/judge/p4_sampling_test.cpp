#include "grader/judge/p4_unsupervised_depth/sampling.hpp"

#include <gtest/gtest.h>

/// How the judge samples along rows, by hand.
namespace pset3::judge {
namespace {

Picture row(std::vector<double> values) { return {1, 1, 1, values.size(), std::move(values)}; }

Picture everywhere(double share, std::size_t width) {
  return row(std::vector<double>(width, share));
}

TEST(RowSampling, MixesTheTwoPixelsBesideAPlace) {
  const Picture picture = row({10, 20, 40, 80});
  // Of four pixels' widths 1/16 is a quarter of a pixel; of the three between centres 3/16.
  EXPECT_EQ(sampled(picture, everywhere(1.0 / 16, 4), 1.0, Grid::kEdges).values,
            (std::vector<double>{12.5, 25, 50, 80}));
  EXPECT_EQ(sampled(picture, everywhere(1.0 / 16, 4), 1.0, Grid::kCentres).values,
            (std::vector<double>{11.875, 23.75, 47.5, 80}));
  EXPECT_EQ(sampled(picture, everywhere(1.0 / 16, 4), -1.0, Grid::kEdges).values,
            (std::vector<double>{10, 17.5, 35, 70}));
}

TEST(RowSampling, MovesAllChannelsAndEachImageByItsOwnDisparity) {
  const Picture picture{2, 2, 1, 2, {1, 2, 3, 4, 5, 6, 7, 8}};
  const Picture disparity{2, 1, 1, 2, {0.5, 0, 0, -0.5}};  // one pixel of two
  EXPECT_EQ(sampled(picture, disparity, 1.0, Grid::kEdges).values,
            (std::vector<double>{2, 2, 4, 4, 5, 5, 7, 7}));
}

TEST(RowSampling, KnowsWhatLiesInside) {
  const Picture picture = row({0, 0, 0, 0});
  const Picture disparity = everywhere(0.25, 4);  // a pixel between edges, 3/4 between centres
  const std::vector<bool> but_the_last = {true, true, true, false};
  EXPECT_EQ(inside(picture, disparity, 1.0, Grid::kEdges), but_the_last);
  EXPECT_EQ(inside(picture, disparity, 1.0, Grid::kEdges, 0.1),
            (std::vector<bool>{true, true, false, false}));
  EXPECT_EQ(inside(picture, disparity, 1.0, Grid::kCentres, 0.1), but_the_last);
  EXPECT_EQ(inside(picture, disparity, -1.0, Grid::kEdges),
            (std::vector<bool>{false, true, true, true}));
}

}  // namespace
}  // namespace pset3::judge
