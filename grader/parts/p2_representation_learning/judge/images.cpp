#include "grader/parts/p2_representation_learning/judge/images.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace pset3::judge::p2 {
namespace {

/// Two neighbours along an axis and how much the second one counts.
struct Between {
  std::size_t low = 0;
  std::size_t high = 0;
  double share = 0.0;
};

Between between(double place, std::size_t size) {
  const double inside = std::clamp(place, 0.0, static_cast<double>(size - 1));
  const auto low = static_cast<std::size_t>(inside);
  return {low, std::min(low + 1, size - 1), inside - static_cast<double>(low)};
}

template <typename Value>
double bilinear(const Value* values, std::size_t side, const Between& x, const Between& y) {
  const auto row = [&](std::size_t r) {
    return (1.0 - x.share) * values[r * side + x.low] + x.share * values[r * side + x.high];
  };
  return (1.0 - y.share) * row(y.low) + y.share * row(y.high);
}

}  // namespace

Image resized(const std::uint8_t* pixels) {
  std::array<Between, kImageSide> places;
  for (std::size_t i = 0; i < kImageSide; ++i) {
    const double scale = static_cast<double>(kFileSide) / kImageSide;
    places[i] = between((static_cast<double>(i) + 0.5) * scale - 0.5, kFileSide);
  }
  Image image(kImagePixels);
  for (std::size_t y = 0; y < kImageSide; ++y) {
    for (std::size_t x = 0; x < kImageSide; ++x) {
      image[y * kImageSide + x] = bilinear(pixels, kFileSide, places[x], places[y]) / 255.0;
    }
  }
  return image;
}

double normalized(double value) { return (value - kMean) / kStandardDeviation; }

TurnedImage turned(const Image& image, double degrees) {
  // Rounding may put a source on the border a little outside.
  constexpr double kMargin = 1e-3;
  constexpr double kLast = static_cast<double>(kImageSide) - 1.0;
  const double angle = degrees * std::numbers::pi / 180.0;
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  TurnedImage result{Image(kImagePixels), std::vector<bool>(kImagePixels)};
  for (std::size_t row = 0; row < kImageSide; ++row) {
    for (std::size_t column = 0; column < kImageSide; ++column) {
      const double x = static_cast<double>(column) - 0.5 * kLast;
      const double y = static_cast<double>(row) - 0.5 * kLast;
      // y points down: what is turned counter-clockwise comes from a place turned clockwise.
      const double source_x = cosine * x - sine * y + 0.5 * kLast;
      const double source_y = sine * x + cosine * y + 0.5 * kLast;
      const auto in = [&](double place) { return place >= kMargin && place <= kLast - kMargin; };
      const std::size_t pixel = row * kImageSide + column;
      result.inside[pixel] = in(source_x) && in(source_y);
      result.values[pixel] = bilinear(image.data(), kImageSide, between(source_x, kImageSide),
                                      between(source_y, kImageSide));
    }
  }
  return result;
}

}  // namespace pset3::judge::p2
