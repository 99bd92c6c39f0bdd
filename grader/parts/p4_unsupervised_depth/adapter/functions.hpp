#pragma once

#include <vector>

#include "grader/run/inside/entries.hpp"

/// p4's entries that are in files of their own. Array names and shapes:
/// fixtures/p4_unsupervised_depth/README.md.
namespace pset3::adapter::p4 {

std::vector<run::Entry> refusal_entries();

}  // namespace pset3::adapter::p4
