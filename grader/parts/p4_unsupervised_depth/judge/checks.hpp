#pragma once

#include <vector>

#include "grader/judge/checks.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/sampling.hpp"

namespace pset3::judge::p4 {

/// The judging functions of p4 by the names that its rubric uses.
Checks checks();

/// (a) what a flip makes of a pair, how often it is done, twice of it, and what it leaves alone.
CaseFinding judge_flipped_views(const CaseView& view);
CaseFinding judge_flip_share(const CaseView& view);
CaseFinding judge_flipped_twice(const CaseView& view);
CaseFinding judge_pair_unchanged(const CaseView& view);

/// (b) the sampler: values, gradients, arguments. A mistake in how it reads places costs in the
/// check that is about that; the others take the readings that they are not about.
CaseFinding judge_samples(const CaseView& view, const std::vector<Reading>& readings);
CaseFinding judge_image_gradient(const CaseView& view, const std::vector<Reading>& readings);
CaseFinding judge_disparity_gradient(const CaseView& view, const std::vector<Reading>& readings);
CaseFinding judge_arguments_unchanged(const CaseView& view);

/// Shapes that do not fit together, asked of the sampler and of the views. A view may take what the
/// student's own sampler takes.
CaseFinding judge_refusals(const CaseView& view);
CaseFinding judge_view_refusals(const CaseView& view);

/// (c) the views: by the student's own sampler or as they are to be, on a scene whose geometry is
/// known, and their gradients: those of the student's own sampler where the values are its own, of
/// the right view where that came out, and any of another one.
CaseFinding judge_left_by_own_sampler(const CaseView& view);
CaseFinding judge_right_by_own_sampler(const CaseView& view);
CaseFinding judge_left_scene(const CaseView& view);
CaseFinding judge_right_scene(const CaseView& view);
CaseFinding judge_view_gradients(const CaseView& view);

/// What known mistakes are recognised by. Of samples, the guess that explains them, the same on
/// either grid; where none does, the values that lie inside of the picture with either sign:
/// whatever is done at the border, the same mistake looks the same. Of views,
/// which of the student's own samples they are: the sign is seen through any sampler; where they
/// are none of them, a guess as above. Of gradients, by which reading they came about, and by what
/// they are too large; of a view's, of which samples they are the gradients.
Sketch sketch_samples(const CaseView& view);
Sketch sketch_views(const CaseView& view);
Sketch sketch_gradients(const CaseView& view);
Sketch sketch_view_gradients(const CaseView& view);
Sketch sketch_refusals(const CaseView& view);

}  // namespace pset3::judge::p4
