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

/// @param values  (28, 28).
template <typename Value>
Image enlarged(const Value* values) {
  std::array<Between, kImageSide> places;
  for (std::size_t i = 0; i < kImageSide; ++i) {
    const double scale = static_cast<double>(kFileSide) / kImageSide;
    places[i] = between((static_cast<double>(i) + 0.5) * scale - 0.5, kFileSide);
  }
  Image image(kImagePixels);
  for (std::size_t y = 0; y < kImageSide; ++y) {
    for (std::size_t x = 0; x < kImageSide; ++x) {
      image[y * kImageSide + x] = bilinear(values, kFileSide, places[x], places[y]);
    }
  }
  return image;
}

/// @param image  (side, side).
TurnedImage turned_square(const std::vector<double>& image, std::size_t side, double degrees) {
  // Rounding may put a source on the border a little outside.
  constexpr double kMargin = 1e-3;
  const double last = static_cast<double>(side) - 1.0;
  const double angle = degrees * std::numbers::pi / 180.0;
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  TurnedImage result{Image(side * side), std::vector<bool>(side * side),
                     std::vector<bool>(side * side)};
  for (std::size_t row = 0; row < side; ++row) {
    for (std::size_t column = 0; column < side; ++column) {
      const double x = static_cast<double>(column) - 0.5 * last;
      const double y = static_cast<double>(row) - 0.5 * last;
      // y points down: what is turned counter-clockwise comes from a place turned clockwise.
      const double source_x = cosine * x - sine * y + 0.5 * last;
      const double source_y = sine * x + cosine * y + 0.5 * last;
      const auto in = [&](double place) { return place >= kMargin && place <= last - kMargin; };
      const std::size_t pixel = row * side + column;
      result.inside[pixel] = in(source_x) && in(source_y);
      const auto beyond = [&](double place) {
        return place <= -1.0 - kMargin || place >= last + 1.0 + kMargin;
      };
      result.outside[pixel] = beyond(source_x) || beyond(source_y);
      result.values[pixel] =
          bilinear(image.data(), side, between(source_x, side), between(source_y, side));
    }
  }
  return result;
}

}  // namespace

Image resized(const std::uint8_t* pixels) {
  Image image = enlarged(pixels);
  for (double& value : image) value /= 255.0;
  return image;
}

double normalized(double value) { return (value - kMean) / kStandardDeviation; }

TurnedImage turned(const Image& image, double degrees) {
  return turned_square(image, kImageSide, degrees);
}

TurnedImage turned_before_resized(const std::uint8_t* pixels, double degrees) {
  std::vector<double> small(pixels, pixels + kFileSide * kFileSide);
  for (double& value : small) value /= 255.0;
  const TurnedImage turned = turned_square(small, kFileSide, degrees);
  const auto large = [](const std::vector<bool>& mask) {
    const std::vector<double> values(mask.begin(), mask.end());
    std::vector<bool> result;
    for (const double share : enlarged(values.data())) result.push_back(share > 0.999);
    return result;
  };
  return {enlarged(turned.values.data()), large(turned.inside), large(turned.outside)};
}

}  // namespace pset3::judge::p2
