#include <array>
#include <optional>

#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/projection.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"
#include "grader/parts/p1_space_carving/judge/shares.hpp"

namespace pset3::judge::p1 {
namespace {

/// Classes of a voxel by what its pixel and the eight around it show.
constexpr std::size_t kDirections = 6;  // no other label beside it, one side (4), a corner only
constexpr std::size_t kOutsideClasses = 2 * kDirections;
constexpr std::size_t kCornerClass = kOutsideClasses + 8;  // left, right, above, below; near, far
constexpr std::size_t kBehindClass = kCornerClass + 1;
constexpr std::size_t kClasses = kBehindClass + 1;

/// The class of a pixel in the image: on or off the object, and on which side the outline is.
/// Nothing where it is on several sides.
std::optional<std::size_t> inside_class(const SilhouetteView& view, std::int64_t column,
                                        std::int64_t row) {
  static constexpr std::array<std::array<int, 2>, 4> kSides = {{{-1, 0}, {1, 0}, {0, -1}, {0, 1}}};
  const bool on = label_at(view, column, row) == Label::kObject;
  const auto differs = [&](int right, int down) {
    return (label_at(view, column + right, row + down) == Label::kObject) != on;
  };
  std::size_t direction = 0;
  int sides = 0;
  for (std::size_t i = 0; i < kSides.size(); ++i) {
    if (!differs(kSides[i][0], kSides[i][1])) continue;
    direction = i + 1;
    ++sides;
  }
  if (sides > 1) return std::nullopt;
  const bool corner = differs(-1, -1) || differs(-1, 1) || differs(1, -1) || differs(1, 1);
  if (sides == 0 && corner) direction = kDirections - 1;
  return direction + (on ? 0 : kDirections);
}

std::optional<std::size_t> class_of(const SilhouetteView& view, const Pixel& pixel) {
  if (!pixel.in_front) return kBehindClass;
  const auto sharp = sharp_pixel(pixel);
  if (!sharp) return std::nullopt;
  const auto [column, row] = *sharp;
  const bool beside = column < 0 || column >= view.width;
  const bool over = row < 0 || row >= view.height;
  if (beside && over) return kCornerClass;
  if (!beside && !over) return inside_class(view, column, row);
  const std::size_t side = beside ? (column < 0 ? 0 : 1) : (row < 0 ? 2 : 3);
  const bool near = column == -1 || column == view.width || row == -1 || row == view.height;
  return kOutsideClasses + 2 * side + (near ? 0 : 1);
}

/// 0 = none, 1 = some, 2 = all of the rows.
double some_of(std::size_t some, std::size_t rows) {
  return some == 0 ? 0.0 : some < rows ? 1.0 : 2.0;
}

}  // namespace

Sketch sketch_carve(const CaseView& view) {
  const SilhouetteView single = single_view(view.inputs);
  const Rows voxels = rows_of(get(view.inputs, "voxels"));
  const Rows survivors = rows_of(get(view.outputs, "survivors"));
  const RowMatch matched = match(RowIndex(voxels), survivors);
  const Blocks blocks(voxels);
  Shares in_blocks(Blocks::kCount);
  Shares in_classes(kClasses);
  for (std::size_t i = 0; i < voxels.count; ++i) {
    in_blocks.add(blocks.of(voxels[i]), matched.has(i));
    const auto index = class_of(single, project(single, voxels[i]));
    if (index) in_classes.add(*index, matched.has(i));
  }
  Sketch sketch = {
      some_of(survivors.count, voxels.count), some_of(matched.repeated, survivors.count),
      some_of(matched.foreign, survivors.count), some_of(matched.moved, survivors.count),
      get(view.outputs, "changed_pixels").item<std::int64_t>() > 0 ? 1.0 : 0.0};
  append_ends(matched, sketch);
  in_blocks.append_to(sketch);
  in_classes.append_to(sketch);
  return sketch;
}

}  // namespace pset3::judge::p1
