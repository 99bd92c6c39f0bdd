#include "starter/common/drawing/ply.hpp"

#include <fmt/format.h>

#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>

#include "starter/common/errors.hpp"

namespace pset3::drawing {
namespace {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the body is copied from memory");

template <typename T>
void append(std::string& bytes, T value) {
  const std::size_t at = bytes.size();
  bytes.resize(at + sizeof(T));
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

void append_row(std::string& bytes, const Points& points, Eigen::Index row) {
  for (int axis = 0; axis < 3; ++axis) {
    append(bytes, static_cast<float>(points(row, axis)));
  }
}

void save(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    throw DataError(
        fmt::format("{}: cannot write {} bytes; does the folder exist, and is there room?",
                    path.string(), bytes.size()));
  }
}

constexpr const char* kStart = "ply\nformat binary_little_endian 1.0\n";
constexpr const char* kPlace = "property float x\nproperty float y\nproperty float z\n";

}  // namespace

void write_ply(const std::filesystem::path& path, const Mesh& mesh) {
  std::string bytes = fmt::format(
      "{}element vertex {}\n{}property float nx\nproperty float ny\nproperty float nz\n"
      "element face {}\nproperty list uchar int vertex_indices\nend_header\n",
      kStart, mesh.vertices.rows(), kPlace, mesh.triangles.rows());
  for (Eigen::Index v = 0; v < mesh.vertices.rows(); ++v) {
    append_row(bytes, mesh.vertices, v);
    append_row(bytes, mesh.normals, v);
  }
  for (Eigen::Index t = 0; t < mesh.triangles.rows(); ++t) {
    append(bytes, std::uint8_t{3});
    for (int corner = 0; corner < 3; ++corner) {
      append(bytes, std::int32_t{mesh.triangles(t, corner)});
    }
  }
  save(path, bytes);
}

void write_ply(const std::filesystem::path& path, const Points& points,
               const PointColours& colours) {
  const bool has_colours = colours.rows() > 0;
  if (has_colours && colours.rows() != points.rows()) {
    throw std::invalid_argument(
        fmt::format("{} points but {} colours", points.rows(), colours.rows()));
  }
  std::string bytes = fmt::format(
      "{}element vertex {}\n{}{}end_header\n", kStart, points.rows(), kPlace,
      has_colours ? "property uchar red\nproperty uchar green\nproperty uchar blue\n" : "");
  for (Eigen::Index n = 0; n < points.rows(); ++n) {
    append_row(bytes, points, n);
    for (int channel = 0; has_colours && channel < 3; ++channel) {
      append(bytes, colours(n, channel));
    }
  }
  save(path, bytes);
}

}  // namespace pset3::drawing
