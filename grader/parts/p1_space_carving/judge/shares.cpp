#include "grader/parts/p1_space_carving/judge/shares.hpp"

#include <algorithm>
#include <limits>

namespace pset3::judge::p1 {
namespace {

constexpr std::size_t kFewest = 12;  // voxels of a class: with fewer, one says too much
constexpr int kBlocksAlong = 3;

}  // namespace

void Shares::append_to(std::vector<double>& sketch) const {
  for (std::size_t i = 0; i < all_.size(); ++i) {
    sketch.push_back(
        all_[i] < kFewest ? -1.0 : static_cast<double>(staying_[i]) / static_cast<double>(all_[i]));
  }
}

Blocks::Blocks(Rows rows) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    double lower = std::numeric_limits<double>::infinity();
    double upper = -lower;
    for (std::size_t i = 0; i < rows.count; ++i) {
      lower = std::min(lower, rows[i][axis]);
      upper = std::max(upper, rows[i][axis]);
    }
    lower_[axis] = lower;
    size_[axis] = (upper - lower) / kBlocksAlong;
  }
}

std::size_t Blocks::of(const double* row) const {
  int block = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double place = size_[axis] > 0.0 ? (row[axis] - lower_[axis]) / size_[axis] : 0.0;
    block = kBlocksAlong * block + std::clamp(static_cast<int>(place), 0, kBlocksAlong - 1);
  }
  return static_cast<std::size_t>(block);
}

}  // namespace pset3::judge::p1
