#pragma once

#include <set>
#include <string>

#include "grader/author/release_tree.hpp"
#include "grader/pipeline/cases.hpp"

namespace pset3::author {

/// Gradescope's autograder: setup.sh and run_autograder at its root, the repository without its
/// tests and handouts in pset3/, and the course secret, so that hidden cases are the same for all.
/// For staff alone.
ReleaseTree gradescope_release(const pipeline::Course& course, const std::set<std::string>& parts,
                               const pipeline::Draw& draw);

}  // namespace pset3::author
