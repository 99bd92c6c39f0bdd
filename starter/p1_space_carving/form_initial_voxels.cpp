#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {
namespace {

void check_limits(const Limits& limits, const std::string& name) {
  if (limits.allFinite() && limits[0] < limits[1]) return;
  throw std::invalid_argument("form_initial_voxels: " + name +
                              " must be finite with lower < upper, got (" +
                              std::to_string(limits[0]) + ", " + std::to_string(limits[1]) + ")");
}

}  // namespace

VoxelGrid form_initial_voxels(const Limits& xlim, const Limits& ylim, const Limits& zlim,
                              int num_voxels) {
  check_limits(xlim, "xlim");
  check_limits(ylim, "ylim");
  check_limits(zlim, "zlim");
  if (num_voxels < 1) {
    throw std::invalid_argument("form_initial_voxels: num_voxels must be at least 1, got " +
                                std::to_string(num_voxels));
  }

  // TODO(student): Fill the box with cubic voxels on a regular grid (question (a)).
  PSET3_TODO();
}

}  // namespace pset3::carving
