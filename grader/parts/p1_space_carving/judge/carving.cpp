#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/projection.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {
namespace {

constexpr const char* kSurvivorsCheck = "p1.b.survivors";

/// How many of some voxels were kept, and the first that fared otherwise than it should.
struct Tally {
  std::size_t count = 0;
  std::size_t wrong = 0;
  std::optional<std::size_t> first_wrong;

  void add(std::size_t voxel, bool right) {
    ++count;
    if (right) return;
    if (++wrong == 1) first_wrong = voxel;
  }
  bool all_wrong() const { return count > 0 && wrong == count; }
};

/// An answer of carve beside what must become of each voxel.
struct Carving {
  SilhouetteView view;
  Rows voxels;
  Rows survivors;
  RowMatch match;
  Tally staying;
  Tally going;
  Tally outside;                    ///< those of `going` that lie outside the image
  Tally border;                     ///< those of `staying` in the outermost pixels of the image
  Tally far_outside;                ///< those of `outside` that would be outside at (v, u), too
  std::size_t unclear = 0;          ///< voxels that right programs may treat either way
  std::int64_t changed_pixels = 0;  ///< of the silhouette, which is the caller's
};

/// Whether the place lies outside of the square that starts at the image's top left corner and
/// holds the image, by some pixels.
bool outside_of_square(const SilhouetteView& view, const Pixel& pixel) {
  const auto side = static_cast<double>(std::max(view.width, view.height));
  return std::min(pixel.u, pixel.v) <= -3.0 || std::max(pixel.u, pixel.v) >= side + 2.0;
}

/// Whether rounding or cutting off gives a pixel in the first or last column or row.
bool in_outermost_pixels(const SilhouetteView& view, const Pixel& pixel) {
  const double from_the_right = static_cast<double>(view.width - 1) - pixel.u;
  const double from_below = static_cast<double>(view.height - 1) - pixel.v;
  return std::min({pixel.u, pixel.v, from_the_right, from_below}) < 1.0;
}

Carving examine(const CaseView& view) {
  Carving carving;
  carving.view = single_view(view.inputs);
  carving.voxels = rows_of(get(view.inputs, "voxels"));
  carving.survivors = rows_of(get(view.outputs, "survivors"));
  carving.changed_pixels = get(view.outputs, "changed_pixels").item<std::int64_t>();
  const RowIndex index(carving.voxels);
  carving.match = match(index, carving.survivors);
  for (std::size_t i = 0; i < carving.voxels.count; ++i) {
    const Pixel pixel = project(carving.view, carving.voxels[i]);
    const Fate fate = fate_of(carving.view, pixel);
    if (fate == Fate::kUnclear) ++carving.unclear;
    if (fate == Fate::kStays) {
      carving.staying.add(i, carving.match.has(i));
      if (in_outermost_pixels(carving.view, pixel)) carving.border.add(i, carving.match.has(i));
    }
    if (fate != Fate::kGoes) continue;
    const bool carved = !carving.match.has(i);
    carving.going.add(i, carved);
    if (!clearly_outside(carving.view, pixel)) continue;
    carving.outside.add(i, carved);
    if (outside_of_square(carving.view, pixel)) carving.far_outside.add(i, carved);
  }
  return carving;
}

/// Whether voxels inside the image, but for its border, are treated as they should be.
bool right_inside(const Carving& carving) {
  return carving.staying.wrong == carving.border.wrong &&
         carving.going.wrong == carving.outside.wrong;
}

std::string where(const Carving& carving, std::size_t voxel) {
  const Pixel pixel = project(carving.view, carving.voxels[voxel]);
  return fmt::format("row {} {} projects to column {:.1f}, row {:.1f} of the {} x {} image", voxel,
                     point(carving.voxels[voxel]), pixel.u, pixel.v, carving.view.width,
                     carving.view.height);
}

std::string first_wrong(const Carving& carving) {
  std::string detail;
  if (carving.staying.first_wrong) {
    detail = "first lost: " + where(carving, *carving.staying.first_wrong) + ", on the object";
  }
  if (carving.going.first_wrong) {
    const std::size_t voxel = *carving.going.first_wrong;
    const bool outside =
        clearly_outside(carving.view, project(carving.view, carving.voxels[voxel]));
    detail += detail.empty() ? "" : "\n";
    detail += "first kept by mistake: " + where(carving, voxel) +
              (outside ? ", which it misses" : ", on the background");
  }
  return detail;
}

/// An answer that keeps nothing or drops nothing says nothing about finer points.
std::optional<CaseFinding> blocked_when_degenerate(const Carving& carving,
                                                   const std::string& expected) {
  if (carving.staying.all_wrong()) {
    return blocked(kSurvivorsCheck, expected, "no voxel on the object is kept, so nothing to see");
  }
  if (carving.going.all_wrong()) {
    return blocked(kSurvivorsCheck, expected, "no voxel is carved, so nothing to see");
  }
  return std::nullopt;
}

CaseFinding survivors_of(const Carving& carving) {
  if (carving.voxels.count > 0 && carving.staying.count + carving.going.count == 0) {
    throw std::logic_error("no voxel of this case is clear of the silhouette's border");
  }
  const std::size_t kept = carving.staying.count - carving.staying.wrong;
  const std::string expected = fmt::format(
      "all {} voxels that project onto the object are kept, all {} beside it are carved",
      grouped(static_cast<std::int64_t>(carving.staying.count)),
      grouped(static_cast<std::int64_t>(carving.going.count)));
  const std::string got = fmt::format("kept {} of {} on the object, and {} of {} beside it",
                                      grouped(static_cast<std::int64_t>(kept)),
                                      grouped(static_cast<std::int64_t>(carving.staying.count)),
                                      grouped(static_cast<std::int64_t>(carving.going.wrong)),
                                      grouped(static_cast<std::int64_t>(carving.going.count)));
  if (carving.staying.wrong > 0 || carving.going.wrong > 0) {
    return failed(expected, got, first_wrong(carving));
  }
  const bool none_may_stay = carving.staying.count + carving.unclear == 0;
  if (none_may_stay && carving.survivors.count > 0) {
    return failed("0 rows, since no voxel may stay",
                  fmt::format("{} rows", carving.survivors.count));
  }
  return passed(expected, got);
}

/// Where voxels inside the image go wrong too, the projection may be: then only voxels are looked
/// at that lie outside even when columns and rows are swapped.
CaseFinding outside_of(const Carving& carving) {
  const Tally& outside = right_inside(carving) ? carving.outside : carving.far_outside;
  const std::string expected = fmt::format(
      "all {} voxels that project outside the {} x {} image are carved",
      grouped(static_cast<std::int64_t>(outside.count)), carving.view.width, carving.view.height);
  if (outside.wrong > 0) {
    return failed(
        expected,
        fmt::format("{} of them are kept", grouped(static_cast<std::int64_t>(outside.wrong))),
        "first: " + where(carving, *outside.first_wrong));
  }
  if (auto finding = blocked_when_degenerate(carving, expected)) return *finding;
  if (right_inside(carving) && carving.border.wrong > 0) {
    return failed(
        "voxels on the object stay in the outermost columns and rows of the image, too",
        fmt::format("{} of {} are carved", grouped(static_cast<std::int64_t>(carving.border.wrong)),
                    grouped(static_cast<std::int64_t>(carving.border.count))),
        "first: " + where(carving, *carving.border.first_wrong));
  }
  return passed(expected, "all are carved");
}

CaseFinding untouched_of(const Carving& carving) {
  const RowMatch& match = carving.match;
  const std::string expected = "every row returned is a row of the input, unchanged and only once";
  const auto example = [&](const char* what, std::size_t row) {
    return fmt::format("{} row {} of the result, {}", what, row, point(carving.survivors[row]));
  };
  if (match.foreign > 0) {
    return failed(expected,
                  fmt::format("{} of {} rows are no voxel of the input", match.foreign,
                              carving.survivors.count),
                  example("first:", *match.first_foreign));
  }
  if (match.repeated > 0) {
    return failed(expected, fmt::format("{} rows occur a second time", match.repeated),
                  example("first:", *match.first_repeated));
  }
  if (match.moved > 0) {
    return failed(expected,
                  fmt::format("{} rows differ from the input's in the last digits (a float on the "
                              "way, or arithmetic?)",
                              match.moved),
                  example("first:", *match.first_moved));
  }
  if (carving.changed_pixels > 0) {
    return failed(
        "the caller's silhouette as it was",
        fmt::format("{} of its pixels are others after the call", grouped(carving.changed_pixels)),
        "A cv::Mat is a handle: a copy of it has the same pixels. clone() copies them.");
  }
  if (auto finding = blocked_when_degenerate(carving, expected)) return *finding;
  return passed(expected, fmt::format("{} rows, all from the input", carving.survivors.count));
}

}  // namespace

CaseFinding judge_survivors(const CaseView& view) { return survivors_of(examine(view)); }

CaseFinding judge_outside(const CaseView& view) {
  const Carving carving = examine(view);
  if (carving.outside.count == 0) {
    throw std::logic_error("no voxel of this case is clearly outside the image");
  }
  return outside_of(carving);
}

CaseFinding judge_untouched(const CaseView& view) { return untouched_of(examine(view)); }

CaseFinding judge_carve(const CaseView& view) {
  const Carving carving = examine(view);
  CaseFinding finding = survivors_of(carving);
  if (finding.verdict == Verdict::kPassed && carving.outside.count > 0) {
    finding = outside_of(carving);
  }
  if (finding.verdict == Verdict::kPassed) finding = untouched_of(carving);
  return finding;
}

}  // namespace pset3::judge::p1
