#pragma once

#include <vector>

#include "grader/driver/inside/entries.hpp"

/// p0's entries, a list a question. Array names and shapes: fixtures/p0_neural_nets/README.md.
namespace pset3::driver::p0 {

std::vector<Entry> perceptron_entries();
std::vector<Entry> activation_entries();
std::vector<Entry> loss_entries();
std::vector<Entry> network_entries();
std::vector<Entry> training_entries();
std::vector<Entry> convolution_entries();
std::vector<Entry> pooling_entries();

}  // namespace pset3::driver::p0
