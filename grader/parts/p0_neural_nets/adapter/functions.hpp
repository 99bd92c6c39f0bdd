#pragma once

#include <vector>

#include "grader/run/inside/entries.hpp"

/// p0's entries, a list a question. Array names and shapes: fixtures/p0_neural_nets/README.md.
namespace pset3::adapter::p0 {

std::vector<run::Entry> perceptron_entries();
std::vector<run::Entry> activation_entries();
std::vector<run::Entry> loss_entries();
std::vector<run::Entry> network_entries();
std::vector<run::Entry> training_entries();
std::vector<run::Entry> convolution_entries();
std::vector<run::Entry> pooling_entries();

}  // namespace pset3::adapter::p0
