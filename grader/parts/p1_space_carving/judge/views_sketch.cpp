#include <algorithm>

#include "grader/parts/p1_space_carving/judge/alone.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/projection.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"
#include "grader/parts/p1_space_carving/judge/shares.hpp"

namespace pset3::judge::p1 {
namespace {

/// @returns 0 when all views alone keep a voxel, 1 + v when all but view v do, the number of views
///          + 1 when two or more do not.
std::size_t class_of(const Alone& alone, std::size_t voxel) {
  const std::size_t views = alone.views.size();
  const std::size_t keep = alone.keep(voxel);
  if (keep == views) return 0;
  if (keep + 1 < views) return views + 1;
  const auto carves = [&](const RowMatch& view) { return !view.has(voxel); };
  const auto one = std::find_if(alone.views.begin(), alone.views.end(), carves);
  return static_cast<std::size_t>(std::distance(alone.views.begin(), one)) + 1;
}

/// Shares of the voxels that a view keeps after all others, by whether it keeps them alone and
/// whether all views do. Nothing where they are the same: then there is nothing to tell.
void append_again(const Alone& alone, const RowMatch& fresh, const RowMatch& again,
                  Sketch& sketch) {
  Shares shares(3);
  bool same = again.foreign + again.repeated == fresh.foreign + fresh.repeated;
  for (std::size_t i = 0; i < fresh.copies.size(); ++i) {
    const bool in_all = alone.keep(i) == alone.views.size();
    shares.add(!fresh.has(i) ? 0 : in_all ? 1 : 2, again.has(i));
    same = same && fresh.has(i) == again.has(i);
  }
  if (same) return;
  sketch.push_back(again.foreign > 0 ? 1.0 : 0.0);
  sketch.push_back(again.repeated > 0 ? 1.0 : 0.0);
  shares.append_to(sketch);
}

}  // namespace

Sketch sketch_all_views(const CaseView& view) {
  const std::size_t views = view_count(view.inputs);
  const Rows voxels = rows_of(get(view.inputs, "voxels"));
  const RowIndex index(voxels);
  const auto alone = alone_of(view.outputs, index, views);
  if (!alone) return {-1.0};
  const RowMatch matched = match(index, rows_of(get(view.outputs, "survivors")));
  const Blocks blocks(voxels);
  Shares in_blocks(Blocks::kCount);
  Shares in_classes(views + 2);
  std::size_t lost = 0;
  for (std::size_t i = 0; i < voxels.count; ++i) {
    const std::size_t kind = class_of(*alone, i);
    in_blocks.add(blocks.of(voxels[i]), matched.has(i));
    in_classes.add(kind, matched.has(i));
    if (kind == 0 && !matched.has(i)) ++lost;
  }
  Sketch sketch = {matched.foreign > 0 ? 1.0 : 0.0, matched.repeated > 0 ? 1.0 : 0.0};
  append_ends(matched, sketch);
  // A few may be one a call; more are told by their shares.
  sketch.push_back(static_cast<double>(std::min(lost, views + 1)));
  in_classes.append_to(sketch);
  in_blocks.append_to(sketch);
  const auto matched_in = [&](const char* name) {
    return match(index, rows_of(get(view.outputs, name)));
  };
  append_again(*alone, alone->views.front(), matched_in("again"), sketch);
  append_again(*alone, matched_in("smaller_alone"), matched_in("smaller"), sketch);
  return sketch;
}

}  // namespace pset3::judge::p1
