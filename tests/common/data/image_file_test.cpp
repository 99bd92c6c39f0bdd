#include "starter/common/data/image_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/common/data/data_folder.hpp"

namespace pset3 {
namespace {

cv::Mat noise(int height, int width) {
  cv::Mat image(height, width, CV_8UC3);
  cv::RNG random(7);
  random.fill(image, cv::RNG::UNIFORM, 0, 256);
  return image;
}

bool equal(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0.0;
}

TEST(Photograph, IsReadAsItIsStored) {
  const DataFolder folder;
  for (const std::string file : {"a.png", "a.ppm"}) {
    folder.write_image(file, noise(20, 30));
    EXPECT_TRUE(equal(read_photograph(folder.path() / file), noise(20, 30))) << file;
  }
}

TEST(Photograph, ThatIsCutOffAnywhereIsRefused) {
  for (const std::string file : {"a.png", "a.jpg", "a.ppm"}) {
    for (const double share : {0.05, 0.5, 0.9, 0.99}) {
      const DataFolder folder;
      folder.write_image(file, noise(60, 80));
      folder.cut(file, share);
      expect_data_error([&] { read_photograph(folder.path() / file); }, file, "expected", "found");
    }
  }
}

TEST(Photograph, ThatIsCutOffIsSaidToBe) {
  for (const std::string file : {"a.png", "a.jpg"}) {
    const DataFolder folder;
    folder.write_image(file, noise(60, 80));
    folder.cut(file, 0.7);
    expect_data_error([&] { read_photograph(folder.path() / file); }, file, "a whole image",
                      "cut off after", "Get the data set again");
  }
}

TEST(Photograph, ThatIsMissingEmptyOrNoImageIsRefused) {
  const DataFolder folder;
  folder.write("text.png", "this is no picture");
  folder.write("empty.png", "");
  std::filesystem::create_directory(folder.path() / "folder.png");
  expect_data_error([&] { read_photograph(folder.path() / "a.png"); }, "a.png", "nothing");
  expect_data_error([&] { read_photograph(folder.path() / "text.png"); }, "text.png",
                    "a PNG, JPEG or PPM image");
  expect_data_error([&] { read_photograph(folder.path() / "empty.png"); }, "an empty file");
  expect_data_error([&] { read_photograph(folder.path() / "folder.png"); }, "a folder");
}

TEST(Photograph, ThatMayNotBeReadIsRefused) {
  if (geteuid() == 0) GTEST_SKIP() << "skipped: root may read everything";
  const DataFolder folder;
  folder.write_image("a.png", noise(4, 4));
  std::filesystem::permissions(folder.path() / "a.png", std::filesystem::perms::none);
  expect_data_error([&] { read_photograph(folder.path() / "a.png"); }, "a.png",
                    "Permission denied");
}

TEST(Silhouette, IsOneWhereverTheFileIsNotZero) {
  const DataFolder folder;
  cv::Mat expected = cv::Mat::zeros(5, 7, CV_8UC1);
  expected.at<uchar>(1, 2) = 1;
  expected.at<uchar>(3, 6) = 1;
  cv::Mat bytes = expected * 255;
  bytes.at<uchar>(3, 6) = 1;
  cv::Mat words;
  expected.convertTo(words, CV_16U);
  cv::Mat blue(5, 7, CV_8UC3, cv::Scalar::all(0));
  cv::insertChannel(expected, blue, 0);
  cv::Mat opaque;
  cv::merge(std::vector<cv::Mat>{expected, expected, expected, cv::Mat(5, 7, CV_8UC1, 255)},
            opaque);
  folder.write_image("bytes.png", bytes);
  folder.write_image("words.png", words);
  folder.write_image("blue.png", blue);
  folder.write_image("opaque.png", opaque);
  for (const std::string file : {"bytes.png", "words.png", "blue.png", "opaque.png"}) {
    EXPECT_TRUE(equal(read_silhouette(folder.path() / file), expected)) << file;
  }
}

}  // namespace
}  // namespace pset3
