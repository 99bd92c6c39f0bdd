#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "starter/common/drawing/mesh.hpp"

namespace pset3::drawing {

/// Which cells of a regular lattice hold a voxel. One layer of empty cells surrounds them all.
struct Occupancy {
  std::array<int, 3> size = {0, 0, 0};               ///< cells along x, y, z
  Eigen::Vector3d origin = Eigen::Vector3d::Zero();  ///< centre of cell (0, 0, 0)
  double spacing = 0.0;                              ///< between neighbouring centres
  std::vector<std::uint8_t> filled;                  ///< 1 = voxel; x runs fastest

  std::size_t index(int x, int y, int z) const {
    return (static_cast<std::size_t>(z) * static_cast<std::size_t>(size[1]) +
            static_cast<std::size_t>(y)) *
               static_cast<std::size_t>(size[0]) +
           static_cast<std::size_t>(x);
  }
};

/// Finds each voxel's cell.
///
/// @param voxels      (N, 3) centres, N >= 1, in any order; a centre off the lattice goes to the
///                    nearest cell.
/// @param voxel_size  spacing of the lattice.
/// @throws std::invalid_argument as surface_mesh does.
Occupancy occupancy_of(const Points& voxels, double voxel_size);

}  // namespace pset3::drawing
