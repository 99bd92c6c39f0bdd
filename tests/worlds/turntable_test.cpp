#include "grader/worlds/turntable.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::worlds {
namespace {

TurntableOptions small() {
  TurntableOptions options;
  options.views = 3;
  options.width = 96;
  options.height = 72;
  return options;
}

template <typename Matrix>
double greatest_difference(const nlohmann::json& rows, const Matrix& matrix) {
  double greatest = 0.0;
  for (Eigen::Index r = 0; r < matrix.rows(); ++r) {
    for (Eigen::Index c = 0; c < matrix.cols(); ++c) {
      const double value = rows.at(static_cast<std::size_t>(r)).at(static_cast<std::size_t>(c));
      greatest = std::max(greatest, std::abs(value - matrix(r, c)));
    }
  }
  return greatest;
}

TEST(Turntable, WritesCamerasThatReadBackExactly) {
  const TemporaryFolder folder;
  write_turntable(folder.path(), small());
  const auto file = nlohmann::json::parse(read_file(folder.path() / "cameras.json"));
  EXPECT_EQ(file.at("format"), "pset3-views");
  EXPECT_EQ(file.at("version"), 1);
  const std::vector<View> views = ring(small());
  ASSERT_EQ(file.at("views").size(), views.size());
  for (std::size_t i = 0; i < views.size(); ++i) {
    const nlohmann::json& entry = file.at("views").at(i);
    EXPECT_EQ(entry.at("name"), "00" + std::to_string(i));
    EXPECT_EQ(greatest_difference(entry.at("K"), views[i].K), 0.0);
    EXPECT_EQ(greatest_difference(entry.at("R"), views[i].R), 0.0);
    EXPECT_EQ(greatest_difference(entry.at("P"), views[i].projection()), 0.0);
    EXPECT_EQ(entry.at("position").at(2), views[i].position.z());
  }
}

TEST(Turntable, WritesTheSilhouettesAndPicturesOfItsViews) {
  const TemporaryFolder folder;
  int told = 0;
  write_turntable(folder.path(), small(), [&](int done, int total) {
    EXPECT_EQ(done, ++told);
    EXPECT_EQ(total, 3);
  });
  EXPECT_EQ(told, 3);
  const View view = ring(small()).at(1);
  const cv::Mat mask =
      cv::imread((folder.path() / "silhouettes/001.png").string(), cv::IMREAD_UNCHANGED);
  ASSERT_EQ(mask.type(), CV_8UC1);
  const std::vector<std::uint8_t> silhouette = render_silhouette(animal(), view);
  ASSERT_EQ(mask.total(), silhouette.size());
  for (std::size_t i = 0; i < silhouette.size(); ++i) ASSERT_EQ(mask.data[i], 255 * silhouette[i]);
  const cv::Mat image = cv::imread((folder.path() / "images/001.png").string());
  EXPECT_EQ(image.size(), mask.size());
}

TEST(Turntable, WritesTheSameBytesEachTime) {
  const TemporaryFolder first;
  const TemporaryFolder second;
  write_turntable(first.path(), small());
  write_turntable(second.path(), small());
  for (const char* name : {"cameras.json", "images/002.png", "silhouettes/002.png"}) {
    EXPECT_EQ(read_file(first.path() / name), read_file(second.path() / name)) << name;
  }
}

TEST(Turntable, SaysWhenTheFolderCannotBeWritten) {
  const TemporaryFolder folder;
  write_file(folder.path() / "images", "a file, not a folder");
  EXPECT_THROW(write_turntable(folder.path(), small()), GraderError);
}

/// Of the colour heuristic of the handout's question (e) against the true silhouette.
double intersection_over_union(const cv::Mat& image, const cv::Mat& mask) {
  double both = 0.0;
  double either = 0.0;
  for (int row = 0; row < mask.rows; ++row) {
    for (int column = 0; column < mask.cols; ++column) {
      const auto& pixel = image.at<cv::Vec3b>(row, column);
      const bool guess = pixel[2] > pixel[1] && pixel[2] > pixel[0];
      const bool truth = mask.at<std::uint8_t>(row, column) > 0;
      both += guess && truth ? 1.0 : 0.0;
      either += guess || truth ? 1.0 : 0.0;
    }
  }
  return both / either;
}

bool touches_border(const cv::Mat& mask) {
  const cv::Mat inner = mask(cv::Rect(1, 1, mask.cols - 2, mask.rows - 2));
  return cv::countNonZero(mask) != cv::countNonZero(inner);
}

TEST(Turntable, IsGuessedByColourImperfectlyButWell) {
  const TemporaryFolder folder;
  const auto start = std::chrono::steady_clock::now();
  write_turntable(folder.path(), TurntableOptions());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  double sum = 0.0;
  const auto file = nlohmann::json::parse(read_file(folder.path() / "cameras.json"));
  ASSERT_EQ(file.at("views").size(), 36U);
  for (const nlohmann::json& view : file.at("views")) {
    const cv::Mat image = cv::imread((folder.path() / view.at("image")).string());
    const cv::Mat mask =
        cv::imread((folder.path() / view.at("silhouette")).string(), cv::IMREAD_UNCHANGED);
    ASSERT_EQ(image.size(), cv::Size(640, 480));
    ASSERT_EQ(mask.size(), image.size());
    EXPECT_FALSE(touches_border(mask)) << view.at("name");
    const double overlap = intersection_over_union(image, mask);
    EXPECT_GT(overlap, 0.65) << view.at("name");
    EXPECT_LT(overlap, 0.95) << view.at("name");
    sum += overlap;
  }
  // Far enough from 1 to be worth a question, good enough for a decent hull.
  EXPECT_GT(sum / 36.0, 0.75);
  EXPECT_LT(sum / 36.0, 0.93);
  std::cout << "36 views in " << seconds.count() << " s, mean IoU " << sum / 36.0 << "\n";
}

}  // namespace
}  // namespace pset3::worlds
