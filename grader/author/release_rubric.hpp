#pragma once

#include "grader/author/release_tree.hpp"
#include "grader/pipeline/course.hpp"

namespace pset3::author {

/// Adds what a student's tree has of fixtures/<part>: the rubric with its public checks and cases,
/// their expected arrays, the times, and what known mistakes show in them. Measured thresholds
/// stand in the rubric. Of hidden checks it tells the number and the points.
void add_public_fixtures(ReleaseTree& tree, const pipeline::Course& course,
                         const judge::Rubric& rubric);

}  // namespace pset3::author
