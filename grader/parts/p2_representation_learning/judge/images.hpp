#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pset3::judge::p2 {

constexpr std::size_t kFileSide = 28;   ///< pixels of an image as it is read
constexpr std::size_t kImageSide = 32;  ///< pixels of an image as it is learnt from
constexpr std::size_t kImagePixels = kImageSide * kImageSide;
constexpr double kMean = 0.2859;
constexpr double kStandardDeviation = 0.3530;

/// (32, 32) row-major.
using Image = std::vector<double>;

/// @param pixels  (28, 28), 0 to 255.
/// @returns values in [0, 1]: bilinear interpolation, each image's outer borders on each other, and
///          beyond the outermost pixels' middles their values.
Image resized(const std::uint8_t* pixels);

/// @returns (value - mean) / standard deviation of Fashion-MNIST.
double normalized(double value);

/// An image turned about its middle.
struct TurnedImage {
  Image values;
  std::vector<bool> inside;   ///< whether all that the value is made of is in the image
  std::vector<bool> outside;  ///< whether all of it is beyond the image: it is black then
};

/// @param degrees  counter-clockwise as one sees it.
TurnedImage turned(const Image& image, double degrees);

/// The same in the wrong order: the image as it is read is turned, and then resized.
/// @param pixels  (28, 28), 0 to 255.
TurnedImage turned_before_resized(const std::uint8_t* pixels, double degrees);

}  // namespace pset3::judge::p2
