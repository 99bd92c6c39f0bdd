#include "grader/parts/p1_space_carving/judge/projection.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace pset3::judge::p1 {
namespace {

constexpr double kFar = 1e9;  // pixels; beyond it, only "outside" matters

/// How the pixels around a place vote.
struct Vote {
  int object = 0;
  int background = 0;
  int outside = 0;
  bool unanimous() const { return (object > 0) + (background > 0) + (outside > 0) == 1; }
};

Vote vote_around(const SilhouetteView& view, double u, double v) {
  u = std::clamp(u, -kFar, kFar);
  v = std::clamp(v, -kFar, kFar);
  Vote vote;
  const auto last_row = static_cast<std::int64_t>(std::floor(v + 1.5));
  const auto last_column = static_cast<std::int64_t>(std::floor(u + 1.5));
  for (auto row = static_cast<std::int64_t>(std::ceil(v - 1.5)); row <= last_row; ++row) {
    for (auto column = static_cast<std::int64_t>(std::ceil(u - 1.5)); column <= last_column;
         ++column) {
      if (row < 0 || row >= view.height || column < 0 || column >= view.width) {
        ++vote.outside;
      } else {
        ++(view.silhouette[row * view.width + column] != 0 ? vote.object : vote.background);
      }
    }
  }
  return vote;
}

/// What row-major memory holds around (v, u) when nobody tests for the image's border.
Vote vote_in_memory(const SilhouetteView& view, double u, double v) {
  const auto width = static_cast<double>(view.width);
  const double rows_on = std::floor(std::clamp(u, -kFar, kFar) / width);
  return vote_around(view, u - rows_on * width, v + rows_on);
}

/// @param may_leave_memory whether programs that would read beyond the picture are of no interest.
bool robust_when_read_at(const SilhouetteView& view, double u, double v, bool may_leave_memory) {
  const Vote in_memory = vote_in_memory(view, u, v);
  if (!vote_around(view, u, v).unanimous() || !in_memory.unanimous()) return false;
  if (in_memory.outside > 0 && !may_leave_memory) return false;
  const double clamped_u = std::clamp(u, 0.0, static_cast<double>(view.width - 1));
  const double clamped_v = std::clamp(v, 0.0, static_cast<double>(view.height - 1));
  const Vote clamped = vote_around(view, clamped_u, clamped_v);
  return clamped.object == 0 || clamped.background == 0;
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

Fate fate_of(const SilhouetteView& view, const Pixel& pixel) {
  if (!pixel.in_front) return Fate::kUnclear;
  const Vote vote = vote_around(view, pixel.u, pixel.v);
  if (vote.object == 0) return Fate::kGoes;
  return vote.background == 0 && vote.outside == 0 ? Fate::kStays : Fate::kUnclear;
}

bool clearly_outside(const SilhouetteView& view, const Pixel& pixel) {
  if (!pixel.in_front) return false;
  const Vote vote = vote_around(view, pixel.u, pixel.v);
  return vote.object == 0 && vote.background == 0;
}

bool robust_to_rounding(const SilhouetteView& view, const Pixel& pixel) {
  if (!pixel.in_front || !robust_when_read_at(view, pixel.u, pixel.v, false)) return false;
  // A program that swaps and tests for the border seldom reads where the test has failed.
  return robust_when_read_at(view, pixel.v, pixel.u, clearly_outside(view, pixel));
}

}  // namespace pset3::judge::p1
