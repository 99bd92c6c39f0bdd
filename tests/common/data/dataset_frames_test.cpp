#include <gtest/gtest.h>

#include "starter/common/data/dataset.hpp"
#include "tests/common/data/data_folder.hpp"

namespace pset3 {
namespace {

/// Loads what make_mat.py writes: two views of 6x4 pixels from 5 units away.
std::vector<Camera> load(const std::string& kind) {
  const DataFolder folder;
  folder.make_mat(kind, "frames.mat");
  return load_views(folder.path()).cameras;
}

template <typename... Parts>
void expect_error(const std::string& kind, const Parts&... parts) {
  expect_data_error([&] { load(kind); }, "frames.mat", parts...);
}

class WholeFrames : public testing::TestWithParam<std::string> {};

TEST_P(WholeFrames, AreReadWithEveryPixelInItsPlace) {
  const auto cameras = load(GetParam());
  ASSERT_EQ(cameras.size(), 2U);
  for (int view = 0; view < 2; ++view) {
    const Camera& camera = cameras[static_cast<std::size_t>(view)];
    ASSERT_EQ(camera.image.size(), cv::Size(6, 4));
    // make_mat.py counts red, green, blue, pixel by pixel and row by row.
    EXPECT_EQ(camera.image.at<cv::Vec3b>(0, 0), cv::Vec3b(2, 1, 0) + cv::Vec3b::all(uchar(view)));
    EXPECT_EQ(camera.image.at<cv::Vec3b>(2, 5),
              cv::Vec3b(53, 52, 51) + cv::Vec3b::all(uchar(view)));
    EXPECT_EQ(cv::countNonZero(camera.silhouette), 1);
    EXPECT_EQ(camera.silhouette.at<uchar>(1, 2 + view), 1);
    EXPECT_EQ(camera.silhouette.type(), CV_8UC1);
    EXPECT_NEAR(camera.position().norm(), 5.0, 1e-12);
  }
}

TEST_P(WholeFrames, HaveTheObjectInFront) {
  for (const Camera& camera : load(GetParam())) {
    EXPECT_TRUE(camera.P.col(3).isApprox(Eigen::Vector3d(12.5, 7.5, 5.0), 1e-12));
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, WholeFrames,
                         testing::Values("plain", "compressed", "negated", "double_silhouettes"),
                         [](const auto& kind) { return kind.param; });

TEST(Frames, MayHaveNoSilhouettesAtAll) {
  for (const Camera& camera : load("no_silhouette")) EXPECT_TRUE(camera.silhouette.empty());
}

TEST(Frames, NameTheFieldThatIsMissing) {
  for (const std::string field : {"image", "P", "K", "R", "T"}) {
    expect_error("no_" + field, "frames(1)." + field, "expected a value, found nothing");
  }
}

TEST(Frames, NameTheMatrixOfTheWrongSize) {
  expect_error("transposed", "frames(2).P", "a 3x4 matrix", "4x3");
  expect_error("small_intrinsics", "frames(2).K", "a 3x3 matrix", "2x3");
  expect_error("text_matrix", "frames(2).P", "a real matrix of numbers", "text");
}

TEST(Frames, NameTheEntryThatIsNotFinite) {
  expect_error("nan", "frames(2).P(1, 2)", "a finite number", "nan");
  expect_error("infinite_rotation", "frames(1).R(0, 0)", "a finite number", "inf");
}

TEST(Frames, RefuseAProjectionOfNoCamera) { expect_error("singular", "frames(2).P", "singular"); }

TEST(Frames, NameTheImageThatDoesNotFit) {
  expect_error("image_size", "frames(2).silhouette", "5 x 4", "6 x 4");
  expect_error("grey_image", "frames(2).image", "height x width x 3 uint8", "4x6 uint8 array");
}

TEST(Frames, RefuseAFileWithoutTheStructArray) {
  expect_error("no_variable", "a variable frames", "only other");
  expect_error("not_a_struct", "frames", "a struct array", "3x3 double array");
}

TEST(Frames, RefuseAFileThatIsCutOffAnywhere) {
  for (const std::string kind : {"plain", "compressed"}) {
    for (const double share : {0.02, 0.2, 0.5, 0.9, 0.995}) {
      const DataFolder folder;
      folder.make_mat(kind, "frames.mat");
      folder.cut("frames.mat", share);
      expect_data_error([&] { load_views(folder.path()); }, "frames.mat");
    }
  }
}

TEST(Frames, RefuseWhatIsNotMatlabs) {
  const DataFolder folder;
  folder.write("frames.mat", "PK" + std::string(500, '\x17'));
  expect_data_error([&] { load_views(folder.path()); }, "frames.mat", "MATLAB");
}

}  // namespace
}  // namespace pset3
