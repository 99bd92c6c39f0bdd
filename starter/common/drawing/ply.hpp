#pragma once

#include <cstdint>
#include <filesystem>

#include "starter/common/drawing/mesh.hpp"

namespace pset3::drawing {

/// (N, 3): a row per point (red, green, blue), 0 to 255.
using PointColours = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, 3, Eigen::RowMajor>;

/// Writes a mesh as PLY, binary and little-endian: vertices with normals in single precision, and
/// triangles.
/// @throws DataError when the file cannot be written.
void write_ply(const std::filesystem::path& path, const Mesh& mesh);

/// Writes points as PLY, binary and little-endian, in single precision.
///
/// @param colours  (N, 3), or empty for none.
/// @throws std::invalid_argument when there are colours but not one a point; DataError when the
/// file cannot be written.
void write_ply(const std::filesystem::path& path, const Points& points,
               const PointColours& colours = {});

}  // namespace pset3::drawing
