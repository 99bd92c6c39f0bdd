#pragma once

#include "grader/judge/checks.hpp"

namespace pset3::judge::p1 {

/// The judging functions of p1 by the names that its rubric uses.
Checks checks();

/// (a) form_initial_voxels: side, spacing, count, coverage, and all of them on one case.
CaseFinding judge_grid_side(const CaseView& view);
CaseFinding judge_grid_spacing(const CaseView& view);
CaseFinding judge_grid_count(const CaseView& view);
CaseFinding judge_grid_coverage(const CaseView& view);
CaseFinding judge_grid(const CaseView& view);
Sketch sketch_grid(const CaseView& view);

/// (b) carve: who stays, who lies outside the image, that rows are left as they are, and all.
CaseFinding judge_survivors(const CaseView& view);
CaseFinding judge_outside(const CaseView& view);
CaseFinding judge_untouched(const CaseView& view);
CaseFinding judge_carve(const CaseView& view);
Sketch sketch_carve(const CaseView& view);

/// (c) carve_all: one view after the other against each view alone.
CaseFinding judge_all_views(const CaseView& view);
Sketch sketch_all_views(const CaseView& view);

/// (d) get_voxel_bounds: the given default box, the better box, the resolution, and all.
CaseFinding judge_default_box(const CaseView& view);
CaseFinding judge_better_box(const CaseView& view);
CaseFinding judge_resolution(const CaseView& view);
CaseFinding judge_bounds(const CaseView& view);
Sketch sketch_bounds(const CaseView& view);
/// (d) get_voxel_bounds_of_nothing: std::runtime_error when the quick carve leaves nothing.
CaseFinding judge_nothing_left(const CaseView& view);
Sketch sketch_nothing_left(const CaseView& view);

}  // namespace pset3::judge::p1
