#include "starter/common/drawing/rendering.hpp"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "starter/common/drawing/scene.hpp"

namespace pset3::drawing {

using Vector = Eigen::Vector3f;

namespace {

constexpr float kPi = 3.14159265F;
constexpr float kSun = 0.62F;
constexpr float kSky = 0.62F;
constexpr float kSunRadius = 0.10F;    // of its disc at distance 1: how soft the shadows are
constexpr float kFloorLight = 0.45F;   // what the floor sends up, as a share of the sky's light
constexpr float kRim = 0.045F;         // width of a cube's dark rim, as a share of its side
constexpr float kFloorSlack = 0.015F;  // shadows fainter than this are not drawn
constexpr int kSamplesAcross = 2;

// An even, repeatable sequence in the unit square (the plastic number's), shifted for each sample.
Eigen::Vector2f even_point(int i, const Eigen::Vector2f& shift) {
  const Eigen::Vector2f point =
      shift + static_cast<float>(i + 1) * Eigen::Vector2f(0.7548776662F, 0.5698402910F);
  return point.array() - point.array().floor();
}

Eigen::Vector2f scatter(std::uint32_t x, std::uint32_t y, std::uint32_t sample) {
  std::uint32_t h = x * 0x9E3779B1U ^ y * 0x85EBCA77U ^ sample * 0xC2B2AE3DU;
  h = (h ^ h >> 15) * 0x2C1B3C6DU;
  h = (h ^ h >> 12) * 0x297A2D39U;
  h ^= h >> 15;
  return {static_cast<float>(h & 0xFFFFU) / 65536.0F, static_cast<float>(h >> 16) / 65536.0F};
}

Eigen::Matrix3f frame_around(const Vector& axis) {
  Eigen::Matrix3f frame;
  frame.col(2) = axis;
  frame.col(0) = axis.unitOrthogonal();
  frame.col(1) = axis.cross(frame.col(0));
  return frame;
}

std::uint8_t to_srgb(float linear) {
  const float clipped = std::clamp(linear, 0.0F, 1.0F);
  const float encoded =
      clipped <= 0.0031308F ? 12.92F * clipped : 1.055F * std::pow(clipped, 1.0F / 2.4F) - 0.055F;
  return static_cast<std::uint8_t>(std::lround(255.0F * encoded));
}

}  // namespace

class Renderer {
 public:
  Renderer(const Scene& scene, const View& view, const RenderOptions& options)
      : contents_(*scene.contents_),
        view_(view),
        options_(options),
        up_(options.world_up.normalized().cast<float>()),
        eye_(view.eye.cast<float>()) {
    sun_ = (-0.45F * view.right.cast<float>() + 0.85F * up_ - 0.65F * view.forward.cast<float>())
               .normalized();
  }

  void draw_row(int y, cv::Mat& picture) const {
    for (int x = 0; x < options_.width; ++x) {
      Colour sum = Colour::Zero();
      std::optional<Colour> lit_floor;
      for (int sample = 0; sample < kSamplesAcross * kSamplesAcross; ++sample) {
        const int column = sample % kSamplesAcross;
        const int row = sample / kSamplesAcross;
        const float px = static_cast<float>(x) + (static_cast<float>(column) + 0.5F) / 2.0F;
        const float py = static_cast<float>(y) + (static_cast<float>(row) + 0.5F) / 2.0F;
        sum += look_along(ray_through(px, py),
                          scatter(static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y),
                                  static_cast<std::uint32_t>(sample)),
                          lit_floor);
      }
      const Colour mean = sum / static_cast<float>(kSamplesAcross * kSamplesAcross);
      picture.at<cv::Vec3b>(y, x) = {to_srgb(mean.z()), to_srgb(mean.y()), to_srgb(mean.x())};
    }
  }

 private:
  Vector ray_through(float px, float py) const {
    const double across = 2.0 * px / options_.width - 1.0;
    const double down = 2.0 * py / options_.height - 1.0;
    return (view_.forward + across * view_.half_width * view_.right -
            down * view_.half_height * view_.up)
        .normalized()
        .cast<float>();
  }

  static RTCRay new_ray(const Vector& from, const Vector& along, float near) {
    RTCRay ray{};
    ray.org_x = from.x();
    ray.org_y = from.y();
    ray.org_z = from.z();
    ray.dir_x = along.x();
    ray.dir_y = along.y();
    ray.dir_z = along.z();
    ray.tnear = near;
    ray.tfar = std::numeric_limits<float>::infinity();
    ray.mask = ~0U;
    return ray;
  }

  bool is_clear(const Vector& from, const Vector& along, float near) const {
    return is_free(contents_.scene, new_ray(from, along, near));
  }

  // A pixel's first sample that meets a floor without any shadow settles the others that meet it
  // too.
  Colour look_along(const Vector& along, const Eigen::Vector2f& shift,
                    std::optional<Colour>& lit_floor) const {
    RTCRayHit found{};
    found.ray = new_ray(eye_, along, 0.0F);
    found.hit.geomID = RTC_INVALID_GEOMETRY_ID;
    follow(contents_.scene, found);
    if (found.hit.geomID != RTC_INVALID_GEOMETRY_ID) {
      return shade(found, along, shift);
    }
    if (!lit_floor) {
      const Colour floor = shade_floor(along, shift);
      if (floor != options_.background) {
        return floor;
      }
      lit_floor = floor;
    }
    return *lit_floor;
  }

