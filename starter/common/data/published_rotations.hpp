#pragma once

#include <Eigen/Core>
#include <filesystem>
#include <string>
#include <vector>

#include "starter/common/errors.hpp"

namespace pset3 {

/// The rotations of one data file. Published ones have few decimals: the Middlebury dinosaur's are
/// orthogonal to 1.5e-6 only. Each reader of K, R and a position passes its rotations through here.
class PublishedRotations {
 public:
  explicit PublishedRotations(std::filesystem::path file) : file_(std::move(file)) {}

  /// How far R is off is the largest entry of |R R^T - I|.
  ///
  /// @param R      (3, 3) camera from world, finite. In a left-handed world its determinant is -1.
  /// @param place  where R stands in the file, for messages, such as "views[3].R".
  /// @returns R where it is off by no more than 1e-6; else the nearest orthogonal matrix, which has
  /// the determinant 1 or -1 with R's sign.
  /// @throws DataError when R is off by more than 0.001.
  Eigen::Matrix3d take(const Eigen::Matrix3d& R, const std::string& place);

  /// @returns a sentence for the user about the rotations that were replaced; empty when none was.
  std::vector<std::string> notes() const;

 private:
  std::filesystem::path file_;
  std::size_t replaced_ = 0;
  double worst_ = 0.0;  ///< how far the worst of the replaced rotations is off
  std::string worst_place_;
};

}  // namespace pset3
