#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <cmath>

#include "grader/base/error.hpp"
#include "grader/worlds/picture.hpp"
#include "grader/worlds/random.hpp"
#include "grader/worlds/solids.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

TurntableOptions small() {
  TurntableOptions options;
  options.views = 7;
  options.width = 100;
  options.height = 80;
  return options;
}

Vector3d ray_of(const View& view, int u, int v) {
  return view.R.transpose() * (view.K.inverse() * Vector3d(u, v, 1.0));
}

TEST(View, ProjectsWithItsIntrinsicsRotationAndPosition) {
  Random random(2);
  for (const View& view : ring(small())) {
    EXPECT_LT((view.R * view.R.transpose() - Eigen::Matrix3d::Identity()).norm(), 1e-12);
    EXPECT_NEAR(view.R.determinant(), 1.0, 1e-12);
    const Vector3d point = random.vector(-1.0, 1.0);
    const Vector3d in_camera = view.R * (point - view.position);
    const Vector3d pixel = view.projection() * point.homogeneous();
    EXPECT_NEAR(pixel.z(), in_camera.z(), 1e-12);
    EXPECT_GT(pixel.z(), 0.0);
    EXPECT_NEAR(pixel.x() / pixel.z(), view.K(0, 0) * in_camera.x() / in_camera.z() + view.K(0, 2),
                1e-9);
    EXPECT_NEAR(pixel.y() / pixel.z(), view.K(1, 1) * in_camera.y() / in_camera.z() + view.K(1, 2),
                1e-9);
  }
}

TEST(Ring, LooksAtTheOriginWithItsUpsideUp) {
  const TurntableOptions options = small();
  for (const View& view : ring(options)) {
    EXPECT_NEAR(view.position.norm(), options.distance, 1e-12);
    const Vector3d origin = view.projection() * Eigen::Vector4d(0.0, 0.0, 0.0, 1.0);
    const Vector3d above = view.projection() * Eigen::Vector4d(0.0, 0.0, 0.5, 1.0);
    EXPECT_NEAR(origin.x() / origin.z(), 0.5 * (options.width - 1), 1e-9);
    EXPECT_NEAR(origin.y() / origin.z(), 0.5 * (options.height - 1), 1e-9);
    EXPECT_LT(above.y() / above.z(), origin.y() / origin.z());
  }
}

TEST(Silhouette, OfAnEllipsoidIsItsConic) {
  const Vector3d axes(0.4, 0.6, 0.8);
  for (const View& view : ring(small())) {
    const std::vector<std::uint8_t> mask = render_silhouette(ellipsoid(axes), view);
    // A line o + s d meets x' A x = 1 if the quadratic in s has roots.
    const Vector3d A = axes.cwiseProduct(axes).cwiseInverse();
    const double c = view.position.cwiseProduct(A).dot(view.position) - 1.0;
    int inside = 0;
    for (int i = 0; i < view.width * view.height; ++i) {
      const Vector3d d = ray_of(view, i % view.width, i / view.width);
      const double a = d.cwiseProduct(A).dot(d);
      const double b = d.cwiseProduct(A).dot(view.position);
      const double discriminant = b * b / (a * c) - 1.0;
      if (std::abs(discriminant) < 1e-5) continue;  // the surface counts as 1e-7 thicker
      ASSERT_EQ(mask[static_cast<std::size_t>(i)] == 1, discriminant > 0.0) << "pixel " << i;
      inside += discriminant > 0.0 ? 1 : 0;
    }
    EXPECT_GT(inside, 200);
  }
}

/// Where a line meets a slab-bounded box, by the slabs; positive when it does.
double overlap_with_box(const Vector3d& from, const Vector3d& along, const Vector3d& half) {
  double begin = -1e9;
  double end = 1e9;
  for (int axis = 0; axis < 3; ++axis) {
    const double first = (-half(axis) - from(axis)) / along(axis);
    const double second = (half(axis) - from(axis)) / along(axis);
    begin = std::max(begin, std::min(first, second));
    end = std::min(end, std::max(first, second));
  }
  return end - begin;
}

TEST(Silhouette, OfABoxIsWhatItsSlabsSay) {
  const Vector3d half(0.3, 0.5, 0.4);
  for (const View& view : ring(small())) {
    const std::vector<std::uint8_t> mask = render_silhouette(box(half), view);
    for (int i = 0; i < view.width * view.height; ++i) {
      const Vector3d along = ray_of(view, i % view.width, i / view.width).normalized();
      const double overlap = overlap_with_box(view.position, along, half);
      if (std::abs(overlap) < 1e-5) continue;
      ASSERT_EQ(mask[static_cast<std::size_t>(i)] == 1, overlap > 0.0) << "pixel " << i;
    }
  }
}

TEST(Picture, IsTheSameEachTimeAndDiffersBySeed) {
  const View view = ring(small()).front();
  const std::vector<std::uint8_t> first = render_colour(animal(), view, 4);
  EXPECT_EQ(first, render_colour(animal(), view, 4));
  EXPECT_NE(first, render_colour(animal(), view, 5));
}

TEST(Picture, HasTheSilhouetteOfRenderSilhouette) {
  const View view = ring(small()).at(2);
  const Picture picture = take_picture(Tracer(animal()), view, 1);
  EXPECT_EQ(picture.silhouette, render_silhouette(animal(), view));
  EXPECT_EQ(picture.colour.size(), 3 * picture.silhouette.size());
}

TEST(TurntableOptions, RefusesWhatCannotBe) {
  const auto message = [](const TurntableOptions& options) -> std::string {
    try {
      options.check();
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message({}), "");
  TurntableOptions options;
  options.views = 1;
  EXPECT_EQ(message(options), "turntable option views must be from 2 to 1000, but is 1");
  options = {};
  options.distance = std::nan("");
  EXPECT_NE(message(options).find("distance"), std::string::npos);
}

}  // namespace
}  // namespace pset3::worlds
