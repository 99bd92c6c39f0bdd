#pragma once

#include <set>
#include <string>

#include "grader/author/release_tree.hpp"
#include "grader/pipeline/course.hpp"

namespace pset3::author {

/// What students get: the starter, the handouts, the grader's sources, the public cases with what
/// they are compared with, and a README in their words. Nothing of it shows an answer, a known
/// mistake or a hidden case, and there are no verbs for TAs and authors.
/// @param parts  short names; empty = all.
/// @throws InputError when fixtures are missing or a solution has no stub.
ReleaseTree student_release(const pipeline::Course& course, const std::set<std::string>& parts);

}  // namespace pset3::author
