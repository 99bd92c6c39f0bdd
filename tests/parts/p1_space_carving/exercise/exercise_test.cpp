#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "starter/common/data/dataset.hpp"
#include "starter/p1_space_carving/exercise/reprojection.hpp"
#include "starter/p1_space_carving/exercise/views.hpp"
#include "tests/common/drawing/shapes.hpp"
#include "tests/common/drawing/temporary_folder.hpp"

namespace pset3::carving {
namespace {

using drawing::contents_of;
using drawing::TemporaryFolder;
using ::testing::HasSubstr;

constexpr double kPi = 3.14159265358979323846;
const cv::Size kSize(160, 120);
constexpr double kRadius = 0.5;

// Camera `i` of a ring of radius 3 around a red ball at the origin; +z is up.
Camera ring_camera(int i, int count) {
  const double angle = 2.0 * kPi * i / count;
  const Eigen::Vector3d position(3.0 * std::cos(angle), 3.0 * std::sin(angle), 0.8);
  const Eigen::Vector3d forward = -position.normalized();
  const Eigen::Vector3d right = forward.cross(Eigen::Vector3d::UnitZ()).normalized();
  Eigen::Matrix3d R;
  R << right.transpose(), forward.cross(right).transpose(), forward.transpose();
  Eigen::Matrix3d K;
  K << 250, 0, 79.5, 0, 250, 59.5, 0, 0, 1;
  Camera camera = Camera::from_intrinsics(K, R, position);
  camera.silhouette = cv::Mat::zeros(kSize, CV_8UC1);
  camera.image = cv::Mat(kSize, CV_8UC3, cv::Scalar(200, 90, 80));
  for (int v = 0; v < kSize.height; ++v) {
    for (int u = 0; u < kSize.width; ++u) {
      const Eigen::Vector3d ray =
          (R.transpose() * K.inverse() * Eigen::Vector3d(u, v, 1)).normalized();
      if (position.cross(ray).norm() <= kRadius) {
        camera.silhouette.at<uchar>(v, u) = 1;
        camera.image.at<cv::Vec3b>(v, u) = {40, 60, 210};
      }
    }
  }
  return camera;
}

std::vector<Camera> ring(int count) {
  std::vector<Camera> cameras;
  cameras.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    cameras.push_back(ring_camera(i, count));
  }
  return cameras;
}

void save_views(const std::vector<Camera>& cameras, const std::filesystem::path& folder,
                bool with_silhouettes = true) {
  std::filesystem::create_directories(folder / "images");
  std::filesystem::create_directories(folder / "silhouettes");
  nlohmann::json views = nlohmann::json::array();
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    const std::string name = std::to_string(10 + i);
    nlohmann::json P = nlohmann::json::array();
    for (int row = 0; row < 3; ++row) {
      const Eigen::RowVector4d values = cameras[i].P.row(row);
      P.push_back(std::vector<double>(values.data(), values.data() + 4));
    }
    nlohmann::json view = {{"name", name}, {"P", P}, {"image", "images/" + name + ".png"}};
    cv::imwrite((folder / ("images/" + name + ".png")).string(), cameras[i].image);
    if (with_silhouettes) {
      view["silhouette"] = "silhouettes/" + name + ".png";
      cv::imwrite((folder / ("silhouettes/" + name + ".png")).string(),
                  cameras[i].silhouette * 255);
    }
    views.push_back(view);
  }
  std::ofstream(folder / "cameras.json")
      << nlohmann::json{{"format", "pset3-views"}, {"version", 1}, {"views", views}};
}

// As Middlebury publishes them, with rotations of five decimals. The ring is around +y.
void save_middlebury_views(int count, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "silhouettes");
  Eigen::Matrix3d zxy_from_xyz;
  zxy_from_xyz << 0, 1, 0, 0, 0, 1, 1, 0, 0;
  std::ofstream file(folder / "ball_par.txt");
  file << count << "\n" << std::fixed;
  const Eigen::IOFormat row_by_row(Eigen::FullPrecision, Eigen::DontAlignCols, " ", " ");
  for (int i = 0; i < count; ++i) {
    const Camera camera = ring_camera(i, count);
    Eigen::Matrix3d K;
    K << 250, 0, 79.5, 0, 250, 59.5, 0, 0, 1;
    const Eigen::Matrix3d R = K.inverse() * camera.P.leftCols<3>() * zxy_from_xyz.transpose();
    const Eigen::Vector3d t = K.inverse() * camera.P.col(3);
    const Eigen::Matrix3d rounded = (R * 1e5).array().round() / 1e5;
    const std::string name = "ball" + std::to_string(10 + i) + ".png";
    file << name << " " << K.format(row_by_row) << " " << rounded.format(row_by_row) << " "
         << t.format(row_by_row) << "\n";
    cv::imwrite((folder / name).string(), camera.image);
    cv::imwrite((folder / "silhouettes" / name).string(), camera.silhouette * 255);
  }
}

