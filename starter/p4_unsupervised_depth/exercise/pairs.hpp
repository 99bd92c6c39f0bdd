#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "starter/common/data/rgbd_view.hpp"
#include "starter/p4_unsupervised_depth/exercise/options.hpp"

/// Stereo pairs from files; without LibTorch.
namespace pset3::stereo {

/// How much further to the right a view's points are in the left view than in the right one.
struct DisparityMap {
  PictureSize size;
  std::vector<float> shares;  ///< (H, W) row-major, of the width; 0 = not known
};

/// What both cameras see of a scene; all of one size.
struct PairPictures {
  std::string name;
  ColourPicture left;
  ColourPicture right;
  std::optional<DisparityMap> left_disparity;
  std::optional<DisparityMap> right_disparity;
};

/// Pairs, each of which is decoded when it is asked for.
class PairSource {
 public:
  virtual ~PairSource() = default;
  virtual std::size_t size() const = 0;
  /// @param index  0 to size() − 1.
  /// @throws DataError when a picture is missing, cut off, damaged or none, or when those of a pair
  ///         have different sizes.
  virtual PairPictures read(std::size_t index) const = 0;
};

/// Opens the pairs at options.data:
///   - one pair: left.png, right.png, and disparity_left.png, disparity_right.png where they are
///     known, 8 or 16 bits, 0 = not known; see ExerciseOptions::per_pixel;
///   - KITTI's drives: …/image_02/data/NAME.png with …/image_03/data/NAME.png;
///   - CLEVR-D, a folder or .zip, see RgbdDataset; its depths become disparities as of the built-in
///     block world's cameras.
/// JPEG will do in place of PNG, but not for disparities.
///
/// @throws DataError when there is nothing of the kind, or a picture without its partner.
std::unique_ptr<PairSource> open_pairs(const ExerciseOptions& options);

/// @returns the pairs of a folder of one of the first two kinds; nothing when it is of neither.
/// @throws DataError when a picture has no partner.
std::unique_ptr<PairSource> open_pair_files(const ExerciseOptions& options);

/// @param brightness  of a depth map of the built-in block world: 1 is near, 0 background.
/// @returns the disparity as a share of the width; 0 where the depth is not known.
float disparity_of(float brightness);

}  // namespace pset3::stereo
