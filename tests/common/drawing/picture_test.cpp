#include "starter/common/drawing/picture.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>
#include <stdexcept>

#include "starter/common/errors.hpp"
#include "tests/common/drawing/temporary_folder.hpp"

namespace pset3::drawing {
namespace {

cv::Mat white(int width, int height) { return {height, width, CV_8UC3, cv::Scalar::all(255)}; }

bool has_ink(const cv::Mat& picture) {
  return cv::norm(picture, white(picture.cols, picture.rows)) > 0;
}

TEST(DrawText, WritesBetweenItsEndsAndNotOutside) {
  cv::Mat picture = white(300, 60);
  const int width = draw_text(picture, "Carving", {20, 40});
  EXPECT_GT(width, 50);
  EXPECT_TRUE(has_ink(picture.colRange(20, 20 + width).clone()));
  EXPECT_FALSE(has_ink(picture.colRange(0, 18).clone()));
  EXPECT_FALSE(has_ink(picture.colRange(22 + width, 300).clone()));
}

TEST(DrawText, CentresALine) {
  cv::Mat picture = white(300, 60);
  TextStyle style;
  style.align = Align::kCentre;
  const int width = draw_text(picture, "H", {150, 40}, style);
  EXPECT_FALSE(has_ink(picture.colRange(0, 148 - width / 2).clone()));
  EXPECT_FALSE(has_ink(picture.colRange(152 + width / 2, 300).clone()));
}

TEST(DrawText, ReadsUtf8AndSurvivesWhatIsNotUtf8) {
  cv::Mat picture = white(300, 60);
  const int degree = draw_text(picture, "90°", {10, 40});
  const int plain = draw_text(picture, "90", {10, 40});
  EXPECT_GT(degree, plain);
  EXPECT_LT(degree, 2 * plain) << "one sign, not two";
  EXPECT_GT(draw_text(picture, "\xFF\xC3", {10, 40}), 0);
}

TEST(DrawText, KeepsInsideThePicture) {
  cv::Mat picture = white(40, 20);
  EXPECT_GT(draw_text(picture, "much too long for so small a picture", {-30, 5}), 40);
}

TEST(Sheet, LaysPanelsOutInRows) {
  const cv::Mat red(50, 80, CV_8UC3, cv::Scalar(0, 0, 255));
  const cv::Mat grey(50, 80, CV_8UC1, cv::Scalar(128));
  SheetOptions options;
  options.columns = 2;
  options.gap_px = 10;
  options.text_px = 20;
  const cv::Mat page = sheet({{red, "a"}, {grey, "b"}, {red, "c"}}, options);
  EXPECT_EQ(page.size(), cv::Size(10 + 2 * 90, 10 + 2 * (50 + 30 + 10)));
  EXPECT_EQ(page.at<cv::Vec3b>(10 + 25, 10 + 40), cv::Vec3b(0, 0, 255));
  EXPECT_EQ(page.at<cv::Vec3b>(10 + 25, 100 + 40), cv::Vec3b(128, 128, 128));
  EXPECT_EQ(page.at<cv::Vec3b>(100 + 25, 10 + 40), cv::Vec3b(0, 0, 255));
  EXPECT_EQ(page.at<cv::Vec3b>(100 + 25, 100 + 40), cv::Vec3b(255, 255, 255));
}

TEST(Sheet, RefusesPanelsWithoutPictures) {
  EXPECT_THROW(sheet({}), std::invalid_argument);
  EXPECT_THROW(sheet({{cv::Mat(), "nothing"}}), std::invalid_argument);
}

TEST(SavePicture, ReportsAFolderThatIsNotThere) {
  EXPECT_THROW(save_picture("/nowhere/at/all.png", white(4, 4)), DataError);
  EXPECT_THROW(save_picture("picture.no_such_format", white(4, 4)), DataError);
}

}  // namespace
}  // namespace pset3::drawing
