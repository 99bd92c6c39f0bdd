#include <gtest/gtest.h>

#include "starter/common/data/dataset.hpp"
#include "tests/common/data/data_folder.hpp"

namespace pset3 {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kFirst = "toy0001.png 10 0 2.5 0 10 1.5 0 0 1 0 -1 0 0 0 -1 1 0 0 0 0 4";
const std::string kSecond = "toy0002.png 20 0 3 0 30 2 0 0 1 1 0 0 0 1 0 0 0 1 1 2 3";

/// Two views of 6x4 pixels as Middlebury publishes them; the red of view i is i.
class MiddleburyViews : public testing::Test {
 protected:
  MiddleburyViews() {
    folder.write_image("toy0001.png", cv::Mat(4, 6, CV_8UC3, cv::Scalar(0, 0, 1)));
    folder.write_image("toy0002.png", cv::Mat(4, 6, CV_8UC3, cv::Scalar(0, 0, 2)));
    write("2\n" + kFirst + "\n" + kSecond + "\n");
  }

  void write(const std::string& content) const { folder.write("toy_par.txt", content); }

  CalibratedViews load() const { return load_views(folder.path()); }

  template <typename... Parts>
  void expect_error(const std::string& content, const Parts&... parts) {
    write(content);
    expect_data_error([this] { load(); }, "toy_par.txt", parts..., "starter/common/README.md");
  }

