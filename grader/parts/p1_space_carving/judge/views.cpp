#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/judge/sketching.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/projection.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {
namespace {

/// What the student's carve keeps with each view alone.
struct Alone {
  std::vector<std::uint32_t> views_that_keep;  ///< a voxel
  std::vector<std::int64_t> counts;            ///< rows a view
  std::size_t foreign = 0;
  std::size_t repeated = 0;
};

std::string text(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

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

Alone examine(const RowIndex& index, const std::vector<Rows>& parts) {
  Alone alone;
  alone.views_that_keep.assign(index.size(), 0);
  for (const Rows& part : parts) {
    const RowMatch matched = match(index, part);
    for (std::size_t i = 0; i < index.size(); ++i) {
      alone.views_that_keep[i] += matched.has(i) ? 1 : 0;
    }
    alone.counts.push_back(static_cast<std::int64_t>(part.count));
    alone.foreign += matched.foreign;
    alone.repeated += matched.repeated;
  }
  return alone;
}

/// A carve that keeps nothing or removes nothing with every view where a right one does neither
/// cannot show whether views are combined.
std::optional<std::string> degenerate(const CaseView& view, const Alone& alone,
                                      std::size_t voxels) {
  const auto total = static_cast<std::int64_t>(voxels);
  const arrays::Array& reference = get(view.expected, "alone_counts");
  bool any = false;
  for (std::size_t v = 0; v < alone.counts.size() && v < reference.element_count(); ++v) {
    const std::int64_t right = reference.data<std::int64_t>()[v];
    if (right == 0 || right == total) continue;
    if (alone.counts[v] > 0 && alone.counts[v] < total) return std::nullopt;
    any = true;
  }
  if (!any) return std::nullopt;
  return "each view alone makes carve keep nothing or remove nothing";
}

std::optional<CaseFinding> blocked_by_carve(const CaseView& view, const Alone& alone,
                                            std::size_t voxels, const std::string& expected) {
  if (alone.foreign + alone.repeated > 0) {
    return blocked(
        "p1.b.untouched", expected,
        fmt::format("carve with one view returns {} rows that are no voxels and {} twice",
                    text(alone.foreign), text(alone.repeated)));
  }
  if (const auto reason = degenerate(view, alone, voxels)) {
    return blocked("p1.b.survivors", expected, *reason);
  }
  return std::nullopt;
}

CaseFinding compare(const Alone& alone, const RowMatch& matched, Rows voxels, std::size_t views) {
  std::size_t common = 0;
  std::size_t missing = 0;
  std::size_t surplus = 0;
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < voxels.count; ++i) {
    const bool in_all = alone.views_that_keep[i] == views;
    common += in_all ? 1 : 0;
    if (in_all == matched.has(i)) continue;
    ++(in_all ? missing : surplus);
    if (!first) first = i;
  }
  const std::string expected =
      fmt::format("the {} voxels that each of the {} views keeps on its own", text(common), views);
  if (!first && matched.foreign + matched.repeated == 0) return passed(expected, "just these");
  const std::string got =
      fmt::format("{} of them missing, {} others, {} rows that are no voxels, {} twice",
                  text(missing), text(surplus), text(matched.foreign), text(matched.repeated));
  if (!first) return failed(expected, got);
  return failed(expected, got,
                fmt::format("first: row {} {}, kept by {} of {} views alone and {} by all in turn",
                            *first, point(voxels[*first]), alone.views_that_keep[*first], views,
                            matched.has(*first) ? "kept" : "carved"));
}

}  // namespace

CaseFinding judge_all_views(const CaseView& view) {
  const std::size_t views = view_count(view.inputs);
  const Rows voxels = rows_of(get(view.inputs, "voxels"));
  const std::string expected = "the voxels that each view keeps on its own";
  const auto parts = split(view.outputs, views);
  if (!parts) return failed(expected, "alone_counts does not add up to the rows of alone");
  const RowIndex index(voxels);
  const Alone alone = examine(index, *parts);
  if (auto finding = blocked_by_carve(view, alone, voxels.count, expected)) return *finding;
  return compare(alone, match(index, rows_of(get(view.outputs, "survivors"))), voxels, views);
}

Sketch sketch_all_views(const CaseView& view) {
  const std::size_t views = view_count(view.inputs);
  const Rows voxels = rows_of(get(view.inputs, "voxels"));
  const auto parts = split(view.outputs, views);
  if (!parts) return {-1.0};
  const RowIndex index(voxels);
  const Alone alone = examine(index, *parts);
  const RowMatch matched = match(index, rows_of(get(view.outputs, "survivors")));
  PatternHash pattern;
  for (std::size_t i = 0; i < voxels.count; ++i) {
    bool clear = true;
    for (std::size_t v = 0; v < views && clear; ++v) {
      const SilhouetteView single = view_among(view.inputs, v);
      clear = fate_of(single, project(single, voxels[i])) != Fate::kUnclear;
    }
    if (!clear) continue;
    pattern.add(3 * i + (matched.has(i) ? 2 : 0) + (alone.views_that_keep[i] == views ? 1 : 0));
  }
  Sketch sketch = {matched.foreign > 0 ? 1.0 : 0.0, matched.repeated > 0 ? 1.0 : 0.0};
  pattern.append_to(sketch);
  return sketch;
}

}  // namespace pset3::judge::p1
