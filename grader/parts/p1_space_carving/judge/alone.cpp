#include "grader/parts/p1_space_carving/judge/alone.hpp"

namespace pset3::judge::p1 {
namespace {

/// @returns the rows of each view, or nothing when the counts do not add up to the rows.
std::optional<std::vector<Rows>> split(const arrays::Arrays& outputs, std::size_t views) {
  const arrays::Array& counts = get(outputs, "alone_counts");
  const Rows all = rows_of(get(outputs, "alone"));
  if (counts.element_count() != views) return std::nullopt;
  std::vector<Rows> parts;
  std::size_t begin = 0;
  for (std::size_t v = 0; v < views; ++v) {
    const std::int64_t count = counts.data<std::int64_t>()[v];
    if (count < 0 || static_cast<std::size_t>(count) > all.count - begin) return std::nullopt;
    parts.push_back({all[begin], static_cast<std::size_t>(count)});
    begin += static_cast<std::size_t>(count);
  }
  if (begin != all.count) return std::nullopt;
  return parts;
}

}  // namespace

std::size_t Alone::keep(std::size_t voxel) const {
  std::size_t count = 0;
  for (const RowMatch& view : views) count += view.has(voxel) ? 1 : 0;
  return count;
}

std::optional<Alone> alone_of(const arrays::Arrays& outputs, const RowIndex& voxels,
                              std::size_t views) {
  const auto parts = split(outputs, views);
  if (!parts) return std::nullopt;
  Alone alone;
  for (const Rows& part : *parts) {
    alone.views.push_back(match(voxels, part));
    alone.foreign += alone.views.back().foreign;
    alone.repeated += alone.views.back().repeated;
  }
  return alone;
}

}  // namespace pset3::judge::p1