  DataFolder folder;
};

TEST_F(MiddleburyViews, AreReadAsWorkedByHand) {
  const CalibratedViews views = load();
  ASSERT_EQ(views.cameras.size(), 2U);
  Matrix34 first, second;  // K [R t]
  first << 2.5, -10, 0, 10, 1.5, 0, -10, 6, 1, 0, 0, 4;
  second << 20, 0, 3, 29, 0, 30, 2, 66, 0, 0, 1, 3;
  EXPECT_EQ(views.cameras[0].P, first);
  EXPECT_EQ(views.cameras[1].P, second);
  EXPECT_EQ(views.cameras[1].image.at<cv::Vec3b>(3, 5), cv::Vec3b(0, 0, 2));
  EXPECT_TRUE(views.cameras[1].silhouette.empty());
  EXPECT_TRUE(views.notes.empty());
}

TEST_F(MiddleburyViews, ComeInTheOrderOfTheirNames) {
  write("2\r\n" + kSecond + "\r\n\r\n" + kFirst + " \r\n\r\n");
  EXPECT_EQ(load().cameras[0].image.at<cv::Vec3b>(0, 0)[2], 1);
  EXPECT_EQ(load().cameras[1].P(1, 3), 66.0);
}

TEST_F(MiddleburyViews, HaveSilhouettesBesideThem) {
  folder.write_image("silhouettes/toy0001.png", cv::Mat(4, 6, CV_8UC1, 255));
  expect_data_error([this] { load(); }, "silhouettes/toy0002.png",
                    "expected the silhouette of toy0002.png, found nothing");
  folder.write_image("silhouettes/toy0002.pgm", cv::Mat(4, 6, CV_8UC1, 7));
  EXPECT_EQ(cv::countNonZero(load().cameras[1].silhouette == 1), 24);
  folder.write_image("silhouettes/toy0002.pgm", cv::Mat(6, 4, CV_8UC1, 7));
  expect_data_error([this] { load(); }, "silhouettes/toy0002.pgm", "6 x 4 (width x height)",
                    "found 4 x 6");
}

TEST_F(MiddleburyViews, AreAsManyAsTheFirstLineSays) {
  expect_error("3\n" + kFirst + "\n" + kSecond + "\n",
               "expected 3 lines with a view, as the first line says, found 2");
  expect_error("1\n" + kFirst + "\n" + kSecond + "\n", "expected 1 lines", "found 2");
  expect_error(kFirst + "\n" + kSecond + "\n",
               "line 1: expected the number of views, alone in its line, found 22 words");
  expect_error("two\n" + kFirst + "\n" + kSecond + "\n", "line 1", "found \"two\"");
  expect_error("0\n", "at least one view");
  expect_error(" \n\n", "line 1: expected the number of views");
}

TEST_F(MiddleburyViews, NameTheImageThatIsMissing) {
  std::filesystem::remove(folder.path() / "toy0002.png");
  expect_data_error([this] { load(); }, "toy0002.png", "expected a file, found nothing");
}

TEST_F(MiddleburyViews, NameTheLineThatIsShort) {
  expect_error("2\n" + kFirst + "\n\n" + kSecond.substr(0, kSecond.size() - 2) + "\n",
               "line 4: expected an image's name and 21 numbers", "found a name and 20 numbers");
  expect_error("2\n" + kFirst + " 5\n" + kSecond + "\n", "line 2", "found a name and 22 numbers");
}

TEST_F(MiddleburyViews, NameTheWordThatIsNoNumber) {
  expect_error("2\n" + kFirst + "\ntoy0002.png 20 0 3 0 3o 2 0 0 1 1 0 0 0 1 0 0 0 1 1 2 3\n",
               "line 3: K(1, 1): expected a number, found \"3o\"");
  expect_error("2\n" + kFirst + "\ntoy0002.png 20 0 3 0 30 2 0 0 1 1 0 0 0 1 0 0 ,0 1 1 2 3\n",
               "line 3: R(2, 1): expected a number, found \",0\"");
}

TEST_F(MiddleburyViews, NameTheNumberThatIsNotFinite) {
  write("2\n" + kFirst + "\ntoy0002.png 20 0 3 0 30 2 0 0 1 1 0 0 0 1 0 0 0 1 1 2 nan\n");
  expect_data_error([this] { load(); }, "toy_par.txt", "line 3: t(2", "a finite number");
}

TEST_F(MiddleburyViews, RefuseIntrinsicsThatAreNone) {
  expect_error("2\n" + kFirst + "\ntoy0002.png 20 0 3 0 30 2 0 0 2 1 0 0 0 1 0 0 0 1 1 2 3\n",
               "line 3", "K's last row must be (0, 0, 1)");
}

TEST_F(MiddleburyViews, RefuseTwoLinesForOneImage) {
  expect_error("2\n" + kSecond + "\n" + kSecond + "\n",
               "line 3: expected an image that no other line has, found toy0002.png, as in line 2");
}

TEST_F(MiddleburyViews, TakeTheNearestOfRoundedRotations) {
  // (1 + e) R with e = 1e-6: R R^T is off by 2e-6, and the nearest orthogonal matrix is R itself.
  const std::string rounded =
      "toy0002.png 20 0 3 0 30 2 0 0 1 1.000001 0 0 0 1.000001 0 0 0 1.000001 1 2 3";
  write("2\n" + kFirst + "\n" + rounded + "\n");
  const CalibratedViews views = load();
  Matrix34 expected;
  expected << 20, 0, 3, 29, 0, 30, 2, 66, 0, 0, 1, 3;
  EXPECT_TRUE(views.cameras[1].P.isApprox(expected, 1e-12));  // a few roundings
  ASSERT_EQ(views.notes.size(), 1U);
  EXPECT_THAT(views.notes[0], AllOf(HasSubstr("toy_par.txt"), HasSubstr("1 view is rounded"),
                                    HasSubstr("line 3: R"), HasSubstr("off by 2e-06")));
}

TEST_F(MiddleburyViews, CountTheRoundedRotationsInOneNote) {
  write(
      "2\ntoy0001.png 10 0 2.5 0 10 1.5 0 0 1 0 -1.00001 0 0 0 -1 1 0 0 0 0 4\n"
      "toy0002.png 20 0 3 0 30 2 0 0 1 1.000002 0 0 0 1 0 0 0 1 1 2 3\n");
  const CalibratedViews views = load();
  ASSERT_EQ(views.notes.size(), 1U);
  EXPECT_THAT(views.notes[0], AllOf(HasSubstr("2 views are rounded"), HasSubstr("line 2: R"),
                                    HasSubstr("off by 2e-05")));
}

TEST_F(MiddleburyViews, RefuseRotationsThatAreOffByMoreThanAThousandth) {
  write("2\n" + kFirst + "\ntoy0002.png 20 0 3 0 30 2 0 0 1 1.001 0 0 0 1 0 0 0 1 1 2 3\n");
  expect_data_error([this] { load(); }, "toy_par.txt: line 3: R: expected a rotation matrix",
                    "found a matrix", "off by 0.002", "Check that R");
}

TEST_F(MiddleburyViews, RefuseTwoSetsInOneFolder) {
  folder.write("other_par.txt", "1\n" + kFirst + "\n");
  expect_data_error([this] { load(); }, "expected one file *_par.txt",
                    "found other_par.txt and toy_par.txt", "Keep one data set in a folder");
}

}  // namespace
}  // namespace pset3