struct Outcome {
  int status = -1;
  std::string out;
  std::string errors;
};

// As in a sandbox: no HOME, and no folder for temporary files.
Outcome run_exercise(const std::string& code, const std::string& arguments,
                     const TemporaryFolder& scratch) {
  const std::string out = (scratch / "stdout").string();
  const std::string errors = (scratch / "stderr").string();
  const std::string command = "env -u HOME TMPDIR=/nowhere " PSET3_EXERCISE_FOLDER "/p1_exercise_" +
                              code + " " + arguments + " >" + out + " 2>" + errors;
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents_of(out), contents_of(errors)};
}

std::vector<std::vector<double>> read_csv(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "views,voxels,hull_volume,iou_mean,iou_min");
  std::vector<std::vector<double>> rows;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) {
      rows.back().push_back(std::stod(cell));
    }
  }
  return rows;
}

TEST(EvenlySpaced, TakesTheFirstAndSpreadsTheRest) {
  EXPECT_EQ(evenly_spaced(36, 4), (std::vector<std::size_t>{0, 9, 18, 27}));
  EXPECT_EQ(evenly_spaced(5, 3), (std::vector<std::size_t>{0, 1, 3}));
  EXPECT_EQ(evenly_spaced(2, 9), (std::vector<std::size_t>{0, 1}));
}

