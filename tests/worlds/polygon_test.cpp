#include "grader/worlds/polygon.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/core/version.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

namespace pset3::worlds {
namespace {

constexpr int kSide = 60;
constexpr double kScale = 1 << kCornerFractions;

cv::Mat filled(const std::vector<cv::Point>& corners) {
  cv::Mat image(kSide, kSide, CV_8UC1, cv::Scalar(0));
  fill_polygon(corners, image);
  return image;
}

/// A star with as many points, some of them outside the image.
std::vector<cv::Point> random_star(std::mt19937& random) {
  std::uniform_real_distribution<double> middle(-10.0, kSide + 10.0), radius(2.0, 40.0);
  const double x = middle(random), y = middle(random);
  const unsigned count = 3 + random() % 18;
  std::vector<cv::Point> corners;
  for (unsigned i = 0; i < count; ++i) {
    const double angle = 6.283 * i / count, far = radius(random);
    corners.emplace_back(static_cast<int>((x + far * std::cos(angle)) * kScale),
                         static_cast<int>((y + far * std::sin(angle)) * kScale));
  }
  return corners;
}

TEST(FillPolygon, FillsASquareAndItsOutline) {
  const int from = static_cast<int>(10 * kScale), to = static_cast<int>(20 * kScale);
  const cv::Mat image = filled({{from, from}, {to, from}, {to, to}, {from, to}});
  EXPECT_EQ(cv::countNonZero(image), 11 * 11);
  EXPECT_EQ(cv::countNonZero(image(cv::Rect(10, 10, 11, 11))), 11 * 11);
}

TEST(FillPolygon, SetsWhatOpenCv46Sets) {
  if (CV_VERSION_MAJOR != 4 || CV_VERSION_MINOR != 6) GTEST_SKIP() << "not OpenCV 4.6";
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    const std::vector<cv::Point> corners = random_star(random);
    cv::Mat theirs(kSide, kSide, CV_8UC1, cv::Scalar(0));
    cv::fillPoly(theirs, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar(1), cv::LINE_8,
                 kCornerFractions);
    ASSERT_EQ(cv::countNonZero(theirs != filled(corners)), 0) << "polygon " << i;
  }
}

}  // namespace
}  // namespace pset3::worlds
