#include "starter/common/drawing/colour_map.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "starter/common/drawing/epoch_chart.hpp"

namespace pset3::drawing {
namespace {

/// The colour that OpenCV's table has for a byte.
cv::Vec3b viridis(int byte) {
  cv::Mat colour;
  cv::applyColorMap(cv::Mat(1, 1, CV_8UC1, cv::Scalar(byte)), colour, cv::COLORMAP_VIRIDIS);
  return colour.at<cv::Vec3b>(0, 0);
}

cv::Mat row_of(const std::vector<float>& values) {
  return cv::Mat(1, static_cast<int>(values.size()), CV_32FC1, const_cast<float*>(values.data()))
      .clone();
}

TEST(ColourMap, GoesFromTheDarkestToTheBrightestValue) {
  const cv::Mat colours = colour_map(row_of({2.0F, 3.0F, 4.0F, 9.0F}), {2.0, 4.0});
  EXPECT_EQ(colours.at<cv::Vec3b>(0, 0), viridis(0));
  EXPECT_EQ(colours.at<cv::Vec3b>(0, 1), viridis(128));
  EXPECT_EQ(colours.at<cv::Vec3b>(0, 2), viridis(255));
  EXPECT_EQ(colours.at<cv::Vec3b>(0, 3), viridis(255)) << "beyond the scale";
}

TEST(ColourMap, MayHaveTheGreaterValueDark) {
  const cv::Mat colours = colour_map(row_of({2.0F, 4.0F}), {4.0, 2.0});
  EXPECT_EQ(colours.at<cv::Vec3b>(0, 0), viridis(255));
  EXPECT_EQ(colours.at<cv::Vec3b>(0, 1), viridis(0));
}

TEST(ColourMap, IsGreyWhereNothingIsKnown) {
  cv::Mat known(1, 2, CV_8UC1, cv::Scalar(1));
  known.at<uchar>(0, 1) = 0;
  const cv::Mat colours = colour_map(row_of({0.0F, 1.0F}), {0.0, 1.0}, known);
  EXPECT_EQ(colours.at<cv::Vec3b>(0, 0), viridis(0));
  EXPECT_EQ(colours.at<cv::Vec3b>(0, 1), cv::Vec3b(190, 190, 190));
}

TEST(ColourMap, NeedsTwoEndsAndFloats) {
  EXPECT_THROW(colour_map(row_of({1.0F}), {1.0, 1.0}), std::invalid_argument);
  EXPECT_THROW(colour_map(row_of({1.0F}), {0.0, std::nan("")}), std::invalid_argument);
  EXPECT_THROW(colour_map(cv::Mat(1, 1, CV_8UC1, cv::Scalar(1)), {}), std::invalid_argument);
}

TEST(ColourBar, HasTheBrightestColourOnTop) {
  for (const int height : {2, 40, 300}) {
    const cv::Mat bar = colour_bar({0.0, 5.0, "px"}, height);
    ASSERT_EQ(bar.rows, height);
    EXPECT_EQ(bar.at<cv::Vec3b>(0, 0), viridis(255));
    EXPECT_EQ(bar.at<cv::Vec3b>(height - 1, 0), viridis(0));
  }
}

TEST(AsWideAs, KeepsTheShape) {
  EXPECT_EQ(as_wide_as(cv::Mat(30, 60, CV_8UC3), 120, cv::INTER_LINEAR).size(), cv::Size(120, 60));
  EXPECT_EQ(as_wide_as(cv::Mat(1, 600, CV_8UC3), 10, cv::INTER_AREA).size(), cv::Size(10, 1));
}

TEST(EpochChart, CountsFromOneWithAtMostADozenTicks) {
  const Series series = series_of_epochs("loss", {0.5, 0.25});
  EXPECT_EQ(series.x, (std::vector<double>{1.0, 2.0}));
  EXPECT_EQ(series.y, (std::vector<double>{0.5, 0.25}));
  for (const std::size_t epochs : {1U, 12U, 13U, 100U}) {
    const Chart chart = chart_of_epochs("loss", epochs);
    EXPECT_LE(chart.x_ticks.size(), 12U) << epochs;
    EXPECT_GE(chart.x_ticks.size(), 1U) << epochs;
    EXPECT_LE(chart.x_ticks.back(), static_cast<double>(epochs));
  }
}

}  // namespace
}  // namespace pset3::drawing
