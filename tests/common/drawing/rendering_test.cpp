#include "starter/common/drawing/rendering.hpp"

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <stdexcept>

#include "tests/common/drawing/shapes.hpp"

namespace pset3::drawing {
namespace {

RenderOptions small_picture() {
  RenderOptions options;
  options.width = 120;
  options.height = 120;
  options.ambient_rays = 4;
  return options;
}

ViewOptions level_view() {
  ViewOptions options;
  options.elevation_deg = 0.0;
  options.width_over_height = 1.0;
  return options;
}

cv::Rect extent_of_object(const cv::Mat& picture) {
  const cv::Vec3b background = picture.at<cv::Vec3b>(0, 0);
  cv::Rect extent;
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      if (picture.at<cv::Vec3b>(y, x) != background) {
        extent |= cv::Rect(x, y, 1, 1);
      }
    }
  }
  return extent;
}

double brightness(const cv::Mat& picture, cv::Rect where) {
  const cv::Scalar mean = cv::mean(picture(where));
  return mean[0] + mean[1] + mean[2];
}

TEST(ViewsAround, LookAtTheObjectFromAllSides) {
  const auto views = views_around(ball({5.0, 1.0, -2.0}, 1.0, 0.1), 4, level_view());
  ASSERT_EQ(views.size(), 4U);
  EXPECT_LT((views[0].forward - Eigen::Vector3d::UnitY()).norm(), 1e-12);
  EXPECT_LT((views[0].right - Eigen::Vector3d::UnitX()).norm(), 1e-12);
  EXPECT_LT((views[2].forward + Eigen::Vector3d::UnitY()).norm(), 1e-12);
  for (const View& view : views) {
    EXPECT_LT((view.up - Eigen::Vector3d::UnitZ()).norm(), 1e-12);
    EXPECT_NEAR((view.eye - Eigen::Vector3d(5.0, 1.0, -2.0)).norm(),
                (views[0].eye - Eigen::Vector3d(5.0, 1.0, -2.0)).norm(), 0.05);
  }
}

TEST(ViewsAround, FillThePictureUpToTheMargin) {
  const Points points = ball({0.0, 0.0, 0.0}, 1.0, 0.05);
  Scene scene;
  scene.add_mesh(surface_mesh(points, 0.05), {0.8F, 0.2F, 0.2F});
  const View view = views_around(points, 1, level_view()).front();
  const cv::Rect extent = extent_of_object(render(scene, view, small_picture()));
  // A margin of 6 % of 120 pixels is 7.2 on each side; a pixel or two for voxels against mesh.
  EXPECT_NEAR(extent.x, 7, 2);
  EXPECT_NEAR(extent.y, 7, 2);
  EXPECT_NEAR(extent.width, 106, 3);
  EXPECT_NEAR(extent.height, 106, 3);
}

TEST(ViewsAround, RefuseAnUndefinedDirection) {
  ViewOptions options;
  options.from = options.world_up;
  EXPECT_THROW(views_around(Points::Zero(1, 3), 1, options), std::invalid_argument);
  EXPECT_THROW(views_around(Points(0, 3), 1), std::invalid_argument);
  EXPECT_THROW(views_around(Points::Zero(1, 3), 0), std::invalid_argument);
}

TEST(Render, GivesTheSamePictureTwice) {
  const Points points = ball({0.0, 0.0, 0.0}, 1.0, 0.1);
  Scene scene;
  scene.add_mesh(surface_mesh(points, 0.1), {0.8F, 0.2F, 0.2F});
  RenderOptions options = small_picture();
  options.floor = -1.0;
  const View view = views_around(points, 1).front();
  EXPECT_EQ(cv::norm(render(scene, view, options), render(scene, view, options)), 0.0);
}

TEST(Render, LightsFromAbove) {
  const Points points = ball({0.0, 0.0, 0.0}, 1.0, 0.05);
  Scene scene;
  scene.add_mesh(surface_mesh(points, 0.05), Colour::Constant(0.7F));
  const cv::Mat picture =
      render(scene, views_around(points, 1, level_view()).front(), small_picture());
  EXPECT_GT(brightness(picture, {55, 20, 10, 10}), 1.2 * brightness(picture, {55, 95, 10, 10}));
}

TEST(Render, CastsAShadowOnTheFloorOnly) {
  const Points points = ball({0.0, 0.0, 0.0}, 1.0, 0.05);
  Scene scene;
  scene.add_mesh(surface_mesh(points, 0.05), Colour::Constant(0.7F));
  ViewOptions from_above;
  from_above.elevation_deg = 30.0;
  from_above.width_over_height = 1.0;
  from_above.margin = 0.2;
  const View view = views_around(points, 1, from_above).front();
  RenderOptions options = small_picture();
  const int without = extent_of_object(render(scene, view, options)).area();
  options.floor = -1.0;
  const cv::Mat picture = render(scene, view, options);
  EXPECT_GT(extent_of_object(picture).area(), without);
  EXPECT_LT(brightness(picture, {60, 96, 10, 4}), 0.95 * brightness(picture, {0, 0, 10, 4}));
}

TEST(Render, DrawsTheEdgesOfCubesDark) {
  Scene scene;
  scene.add_cubes(Points::Zero(1, 3), 2.0, Colour::Constant(0.7F));
  Points corners(2, 3);
  corners << -1, -1, -1, 1, 1, 1;
  const cv::Mat picture =
      render(scene, views_around(corners, 1, level_view()).front(), small_picture());
  const cv::Rect extent = extent_of_object(picture);
  const int middle = extent.y + extent.height / 2;
  EXPECT_LT(2 * picture.at<cv::Vec3b>(middle, extent.x + 2)[0],
            picture.at<cv::Vec3b>(middle, 60)[0] * 3 / 2);
}

TEST(Render, DrawsRodsAsWideAsTheyAre) {
  Scene scene;
  scene.add_rods({{{0, 0, -1}, {0, 0, 1}}}, 0.25, {0.1F, 0.2F, 0.7F});
  View view;
  view.eye = {0, -10, 0};
  view.half_width = view.half_height = 0.15;  // 3 world units across 120 pixels at distance 10
  const cv::Rect extent = extent_of_object(render(scene, view, small_picture()));
  EXPECT_NEAR(extent.width, 20, 2);
  EXPECT_NEAR(extent.height, 100, 3) << "its ends are round";
}

TEST(Render, RefusesAnEmptyPicture) {
  RenderOptions options;
  options.width = 0;
  EXPECT_THROW(render(Scene(), View(), options), std::invalid_argument);
}

}  // namespace
}  // namespace pset3::drawing
