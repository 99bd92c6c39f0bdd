#include <gtest/gtest.h>

#include <stdexcept>

#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {
namespace {

TEST(EstimateSilhouette, IsOneWhereRedExceedsGreenAndBlue) {
  cv::Mat image(2, 3, CV_8UC3);
  image.at<cv::Vec3b>(0, 0) = {10, 20, 30};
  image.at<cv::Vec3b>(0, 1) = {30, 20, 10};
  image.at<cv::Vec3b>(0, 2) = {10, 30, 20};
  image.at<cv::Vec3b>(1, 0) = {20, 10, 20};
  image.at<cv::Vec3b>(1, 1) = {10, 20, 20};
  image.at<cv::Vec3b>(1, 2) = {254, 254, 255};
  const cv::Mat expected = (cv::Mat_<uchar>(2, 3) << 1, 0, 0, 0, 0, 1);
  const cv::Mat silhouette = estimate_silhouette(image);
  ASSERT_EQ(silhouette.type(), CV_8UC1);
  ASSERT_EQ(silhouette.size(), expected.size());
  EXPECT_EQ(cv::norm(silhouette, expected, cv::NORM_INF), 0.0);
}

TEST(EstimateSilhouette, RefusesWhatIsNoColourImage) {
  EXPECT_THROW(estimate_silhouette(cv::Mat()), std::invalid_argument);
  EXPECT_THROW(estimate_silhouette(cv::Mat::zeros(2, 2, CV_8UC1)), std::invalid_argument);
  EXPECT_THROW(estimate_silhouette(cv::Mat::zeros(2, 2, CV_16UC3)), std::invalid_argument);
}

}  // namespace
}  // namespace pset3::carving
