#pragma once

#include <vector>

#include "grader/run/inside/entries.hpp"

/// p2's entries, a list a file. Array names and shapes:
/// fixtures/p2_representation_learning/README.md.
namespace pset3::adapter::p2 {

std::vector<run::Entry> data_entries();
std::vector<run::Entry> model_entries();
std::vector<run::Entry> recorded_entries();
std::vector<run::Entry> learning_entries();

}  // namespace pset3::adapter::p2
