#pragma once

#include <torch/torch.h>

#include "starter/p3_supervised_depth/exercise/results.hpp"

namespace pset3::depth {

/// @param depths  normalised, as the network predicts them.
/// @returns the same shape in the data's unit, never nearer than scale.near or beyond scale.far.
torch::Tensor depths_of(const torch::Tensor& depths, const DepthScale& scale);

/// @returns (B, 1, H, W) bool: where a depth is to be compared. A reading that is missing is not,
///          nor is background, whose distance is not known.
/// @param depths, valid  (B, 1, H, W), as in a Batch.
torch::Tensor has_depth(const torch::Tensor& depths, const torch::Tensor& valid);

/// Adds up errors, batch by batch.
class ErrorSum {
 public:
  /// @param predicted, truth  of one shape, in the data's unit, above 0 where `known` is true.
  void add(const torch::Tensor& predicted, const torch::Tensor& truth, const torch::Tensor& known);

  /// @throws DataError when there was nothing to compare.
  DepthErrors errors() const;

 private:
  DepthErrors sums_;
};

}  // namespace pset3::depth