  Colour shade(const RTCRayHit& found, const Vector& along, const Eigen::Vector2f& shift) const {
    const Look& look = contents_.looks[found.hit.geomID];
    const Vector place = eye_ + found.ray.tfar * along;
    Vector flat = Vector(found.hit.Ng_x, found.hit.Ng_y, found.hit.Ng_z).normalized();
    if (flat.dot(along) > 0.0F) {
      flat = -flat;
    }
    Vector normal = flat;
    if (look.smooth) {
      rtcInterpolate0(rtcGetGeometry(contents_.scene, found.hit.geomID), found.hit.primID,
                      found.hit.u, found.hit.v, RTC_BUFFER_TYPE_VERTEX_ATTRIBUTE, 0, normal.data(),
                      3);
      normal.normalize();
    }
    const float near = 1e-4F * found.ray.tfar;
    const float light =
        kSun * sun_on(place, normal, near, shift) + kSky * sky_on(place, normal, near, shift);
    return light * own_colour(look, found);
  }

  static Colour own_colour(const Look& look, const RTCRayHit& found) {
    const float u = std::min(found.hit.u, 1.0F - found.hit.u);
    const float v = std::min(found.hit.v, 1.0F - found.hit.v);
    return look.with_edges && std::min(u, v) < kRim ? Colour(0.30F * look.colour) : look.colour;
  }

  // 0 to 1: how much of the sun's disc is seen, by how steeply it shines.
  float sun_on(const Vector& place, const Vector& normal, float near,
               const Eigen::Vector2f& shift) const {
    constexpr int kRays = 3;
    const Eigen::Matrix3f frame = frame_around(sun_);
    float sum = 0.0F;
    for (int i = 0; i < kRays; ++i) {
      const Eigen::Vector2f point = even_point(i, shift);
      const float radius = kSunRadius * std::sqrt(point.x());
      const float angle = 2.0F * kPi * point.y();
      const Vector towards =
          frame * Vector(radius * std::cos(angle), radius * std::sin(angle), 1.0F).normalized();
      const float steep = normal.dot(towards);
      if (steep > 0.0F && is_clear(place, towards, near)) {
        sum += steep;
      }
    }
    return sum / static_cast<float>(kRays);
  }

  // 0 to 1: how much of the sky is seen; bright above, and light from the floor below.
  float sky_on(const Vector& place, const Vector& normal, float near,
               const Eigen::Vector2f& shift) const {
    const Eigen::Matrix3f frame = frame_around(normal);
    float sum = 0.0F;
    for (int i = 0; i < options_.ambient_rays; ++i) {
      const Eigen::Vector2f point = even_point(i, shift);
      const float radius = std::sqrt(point.x());
      const float angle = 2.0F * kPi * point.y();
      const Vector towards = frame * Vector(radius * std::cos(angle), radius * std::sin(angle),
                                            std::sqrt(1.0F - point.x()));
      if (is_clear(place, towards, near)) {
        sum += sky_from(towards);
      }
    }
    return sum / static_cast<float>(options_.ambient_rays);
  }

  float sky_from(const Vector& towards) const {
    const float height = up_.dot(towards);
    return height > 0.0F ? 0.65F + 0.35F * height : kFloorLight + 0.2F * (1.0F + height);
  }

  // The floor is the background's colour, darkened by as much light as the object takes away.
  Colour shade_floor(const Vector& along, const Eigen::Vector2f& shift) const {
    if (!options_.floor || up_.dot(along) >= -1e-4F) {
      return options_.background;
    }
    const float distance = (static_cast<float>(*options_.floor) - up_.dot(eye_)) / up_.dot(along);
    if (distance <= 0.0F) {
      return options_.background;
    }
    const Vector place = eye_ + distance * along;
    const float near = 1e-4F * distance;
    const float sky = sky_on(place, up_, near, shift) / open_sky_;
    const float sun = sun_on(place, up_, near, shift) / up_.dot(sun_);
    const float light = 0.5F * sky + 0.1F + 0.4F * sun;
    return std::min(1.0F, light + kFloorSlack) * options_.background;
  }

  const Scene::Contents& contents_;
  const View& view_;
  const RenderOptions& options_;
  Vector up_;
  Vector eye_;
  Vector sun_ = Vector::Zero();
  float open_sky_ = 0.65F + 0.35F * 2.0F / 3.0F;  // mean of sky_from over the cosines
};

void RenderOptions::check() const {
  if (width < 1 || height < 1 || ambient_rays < 1) {
    throw std::invalid_argument("a picture needs a width, a height and ambient rays of at least 1");
  }
}

cv::Mat render(const Scene& scene, const View& view, const RenderOptions& options) {
  options.check();
  cv::Mat picture(options.height, options.width, CV_8UC3);
  const Renderer renderer(scene, view, options);
  std::atomic<int> next_row{0};
  const auto draw = [&] {
    for (int y = next_row++; y < options.height; y = next_row++) {
      renderer.draw_row(y, picture);
    }
  };
  std::vector<std::thread> others;
  try {
    for (unsigned i = 1; i < std::min(8U, std::thread::hardware_concurrency()); ++i) {
      others.emplace_back(draw);
    }
  } catch (const std::system_error&) {
    // No more threads are to be had: those that run, and this one, do it.
  }
  draw();
  for (std::thread& other : others) {
    other.join();
  }
  return picture;
}

}  // namespace pset3::drawing
