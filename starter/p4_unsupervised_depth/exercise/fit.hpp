#pragma once

#include <torch/torch.h>

#include <vector>

#include "starter/p4_unsupervised_depth/exercise/results.hpp"

namespace pset3::stereo {

/// @param x, y  of one shape. @returns Pearson's correlation; 0 when one of them is constant.
double correlation_of(const torch::Tensor& x, const torch::Tensor& y);

/// Compares disparities of left views with true ones, batch by batch.
class FitSum {
 public:
  /// @param predicted, truth  (B, 1, H, W), shares of the width; truth is 0 where it is not known.
  void add(const torch::Tensor& predicted, const torch::Tensor& truth);

  bool is_empty() const { return known_.empty(); }

  /// @throws DataError when there was nothing to compare.
  Fit fit() const;

 private:
  std::vector<double> of_pairs_;       ///< correlations
  std::vector<torch::Tensor> known_;   ///< (2, n) predicted and true ones of each pair, pixels
  std::vector<torch::Tensor> inside_;  ///< likewise, of what lies in the right view
};

/// Takes means over pairs and rows, column by column.
class ColumnSum {
 public:
  /// @param predicted  (B, 1, H, W), shares of the width.
  /// @param truth      the same, 0 where it is not known; not defined without a truth.
  void add(const torch::Tensor& predicted, const torch::Tensor& truth);

  /// @param view  what they are called.
  Columns columns(const std::string& view) const;

 private:
  torch::Tensor predicted_, truth_, error_, count_, known_;  ///< (W) sums
};

}  // namespace pset3::stereo
