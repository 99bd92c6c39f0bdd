#include "starter/common/drawing/scene.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace pset3::drawing {
namespace {

// `count` items of `Width` Ts in memory that Embree owns; nullptr when it could not get any.
template <typename T, std::size_t Width>
T* new_buffer(RTCGeometry geometry, RTCBufferType type, RTCFormat format, std::size_t count) {
  return static_cast<T*>(
      rtcSetNewGeometryBuffer(geometry, type, 0, format, Width * sizeof(T), count));
}

void fill_vertices(RTCGeometry geometry, RTCBufferType type, const Points& points) {
  auto* to = new_buffer<float, 3>(geometry, type, RTC_FORMAT_FLOAT3,
                                  static_cast<std::size_t>(points.rows()));
  Eigen::Map<Eigen::Matrix<float, Eigen::Dynamic, 3, Eigen::RowMajor>>(to, points.rows(), 3) =
      points.cast<float>();
}

// The corners of a cube's six faces; corner c is at (c & 1, c >> 1 & 1, c >> 2 & 1).
constexpr std::array<std::array<unsigned, 4>, 6> kFaces = {
    {{0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}}};

Points cube_corners(const Points& centres, double side) {
  Points corners(centres.rows() * 8, 3);
  for (Eigen::Index n = 0; n < centres.rows(); ++n) {
    for (int c = 0; c < 8; ++c) {
      const Eigen::RowVector3d at(c & 1, c >> 1 & 1, c >> 2 & 1);
      corners.row(8 * n + c) = centres.row(n) + side * (at.array() - 0.5).matrix();
    }
  }
  return corners;
}

}  // namespace

Scene::Contents::Contents() {
  // One thread: a picture's geometry is small, and a sandbox may allow few threads.
  device = rtcNewDevice("threads=1,set_affinity=0");
  if (device == nullptr) {
    throw std::runtime_error("Embree cannot be started, error " +
                             std::to_string(rtcGetDeviceError(nullptr)));
  }
  scene = rtcNewScene(device);
}

Scene::Contents::~Contents() {
  rtcReleaseScene(scene);
  rtcReleaseDevice(device);
}

void Scene::Contents::attach(RTCGeometry geometry, const Look& look) {
  rtcCommitGeometry(geometry);
  rtcAttachGeometryByID(scene, geometry, static_cast<unsigned>(looks.size()));
  rtcReleaseGeometry(geometry);
  looks.push_back(look);
  rtcCommitScene(scene);
}

Scene::Scene() : contents_(std::make_unique<Contents>()) {}
Scene::~Scene() = default;
Scene::Scene(Scene&&) noexcept = default;
Scene& Scene::operator=(Scene&&) noexcept = default;

void Scene::add_mesh(const Mesh& mesh, const Colour& colour) {
  const auto geometry = rtcNewGeometry(contents_->device, RTC_GEOMETRY_TYPE_TRIANGLE);
  fill_vertices(geometry, RTC_BUFFER_TYPE_VERTEX, mesh.vertices);
  rtcSetGeometryVertexAttributeCount(geometry, 1);
  fill_vertices(geometry, RTC_BUFFER_TYPE_VERTEX_ATTRIBUTE, mesh.normals);
  auto* indices = new_buffer<std::uint32_t, 3>(geometry, RTC_BUFFER_TYPE_INDEX, RTC_FORMAT_UINT3,
                                               static_cast<std::size_t>(mesh.triangles.rows()));
  for (Eigen::Index i = 0; i < mesh.triangles.size(); ++i) {
    indices[i] = static_cast<std::uint32_t>(mesh.triangles.data()[i]);
  }
  contents_->attach(geometry, {colour, true, false});
}

void Scene::add_cubes(const Points& centres, double side, const Colour& colour) {
  const auto geometry = rtcNewGeometry(contents_->device, RTC_GEOMETRY_TYPE_QUAD);
  fill_vertices(geometry, RTC_BUFFER_TYPE_VERTEX, cube_corners(centres, side));
  auto* indices =
      new_buffer<std::uint32_t, 4>(geometry, RTC_BUFFER_TYPE_INDEX, RTC_FORMAT_UINT4,
                                   static_cast<std::size_t>(centres.rows()) * kFaces.size());
  for (unsigned cube = 0; cube < static_cast<unsigned>(centres.rows()); ++cube) {
    for (const auto& face : kFaces) {
      for (const unsigned corner : face) {
        *indices++ = 8 * cube + corner;
      }
    }
  }
  contents_->attach(geometry, {colour, false, true});
}

void Scene::add_rods(const std::vector<Segment>& segments, double radius, const Colour& colour) {
  const auto geometry = rtcNewGeometry(contents_->device, RTC_GEOMETRY_TYPE_ROUND_LINEAR_CURVE);
  auto* to = new_buffer<float, 4>(geometry, RTC_BUFFER_TYPE_VERTEX, RTC_FORMAT_FLOAT4,
                                  2 * segments.size());
  auto* indices = new_buffer<std::uint32_t, 1>(geometry, RTC_BUFFER_TYPE_INDEX, RTC_FORMAT_UINT,
                                               segments.size());
  std::uint32_t end = 0;
  for (const Segment& segment : segments) {
    *indices++ = end;
    end += 2;
    for (const Eigen::Vector3d& point : {segment.from, segment.to}) {
      for (int axis = 0; axis < 3; ++axis) {
        *to++ = static_cast<float>(point(axis));
      }
      *to++ = static_cast<float>(radius);
    }
  }
  contents_->attach(geometry, {colour, false, false});
}

}  // namespace pset3::drawing