TEST(NestedOrder, SpreadsTheViewsOfEveryBeginning) {
  const std::vector<std::size_t> order = nested_order(36);
  EXPECT_EQ(std::vector<std::size_t>(order.begin(), order.begin() + 8),
            (std::vector<std::size_t>{0, 18, 9, 27, 4, 13, 22, 31}));
  EXPECT_EQ(std::set<std::size_t>(order.begin(), order.end()).size(), 36U) << "each view once";
  EXPECT_EQ(nested_order(3), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(UpDirection, IsTheAxisOfTheRing) {
  EXPECT_LT((up_direction(ring(12), {0, 0, 0}) - Eigen::Vector3d::UnitZ()).norm(), 1e-9);
}

TEST(IsLeftHanded, TellsAMirroredWorld) {
  std::vector<Camera> cameras = ring(3);
  EXPECT_FALSE(is_left_handed(cameras));
  for (Camera& camera : cameras) {
    camera.P.col(0) *= -1.0;
  }
  EXPECT_TRUE(is_left_handed(cameras));
}

TEST(PyramidOf, OpensTowardsTheScene) {
  const Camera camera = ring_camera(2, 12);
  for (const drawing::Segment& edge : pyramid_of(camera, 0.5)) {
    const Eigen::Vector3d pixel = camera.P * edge.to.homogeneous();
    EXPECT_NEAR((edge.to - camera.position()).dot(camera.viewing_direction()), 0.5, 1e-9);
    const double u = pixel.x() / pixel.z();
    EXPECT_TRUE(std::abs(u) < 1e-6 || std::abs(u - 159.0) < 1e-6) << u;
  }
}

TEST(Reproject, CoversThePixelsThatOneCubeCovers) {
  Camera camera;
  camera.P << 100, 0, 0, 0, 0, 100, 0, 0, 0, 0, 1, 0;  // looks along +z, 100 pixels at distance 1
  Voxels voxel(1, 3);
  voxel << 10.0, 20.0,
      100.0;  // seen at (10, 20), side 4 pixels, and so far that depth shows nothing
  const cv::Mat seen = reproject(voxel, 4.0, camera, {40, 40});
  EXPECT_EQ(cv::countNonZero(seen), 25) << "columns 8 to 12, rows 18 to 22";
  EXPECT_EQ(cv::countNonZero(seen(cv::Rect(8, 18, 5, 5))), 25);
}

TEST(Reproject, LeavesOutWhatIsBehindTheCamera) {
  Camera camera;
  camera.P << 100, 0, 0, 0, 0, 100, 0, 0, 0, 0, 1, 0;
  Voxels voxel(1, 3);
  voxel << -10.0, -20.0, -100.0;
  EXPECT_EQ(cv::countNonZero(reproject(voxel, 4.0, camera, {40, 40})), 0);
}

TEST(Reproject, OfABallOfVoxelsIsItsSilhouette) {
  const Camera camera = ring_camera(1, 12);
  const Voxels ball = drawing::ball({0, 0, 0}, kRadius, 0.01);
  // Only the rim can differ: about 290 of 5,700 pixels lie on it, and voxels blur it by half a
  // pixel.
  EXPECT_GT(intersection_over_union(reproject(ball, 0.01, camera, kSize), camera.silhouette), 0.97);
}

TEST(IntersectionOverUnion, CountsPixels) {
  const cv::Mat a = (cv::Mat_<uchar>(1, 4) << 1, 1, 0, 0);
  const cv::Mat b = (cv::Mat_<uchar>(1, 4) << 0, 255, 255, 0);
  EXPECT_DOUBLE_EQ(intersection_over_union(a, b), 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(intersection_over_union(a * 0, b * 0), 1.0);
}

TEST(Exercise, WritesEverythingWithTheReference) {
  const TemporaryFolder folder;
  save_views(ring(12), folder / "data");
  const Outcome run = run_exercise("solution",
                                   "--draft --voxels 60000 --data " + (folder / "data").string() +
                                       " --out " + (folder / "out").string(),
                                   folder);
  EXPECT_EQ(run.status, 0) << run.errors << run.out;
  for (const char* name : {"silhouettes.png", "a_grid.png", "b_first_carve.png",
                           "c_final_carve.png", "d_bounds.png", "e_views.png"}) {
    EXPECT_FALSE(cv::imread((folder / "out" / name).string()).empty()) << name;
  }
  EXPECT_THAT(contents_of(folder / "out" / "summary.txt"), HasSubstr("All questions were run."));
  EXPECT_GT(std::filesystem::file_size(folder / "out" / "mesh.ply"), 10000U);
  EXPECT_GT(std::filesystem::file_size(folder / "out" / "hull.ply"), 10000U);

  const auto rows = read_csv(folder / "out" / "views.csv");
  ASSERT_EQ(rows.size(), 4U) << "2, 4, 8 and 12 views";
  for (std::size_t i = 1; i < rows.size(); ++i) {
    EXPECT_LT(rows[i][2], rows[i - 1][2]) << "more views carve more away";
  }
  // The hull of a ring of cameras is the ball and a little more above and below it.
  const double ball = 4.0 / 3.0 * kPi * std::pow(kRadius, 3);
  EXPECT_GT(rows.back()[2], 0.97 * ball);
  EXPECT_LT(rows.back()[2], 1.25 * ball);
  EXPECT_GT(rows.back()[3], 0.94);
}

TEST(Exercise, SaysWhichQuestionsAreMissingInTheStarter) {
  const TemporaryFolder folder;
  save_views(ring(4), folder / "data");
  const Outcome run = run_exercise(
      "starter", "--data " + (folder / "data").string() + " --out " + (folder / "out").string(),
      folder);
  EXPECT_EQ(run.status, 1) << run.errors;
  EXPECT_THAT(run.out, HasSubstr("question (a)"));
  EXPECT_THAT(run.out, HasSubstr("question (b)"));
  EXPECT_THAT(run.out, HasSubstr("question (d)"));
  EXPECT_THAT(run.out, HasSubstr("form_initial_voxels is not written yet"));
  EXPECT_FALSE(cv::imread((folder / "out" / "silhouettes.png").string()).empty())
      << "what needs none of the questions is drawn";
}

TEST(Exercise, EstimatesSilhouettesWhereThereAreNone) {
  const TemporaryFolder folder;
  save_views(ring(4), folder / "data", false);
  const std::string folders = "--draft --voxels 5000 --data " + (folder / "data").string() +
                              " --out " + (folder / "out").string();
  const Outcome without = run_exercise("solution", folders, folder);
  EXPECT_EQ(without.status, 2);
  EXPECT_THAT(without.errors, HasSubstr("use --silhouettes estimated"));
  const Outcome with = run_exercise("solution", folders + " --silhouettes estimated", folder);
  EXPECT_EQ(with.status, 0) << with.errors << with.out;
}

Eigen::Index voxels_left(const std::filesystem::path& data) {
  Voxels voxels = form_initial_voxels({-0.6, 0.6}, {-0.6, 0.6}, {-0.6, 0.6}, 60000).voxels;
  for (const Camera& camera : load_views(data).cameras) {
    voxels = carve(voxels, camera);
  }
  return voxels.rows();
}

TEST(Exercise, CarvesMiddleburysViewsInTheGivenBox) {
  const TemporaryFolder folder;
  save_middlebury_views(6, folder / "data");
  save_views(ring(6), folder / "exact");
  // The same ball in the same cube, turned onto itself. Rounding moves a pixel by 0.003 at most.
  const auto exact = static_cast<double>(voxels_left(folder / "exact"));
  EXPECT_NEAR(static_cast<double>(voxels_left(folder / "data")), exact, 0.003 * exact);

  const Outcome run =
      run_exercise("solution",
                   "--draft --voxels 8000 --box -0.6 0.6 -0.6 0.6 -0.6 0.6 --data " +
                       (folder / "data").string() + " --out " + (folder / "out").string(),
                   folder);
  EXPECT_EQ(run.status, 0) << run.errors << run.out;
  EXPECT_THAT(run.out, HasSubstr("given by --box"));
  EXPECT_THAT(run.out, HasSubstr("the nearest exact rotations are used"));
}

TEST(Exercise, AsksForABoxWhereTheCamerasGiveNone) {
  const TemporaryFolder folder;
  save_middlebury_views(6, folder / "data");
  const Outcome run = run_exercise("solution",
                                   "--draft --voxels 8000 --data " + (folder / "data").string() +
                                       " --out " + (folder / "out").string(),
                                   folder);
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, HasSubstr("a ring around the z axis"));
  EXPECT_THAT(run.errors, HasSubstr("Name the object's box with --box"));
}

TEST(Exercise, ShowsInItsHelpHowItIsCalled) {
  const TemporaryFolder folder;
  const Outcome run = run_exercise("solution", "--help", folder);
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_THAT(run.out, HasSubstr("Usage: ./pset3 run p1 [OPTIONS]"));
  EXPECT_THAT(run.out, HasSubstr("default: the built-in data"));
  EXPECT_THAT(run.out, HasSubstr("*_par.txt"));
  EXPECT_THAT(run.out, ::testing::Not(HasSubstr("REQUIRED")));
}

TEST(Exercise, AnswersWrongInputInOneLine) {
  const TemporaryFolder folder;
  save_views(ring(3), folder / "data");
  const std::string data = "--data " + (folder / "data").string();
  const std::string out = " --out " + (folder / "out").string();
  for (const std::string& arguments :
       {std::string("--data /nowhere") + out, data, data + out + " --voxels many",
        data + out + " --silhouettes guessed", data + out + " --views 1",
        data + out + " --box 0 1 0 1 2 1", data + " --out /proc/none/such"}) {
    const Outcome run = run_exercise("solution", arguments, folder);
    EXPECT_EQ(run.status, 2) << arguments;
    EXPECT_EQ(std::count(run.errors.begin(), run.errors.end(), '\n'), 1) << run.errors;
    EXPECT_THAT(run.errors, HasSubstr("error: ")) << arguments;
  }
}

TEST(Exercise, ReproducesTheOxfordDinosaur) {
  const char* asked = std::getenv("PSET3_REAL_DATA");
  const std::filesystem::path real = asked != nullptr ? asked : PSET3_SOURCE_DIR "/../shared/data";
  if (!std::filesystem::exists(real / "oxford_dinosaur")) {
    GTEST_SKIP() << "skipped: no real data";
  }
  const TemporaryFolder folder;
  const Outcome run =
      run_exercise("solution",
                   "--draft --voxels 1999620 --box -0.05 0.05 -0.09 0.035 -0.735 -0.53 --data " +
                       (real / "oxford_dinosaur").string() + " --out " + (folder / "out").string(),
                   folder);
  EXPECT_EQ(run.status, 0) << run.errors;
  std::smatch found;
  ASSERT_TRUE(
      std::regex_search(run.out, found, std::regex("left by all views +([0-9]+),([0-9]+)")));
  // 115,998 was found with a side that differs in the fifth digit.
  EXPECT_NEAR(std::stoi(found[1].str() + found[2].str()), 115998, 580);
  ASSERT_TRUE(std::regex_search(run.out, found, std::regex("IoU, mean +([0-9.]+)")));
  // .954 was measured with another way to splat voxels.
  EXPECT_NEAR(std::stod(found[1]), 0.954, 0.005);
}

}  // namespace
}  // namespace pset3::carving
