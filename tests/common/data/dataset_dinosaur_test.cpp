#include <gtest/gtest.h>

#include "starter/common/data/dataset.hpp"
#include "tests/common/data/data_folder.hpp"

namespace pset3 {
namespace {

/// Two views of 6x4 pixels as the Oxford dinosaur is published; the red of view i is i.
class DinosaurViews : public testing::Test {
 protected:
  DinosaurViews() {
    for (int i = 0; i < 2; ++i) {
      const std::string number = "00" + std::to_string(i);
      folder.write_image("images/viff." + number + ".png",
                         cv::Mat(4, 6, CV_8UC3, cv::Scalar(0, 0, i)));
      folder.write_image("silhouettes/" + number + ".png", cv::Mat(4, 6, CV_8UC1, 255));
    }
  }

  void write_texts() const {
    folder.write("projection_txt/000.txt", "1 2 3e0 4\n5 6 7 8\n9 10 -11 12\n");
    folder.write("projection_txt/001.txt", "1 2 3 4 \n5 6 7 8 \n9 10 -11 13");
  }

  template <typename... Parts>
  void expect_error(const Parts&... parts) {
    expect_data_error([this] { load_views(folder.path()); }, parts...);
  }

  DataFolder folder;
};

TEST_F(DinosaurViews, AreReadFromTextMatrices) {
  write_texts();
  const auto cameras = load_views(folder.path()).cameras;
  ASSERT_EQ(cameras.size(), 2U);
  Matrix34 first;
  first << 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11, 12;
  EXPECT_EQ(cameras[0].P, first);
  EXPECT_EQ(cameras[1].P(2, 3), 13.0);
  EXPECT_EQ(cameras[1].image.at<cv::Vec3b>(0, 0)[2], 1);
  EXPECT_EQ(cv::countNonZero(cameras[1].silhouette == 1), 24);
}

TEST_F(DinosaurViews, AreReadFromTheMatFileFirst) {
  write_texts();
  folder.make_mat("cells", "dino_Ps.mat");
  const auto cameras = load_views(folder.path()).cameras;
  ASSERT_EQ(cameras.size(), 2U);
  // The first camera of make_mat.py stands at (5, 0, 0) and looks at the origin, which it sees in
  // the middle of its picture, at (2.5, 1.5).
  EXPECT_TRUE(cameras[0].position().isApprox(Eigen::Vector3d(5.0, 0.0, 0.0), 1e-12));
  EXPECT_TRUE(cameras[0].P.col(3).isApprox(Eigen::Vector3d(12.5, 7.5, 5.0), 1e-12));
}

TEST_F(DinosaurViews, ComeInTheOrderOfTheirNumbers) {
  for (int i = 0; i < 11; ++i) {
    const std::string number = std::to_string(i);
    folder.write("projection_txt/" + number + ".txt", "1 0 0 " + number + " 0 1 0 0 0 0 1 0");
    folder.write_image("images/" + number + ".png", cv::Mat(4, 6, CV_8UC3, cv::Scalar(0, 0, i)));
  }
  std::filesystem::remove(folder.path() / "images/viff.000.png");
  std::filesystem::remove(folder.path() / "images/viff.001.png");
  std::filesystem::remove_all(folder.path() / "silhouettes");
  const auto cameras = load_views(folder.path()).cameras;
  for (int i = 0; i < 11; ++i) {
    EXPECT_EQ(cameras.at(static_cast<std::size_t>(i)).P(0, 3), i);
    EXPECT_EQ(cameras.at(static_cast<std::size_t>(i)).image.at<cv::Vec3b>(0, 0)[2], i);
  }
}

TEST_F(DinosaurViews, MayHaveNoSilhouettesAtAll) {
  write_texts();
  std::filesystem::remove_all(folder.path() / "silhouettes");
  EXPECT_TRUE(load_views(folder.path()).cameras[1].silhouette.empty());
}

TEST_F(DinosaurViews, NameTheFileThatIsMissing) {
  write_texts();
  std::filesystem::remove(folder.path() / "silhouettes/001.png");
  expect_error("silhouettes", "2 images, one for each matrix", "found 1, none for view 001");
  std::filesystem::remove_all(folder.path() / "silhouettes");
  std::filesystem::remove(folder.path() / "images/viff.000.png");
  expect_error("images", "found 1, none for view 000");
  std::filesystem::remove_all(folder.path() / "images");
  expect_error("images", "a folder with one file for each view", "No such file");
}

TEST_F(DinosaurViews, RefuseMoreImagesThanMatrices) {
  write_texts();
  folder.write_image("images/viff.002.png", cv::Mat(4, 6, CV_8UC3, cv::Scalar::all(0)));
  expect_error("images", "2 images", "found 3");
}

TEST_F(DinosaurViews, RefuseDefectiveTextMatrices) {
  write_texts();
  folder.write("projection_txt/001.txt", "1 2 3 4 5 6 7 8 9 10 11");
  expect_error("001.txt", "12 numbers", "found 11");
  folder.write("projection_txt/001.txt", "1 2 3 4 5 6 7 8 9 10 -11 nan");
  expect_error("001.txt", "P(2, 3)", "a finite number", "nan");
  folder.write("projection_txt/001.txt", "1 2 3 4 5 6 7 8 9 10 -11 1o");
  expect_error("001.txt", "number 12", "\"1o\"");
  folder.write("projection_txt/001.txt", "1 2 3 4 1 2 3 4 9 10 -11 12");
  expect_error("001.txt", "singular");
  folder.write("projection_txt/001.txt", "");
  expect_error("001.txt", "an empty file");
}

TEST_F(DinosaurViews, RefuseAFolderWithoutMatrices) {
  std::filesystem::create_directory(folder.path() / "projection_txt");
  expect_error("projection_txt", "a projection matrix for each view", "none");
}

TEST_F(DinosaurViews, RefuseACellOfTheWrongSize) {
  folder.make_mat("cell_size", "dino_Ps.mat");
  expect_error("dino_Ps.mat: P{2}: expected a 3x4 matrix, found 3x3");
}

TEST_F(DinosaurViews, RefuseAMatFileWithoutThem) {
  folder.make_mat("no_variable", "dino_Ps.mat");
  expect_error("dino_Ps.mat", "a variable P", "only other");
  folder.write("dino_Ps.mat", "this is not MATLAB's " + std::string(300, '.'));
  expect_error("dino_Ps.mat");
}

}  // namespace
}  // namespace pset3
