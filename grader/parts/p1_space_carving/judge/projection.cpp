#include "grader/parts/p1_space_carving/judge/projection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace pset3::judge::p1 {
namespace {

constexpr double kFar = 1e9;       // pixels; beyond it, only "outside" matters
constexpr double kNoisePx = 0.02;  // pixels: what single precision may change

/// How the pixels around a place vote.
struct Vote {
  int object = 0;
  int background = 0;
  int outside = 0;
};

/// The whole numbers that right programs may make of a coordinate; some of them equal.
using Candidates = std::array<double, 4>;

Candidates candidates_for(double coordinate) {
  const double place = std::clamp(coordinate, -kFar, kFar);
  // Cutting off moves what is between -1 and 0 into the image.
  const double cut = place > -1.0 && place < 0.0 ? 0.0 : std::floor(place + kNoisePx);
  return {std::floor(place + 0.5 - kNoisePx), std::floor(place + 0.5 + kNoisePx),
          std::floor(place - kNoisePx), cut};
}

Vote vote_of(const SilhouetteView& view, const Pixel& pixel) {
  Vote vote;
  for (const double row : candidates_for(pixel.v)) {
    for (const double column : candidates_for(pixel.u)) {
      const Label label =
          label_at(view, static_cast<std::int64_t>(column), static_cast<std::int64_t>(row));
      ++(label == Label::kObject       ? vote.object
         : label == Label::kBackground ? vote.background
                                       : vote.outside);
    }
  }
  return vote;
}

void require_shape(bool right, const arrays::Array& P, const arrays::Array& silhouettes) {
  if (right) return;
  throw std::invalid_argument("P and silhouettes do not belong together: " + describe(P) + ", " +
                              describe(silhouettes));
}

}  // namespace

SilhouetteView single_view(const arrays::Arrays& inputs) {
  const arrays::Array& P = get(inputs, "P");
  const arrays::Array& silhouette = get(inputs, "silhouette");
  require_shape(P.shape() == std::vector<std::int64_t>{3, 4} && silhouette.shape().size() == 2, P,
                silhouette);
  return {P.data<double>(), silhouette.data<std::uint8_t>(), silhouette.shape()[1],
          silhouette.shape()[0]};
}

std::size_t view_count(const arrays::Arrays& inputs) {
  const arrays::Array& P = get(inputs, "P");
  const arrays::Array& silhouettes = get(inputs, "silhouettes");
  const bool right = P.shape().size() == 3 && P.shape()[1] == 3 && P.shape()[2] == 4 &&
                     silhouettes.shape().size() == 3 && silhouettes.shape()[0] == P.shape()[0];
  require_shape(right, P, silhouettes);
  return static_cast<std::size_t>(P.shape()[0]);
}

SilhouetteView view_among(const arrays::Arrays& inputs, std::size_t index) {
  if (index >= view_count(inputs)) throw std::invalid_argument("there are fewer views");
  const arrays::Array& silhouettes = get(inputs, "silhouettes");
  const std::int64_t height = silhouettes.shape()[1];
  const std::int64_t width = silhouettes.shape()[2];
  const std::size_t pixels = static_cast<std::size_t>(height * width);
  return {get(inputs, "P").data<double>() + 12 * index,
          silhouettes.data<std::uint8_t>() + pixels * index, width, height};
}

Pixel project(const SilhouetteView& view, const double* xyz) {
  const auto row = [&](std::ptrdiff_t i) {
    const double* p = view.P + 4 * i;
    return p[0] * xyz[0] + p[1] * xyz[1] + p[2] * xyz[2] + p[3];
  };
  const double w = row(2);
  if (!(w > 0)) return {};
  return {row(0) / w, row(1) / w, true};
}

Label label_at(const SilhouetteView& view, std::int64_t column, std::int64_t row) {
  if (row < 0 || row >= view.height || column < 0 || column >= view.width) return Label::kOutside;
  return view.silhouette[row * view.width + column] != 0 ? Label::kObject : Label::kBackground;
}

Fate fate_of(const SilhouetteView& view, const Pixel& pixel) {
  if (!pixel.in_front) return Fate::kUnclear;
  const Vote vote = vote_of(view, pixel);
  if (vote.object == 0) return Fate::kGoes;
  return vote.background == 0 && vote.outside == 0 ? Fate::kStays : Fate::kUnclear;
}

bool clearly_outside(const SilhouetteView& view, const Pixel& pixel) {
  if (!pixel.in_front) return false;
  const Vote vote = vote_of(view, pixel);
  return vote.object == 0 && vote.background == 0;
}

std::optional<std::array<std::int64_t, 2>> sharp_pixel(const Pixel& pixel) {
  if (!pixel.in_front) return std::nullopt;
  const double u = std::clamp(pixel.u, -kFar, kFar);
  const double v = std::clamp(pixel.v, -kFar, kFar);
  for (const double coordinate : {u, v}) {
    if (coordinate > -1.0 && coordinate < 0.0) return std::nullopt;  // cutting off gives 0
    const double fraction = coordinate - std::floor(coordinate);
    if (!(fraction >= kNoisePx && fraction <= 0.5 - kNoisePx)) return std::nullopt;
  }
  return std::array{static_cast<std::int64_t>(std::floor(u)),
                    static_cast<std::int64_t>(std::floor(v))};
}

}  // namespace pset3::judge::p1
