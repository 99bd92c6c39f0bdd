#pragma once

#include <vector>

#include "grader/driver/inside/entries.hpp"

/// p2's entries, a list a file. Array names and shapes:
/// fixtures/p2_representation_learning/README.md.
namespace pset3::driver::p2 {

std::vector<Entry> data_entries();
std::vector<Entry> model_entries();
std::vector<Entry> recorded_entries();
std::vector<Entry> learning_entries();

}  // namespace pset3::driver::p2
