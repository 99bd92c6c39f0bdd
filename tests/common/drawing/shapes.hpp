#pragma once

#include <cmath>
#include <vector>

#include "starter/common/drawing/mesh.hpp"

namespace pset3::drawing {

/// Centres of the cells of a lattice (anchored at `anchor`) for which `inside(x, y, z)` holds.
template <typename Inside>
Points voxels_where(const Eigen::Vector3d& anchor, double side, int cells, Inside inside) {
  std::vector<Eigen::RowVector3d> kept;
  for (int z = 0; z < cells; ++z) {
    for (int y = 0; y < cells; ++y) {
      for (int x = 0; x < cells; ++x) {
        const Eigen::RowVector3d centre = anchor.transpose() + side * Eigen::RowVector3d(x, y, z);
        if (inside(x, y, z, centre)) {
          kept.push_back(centre);
        }
      }
    }
  }
  Points points(static_cast<Eigen::Index>(kept.size()), 3);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    points.row(static_cast<Eigen::Index>(i)) = kept[i];
  }
  return points;
}

/// A ball on a lattice that starts at an odd place.
inline Points ball(const Eigen::Vector3d& centre, double radius, double side) {
  const int cells = static_cast<int>(2.0 * radius / side) + 4;
  const Eigen::Vector3d anchor = centre.array() - radius - 1.37 * side;
  return voxels_where(anchor, side, cells, [&](int, int, int, const Eigen::RowVector3d& at) {
    return (at.transpose() - centre).norm() <= radius;
  });
}

}  // namespace pset3::drawing
