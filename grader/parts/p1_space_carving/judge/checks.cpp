#include "grader/parts/p1_space_carving/judge/checks.hpp"

#include "grader/parts/p1_space_carving/judge/shares.hpp"

namespace pset3::judge::p1 {

Checks checks() {
  return {
      {"p1.grid_side", {judge_grid_side, sketch_grid}},
      {"p1.grid_spacing", {judge_grid_spacing, sketch_grid}},
      {"p1.grid_count", {judge_grid_count, sketch_grid}},
      {"p1.grid_coverage", {judge_grid_coverage, sketch_grid}},
      {"p1.grid", {judge_grid, sketch_grid}},
      {"p1.survivors", {judge_survivors, sketch_carve, kShareTolerance}},
      {"p1.outside", {judge_outside, sketch_carve, kShareTolerance}},
      {"p1.untouched", {judge_untouched, sketch_carve, kShareTolerance}},
      {"p1.carve", {judge_carve, sketch_carve, kShareTolerance}},
      {"p1.all_views", {judge_all_views, sketch_all_views, kShareTolerance}},
      {"p1.default_box", {judge_default_box, sketch_bounds}},
      {"p1.better_box", {judge_better_box, sketch_bounds}},
      {"p1.resolution", {judge_resolution, sketch_bounds}},
      {"p1.bounds", {judge_bounds, sketch_bounds}},
      {"p1.nothing_left", {judge_nothing_left, sketch_nothing_left}},
  };
}

}  // namespace pset3::judge::p1
