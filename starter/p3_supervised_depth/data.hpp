#pragma once

#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "starter/common/errors.hpp"

namespace pset3::depth {

/// Of CLEVR-D's pictures: red, green and blue, 0..1.
constexpr std::array<double, 3> kColourMean = {0.462, 0.467, 0.469};
constexpr std::array<double, 3> kColourDeviation = {0.094, 0.096, 0.101};
/// Of CLEVR-D's depths, 0..1.
constexpr double kDepthMean = 0.480;
constexpr double kDepthDeviation = 0.295;

/// Pictures with the depth of each of their pixels, in memory.
struct RgbdImages {
  torch::Tensor colours;  ///< (N, 3, H, W) uint8: red, green, blue
  torch::Tensor depths;   ///< (N, 1, H, W) float in [0, 1]: near = bright, 0 = background
  torch::Tensor valid;    ///< (N, 1, H, W) bool: false where the camera had no reading
};

/// Given.
///
/// @param colour  (3, H, W) uint8.
/// @returns (3, H, W) float: each channel of colour / 255 minus its mean, by its deviation.
torch::Tensor normalize_colour(const torch::Tensor& colour);

/// Given.
///
/// @param depth  (1, H, W) float in [0, 1].
/// @returns (1, H, W) float: (depth − 0.480) / 0.295.
torch::Tensor normalize_depth(const torch::Tensor& depth);

/// A picture, the depths that are to be predicted from it, and where these are known.
struct Example {
  torch::Tensor image;  ///< (3, H, W) float, normalised
  torch::Tensor depth;  ///< (1, H, W) float, normalised
  torch::Tensor valid;  ///< (1, H, W) bool
};

/// Something to train or test on.
class DepthDataset {
 public:
  virtual ~DepthDataset() = default;
  virtual std::int64_t size() const = 0;
  /// @param index  0 to size() − 1.
  virtual Example get(std::int64_t index) const = 0;
};

/// A range of pictures that are in memory.
class DepthDatasetMemory : public DepthDataset {
 public:
  /// @param begin  the number of the first picture of `source` that belongs to the dataset;
  /// @param end    that of the first one behind it that does not; equal to begin = none.
  /// @throws std::invalid_argument unless 0 <= begin <= end <= N (given, not judged);
  ///         NotImplemented in the starter.
  /// Source: handouts/p3_supervised_depth.md, question (a).
  DepthDatasetMemory(RgbdImages source, std::int64_t begin, std::int64_t end);

  std::int64_t size() const override;

  /// @param index  0 is picture `begin` of the source.
  /// @returns the picture and its depths, both normalised, and which of them are valid.
  /// @throws std::out_of_range for an index below 0 or beyond size() − 1.
  Example get(std::int64_t index) const override;

 private:
  RgbdImages source_;
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
};

/// Several examples at once.
struct Batch {
  torch::Tensor images;  ///< (B, 3, H, W) float, normalised
  torch::Tensor depths;  ///< (B, 1, H, W) float, normalised
  torch::Tensor valid;   ///< (B, 1, H, W) bool
};

/// Takes batches out of a dataset. Given.
class DataLoader {
 public:
  /// @param shuffle  whether batches() draws an order, or goes from first to last.
  /// @throws std::invalid_argument without a dataset, or for a batch size below 1.
  DataLoader(std::shared_ptr<const DepthDataset> dataset, std::int64_t batch_size, bool shuffle);

  const DepthDataset& dataset() const { return *dataset_; }
  std::int64_t batch_size() const { return batch_size_; }
  bool is_shuffled() const { return is_shuffled_; }

  /// @returns an entry a batch, with its examples' indices, each example in one of them; the last
  ///          batch may be smaller. A shuffled order is drawn anew in each call, from LibTorch's
  ///          random numbers.
  std::vector<std::vector<std::int64_t>> batches() const;

  /// Takes examples out of the dataset and stacks them.
  Batch load(const std::vector<std::int64_t>& indices) const;

 private:
  std::shared_ptr<const DepthDataset> dataset_;
  std::int64_t batch_size_;
  bool is_shuffled_;
};

struct LoaderOptions {
  double pct = 0.5;          ///< how much of the pictures is used, 0 to 1: the first of them
  double train_share = 0.8;  ///< how much of what is used trains, 0 to 1; the rest of it tests
  std::int64_t batch_size = 16;
};

struct DataLoaders {
  DataLoader train;  ///< shuffled
  DataLoader test;   ///< in order
};

/// Splits pictures by their numbers: of N pictures the first ⌊N · pct⌋ are used; of these the first
/// ⌊⌊N · pct⌋ · train_share⌋ train, and all others that are used test. None does both.
///
/// @throws std::invalid_argument for a pct or train_share outside of [0, 1] (given, not judged);
///         NotImplemented in the starter.
/// Source: handouts/p3_supervised_depth.md, question (a).
DataLoaders get_data_loaders(const RgbdImages& source, const LoaderOptions& options = {});

}  // namespace pset3::depth
