#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pset3 {

struct PictureSize {
  std::size_t height = 0;  ///< pixels
  std::size_t width = 0;

  bool operator==(const PictureSize& other) const {
    return height == other.height && width == other.width;
  }
  bool operator!=(const PictureSize& other) const { return !(*this == other); }
  std::size_t pixel_count() const { return height * width; }
};

/// A colour picture.
struct ColourPicture {
  PictureSize size;
  std::vector<std::uint8_t> pixels;  ///< (H, W, 3) row-major; red, green, blue
};

/// What the numbers of a depth map are.
enum class DepthUnit {
  kBrightness,  ///< 0 to 1, near = bright, 0 = background, as in CLEVR-D; every pixel is valid
  kMetres,  ///< distance along the optical axis, as sensors measure it; some pixels are not valid
};

/// A depth map.
struct DepthMap {
  PictureSize size;
  std::vector<float> values;        ///< (H, W) row-major, finite; 0 where not valid
  std::vector<std::uint8_t> valid;  ///< (H, W) 1 = measured, 0 = no reading
};

/// A colour picture with the depth of each of its pixels; in a stereo set, also the view to the
/// left of it. All pictures of a view have one size.
struct RgbdView {
  std::string name;  ///< of the colour picture's file
  ColourPicture colour;
  DepthMap depth;
  std::optional<ColourPicture> left_colour;  ///< there when stereo views are asked for
  std::optional<DepthMap> left_depth;        ///< there as well, where the data set has it
};

}  // namespace pset3
