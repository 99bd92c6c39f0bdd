#include "grader/parts/p4_unsupervised_depth/judge/sampling.hpp"

#include <gtest/gtest.h>

/// How the judge samples along rows, by hand.
namespace pset3::judge::p4 {
namespace {

Picture row(std::vector<double> values) { return {1, 1, 1, values.size(), std::move(values)}; }

Picture everywhere(double share, std::size_t width) {
  return row(std::vector<double>(width, share));
}

const Reading kEdges{Grid::kEdges, Grid::kEdges, 1.0};
const Reading kCentres{Grid::kCentres, Grid::kCentres, 1.0};

std::vector<double> values_of(const Picture& picture, const Picture& disparity,
                              const Reading& reading) {
  return sampled(picture, samples_of(picture, disparity, reading)).values;
}

std::vector<bool> are_inside(const Picture& picture, const Picture& disparity,
                             const Reading& reading, double margin = 0.0) {
  return inside(samples_of(picture, disparity, reading, margin));
}

TEST(RowSampling, MixesTheTwoPixelsBesideAPlace) {
  const Picture picture = row({10, 20, 40, 80});
  const Picture shift = everywhere(1.0 / 16, 4);
  // Of four pixels' widths 1/16 is a quarter of a pixel; of the three between centres 3/16.
  EXPECT_EQ(values_of(picture, shift, kEdges), (std::vector<double>{12.5, 25, 50, 80}));
  EXPECT_EQ(values_of(picture, shift, kCentres), (std::vector<double>{11.875, 23.75, 47.5, 80}));
  EXPECT_EQ(values_of(picture, shift, kEdges.times(-1.0)), (std::vector<double>{10, 17.5, 35, 70}));
  EXPECT_EQ(values_of(picture, shift, kEdges.times(2.0)), (std::vector<double>{15, 30, 60, 80}));
}

TEST(RowSampling, MovesAllChannelsAndEachImageByItsOwnDisparity) {
  const Picture picture{2, 2, 1, 2, {1, 2, 3, 4, 5, 6, 7, 8}};
  const Picture disparity{2, 1, 1, 2, {0.5, 0, 0, -0.5}};  // one pixel of two
  EXPECT_EQ(values_of(picture, disparity, kEdges), (std::vector<double>{2, 2, 4, 4, 5, 5, 7, 7}));
}

TEST(RowSampling, KnowsWhatLiesInside) {
  const Picture picture = row({0, 0, 0, 0});
  const Picture disparity = everywhere(0.25, 4);  // a pixel between edges, 3/4 between centres
  const std::vector<bool> but_the_last = {true, true, true, false};
  EXPECT_EQ(are_inside(picture, disparity, kEdges), but_the_last);
  EXPECT_EQ(are_inside(picture, disparity, kEdges, 0.1),
            (std::vector<bool>{true, true, false, false}));
  EXPECT_EQ(are_inside(picture, disparity, kCentres, 0.1), but_the_last);
  EXPECT_EQ(are_inside(picture, disparity, kEdges.times(-1.0)),
            (std::vector<bool>{false, true, true, true}));
}

TEST(RowSampling, OnTwoGridsThatDoNotAgreeShrinksBothAxes) {
  // Of three pixels the places 0, 1/2 and 1 lie at −1/2, 1 and 5/2 between the outer edges.
  const Picture picture{1, 1, 3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}};
  const Picture zero{1, 1, 3, 3, std::vector<double>(9, 0.0)};
  const Reading shrinks{Grid::kCentres, Grid::kEdges, 1.0};
  EXPECT_EQ(values_of(picture, zero, shrinks), picture.values) << "all that is left is the border";
  EXPECT_EQ(are_inside(picture, zero, shrinks),
            (std::vector<bool>{false, false, false, false, true, false, false, false, false}));
  // And the other way round, 1/6, 1/2 and 5/6 are 1/3, 1 and 5/3 of the two pixels between centres.
  const Reading grows{Grid::kEdges, Grid::kCentres, 1.0};
  const std::vector<double> larger = values_of(picture, zero, grows);
  EXPECT_NEAR(larger[0], 1.0 + 1.0 / 3 + 3.0 / 3, 1e-12);
  EXPECT_NEAR(larger[4], 5.0, 1e-12);
  EXPECT_NEAR(larger[5], 5.0 + 2.0 / 3, 1e-12);
}

TEST(Readings, AreTheRightOnesFirst) {
  const std::vector<Reading> known = known_readings();
  ASSERT_EQ(known.size(), 16U);
  for (std::size_t i = 0; i < known.size(); ++i) {
    EXPECT_EQ(words_for(known[i]).empty(), i < right_readings().size()) << i;
  }
}

}  // namespace
}  // namespace pset3::judge::p4
