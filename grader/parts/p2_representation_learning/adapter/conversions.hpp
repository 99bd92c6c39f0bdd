#pragma once

#include <string>
#include <vector>

#include "grader/run/inside/tensors.hpp"
#include "starter/p2_representation_learning/data.hpp"
#include "starter/p2_representation_learning/training.hpp"

/// Arrays as p2's own types, and back.
namespace pset3::adapter::p2 {

using arrays::Array;
using arrays::Arrays;
using arrays::DType;
using representation::EpochResult;
using representation::LabelledImages;
using representation::TrainOptions;

LabelledImages source_of(const Arrays& inputs);
TrainOptions options_of(const Arrays& inputs);

/// Puts what train() returned as PREFIX"losses" and PREFIX"accuracies".
void append_results(const std::vector<EpochResult>& results, const std::string& prefix,
                    Arrays& outputs);

}  // namespace pset3::adapter::p2
