#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "starter/common/errors.hpp"

namespace pset3::representation {

constexpr std::int64_t kStoredSide = 28;  ///< pixels, as they are on disk
constexpr std::int64_t kImageSide = 32;   ///< pixels, after resizing
constexpr std::int64_t kClasses = 10;
constexpr std::int64_t kRotations = 8;         ///< by 45° each
constexpr double kMean = 0.2859;               ///< of Fashion-MNIST's training pixels, 0..1
constexpr double kStandardDeviation = 0.3530;  ///< likewise

/// Images with their classes, as they are read from disk.
struct LabelledImages {
  torch::Tensor images;  ///< (N, 28, 28) uint8
  torch::Tensor labels;  ///< (N) int64, 0 to 9
};

enum class Split { kTrain, kTest };

/// Reads a pair of IDX files, plain or .gz: train-images-idx3-ubyte and train-labels-idx1-ubyte, or
/// the same with t10k. Given.
///
/// @throws DataError for a file that is missing, damaged or holds less than its header says, for
///         another number of labels than images, images of another size, or a label above 9.
LabelledImages read_images(const std::filesystem::path& folder, Split split);

/// Makes an image 32x32 by bilinear interpolation. Given.
///
/// @param image  (28, 28) uint8.
/// @returns (1, 32, 32) float in [0, 1].
torch::Tensor resize(const torch::Tensor& image);

/// Turns an image about its centre, counter-clockwise as one sees it for positive angles, with
/// bilinear interpolation and 0 outside the image. Given.
///
/// @param image    (1, H, W) float.
/// @returns (1, H, W); exactly the same values for 0 degrees.
torch::Tensor rotate(const torch::Tensor& image, double degrees);

/// @returns (image − 0.2859) / 0.3530, the same shape. Given.
torch::Tensor normalize(const torch::Tensor& image);

/// One image and what is to be predicted from it.
struct Example {
  torch::Tensor image;  ///< (1, 32, 32) float
  torch::Tensor label;  ///< () int64
};

/// Something to train or test on.
class ImageDataset {
 public:
  virtual ~ImageDataset() = default;
  virtual std::int64_t size() const = 0;
  /// @param index  0 to size() − 1.
  virtual Example get(std::int64_t index) const = 0;
};

enum class Labels {
  kClass,     ///< of the image, which is not turned
  kRotation,  ///< the image is turned by 45° · label, 0 to 7
};

/// The first part of a set of images, labelled in one of two ways. The images and labels that it is
/// made from stay as they are.
class MNISTDatasetWrapper : public ImageDataset {
 public:
  /// @param pct  how much of the set is used, 0 to 1: its first ⌊N · pct⌋ images.
  /// @throws std::invalid_argument for another pct (given, not judged); NotImplemented in the
  ///         starter.
  /// Source: handouts/p2_representation_learning.md, question (a).
  MNISTDatasetWrapper(LabelledImages source, double pct, Labels labels);

  std::int64_t size() const override;

  /// Resizes, turns when rotations are asked for, and normalises, in this order.
  ///
  /// @returns with kRotation, one of the eight rotations, about as often each over the set: drawn
  ///          anew in each call or fixed by the index, as you like; clockwise or counter-clockwise.
  ///          Pixels that lie outside the turned image are black. An example stays as it is when
  ///          others are asked for.
  /// @throws std::out_of_range for an index below 0 or beyond size() − 1.
  Example get(std::int64_t index) const override;

 private:
  LabelledImages source_;
  Labels labels_;
};

/// Several examples at once.
struct Batch {
  torch::Tensor images;  ///< (B, 1, 32, 32) float
  torch::Tensor labels;  ///< (B) int64
};

/// Cuts 0 to size − 1 into batches; the last one may be smaller. Given.
///
/// @param shuffle  in an order that is drawn anew from LibTorch's random numbers.
/// @returns an entry a batch, with the examples' indices.
std::vector<std::vector<std::int64_t>> batch_indices(std::int64_t size, std::int64_t batch_size,
                                                     bool shuffle);

/// Takes examples out of a dataset and stacks them. Given.
Batch load_batch(const ImageDataset& dataset, const std::vector<std::int64_t>& indices);

}  // namespace pset3::representation
