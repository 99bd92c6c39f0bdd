#include "starter/common/drawing/occupancy.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

namespace pset3::drawing {
namespace {

constexpr double kMostCells = 134217728.0;  // 2^27

void check(const Points& voxels, double voxel_size) {
  if (voxels.rows() == 0) {
    throw std::invalid_argument("a surface needs at least one voxel, got none");
  }
  if (!(voxel_size > 0.0) || !std::isfinite(voxel_size)) {
    throw std::invalid_argument(
        fmt::format("the voxel size must be positive and finite, not {}", voxel_size));
  }
  if (!voxels.allFinite()) {
    throw std::invalid_argument("a voxel's centre is not finite");
  }
}

}  // namespace

Occupancy occupancy_of(const Points& voxels, double voxel_size) {
  check(voxels, voxel_size);
  const Eigen::Vector3d lower = voxels.colwise().minCoeff();
  const Eigen::Vector3d upper = voxels.colwise().maxCoeff();
  const Eigen::Array3d cells = ((upper - lower).array() / voxel_size).round() + 3.0;
  if (!(cells.prod() <= kMostCells)) {
    throw std::invalid_argument(
        fmt::format("a lattice of {:.0f} x {:.0f} x {:.0f} cells is too large; is the voxel size "
                    "of {} the distance between neighbouring voxels?",
                    cells(0), cells(1), cells(2), voxel_size));
  }

  Occupancy occupancy;
  occupancy.size = {static_cast<int>(cells(0)), static_cast<int>(cells(1)),
                    static_cast<int>(cells(2))};
  occupancy.origin = lower.array() - voxel_size;
  occupancy.spacing = voxel_size;
  occupancy.filled.assign(static_cast<std::size_t>(cells.prod()), 0);
  for (Eigen::Index n = 0; n < voxels.rows(); ++n) {
    const Eigen::Array3i cell =
        ((voxels.row(n).transpose() - occupancy.origin) / voxel_size).array().round().cast<int>();
    occupancy.filled[occupancy.index(cell(0), cell(1), cell(2))] = 1;
  }
  return occupancy;
}

}  // namespace pset3::drawing
