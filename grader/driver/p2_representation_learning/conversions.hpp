#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

#include "grader/arrays/array.hpp"
#include "starter/p2_representation_learning/data.hpp"
#include "starter/p2_representation_learning/training.hpp"

/// Arrays as tensors and options, and back.
namespace pset3::driver::p2 {

using arrays::Array;
using arrays::Arrays;
using arrays::DType;
using representation::EpochResult;
using representation::LabelledImages;
using representation::TrainOptions;

/// What comes back keeps its shape, right or wrong. A tensor of a type that arrays do not have
/// (half precision, …) becomes double, which nothing asks for; one that is not defined becomes
/// empty.
Array array_of(const torch::Tensor& tensor);

torch::Tensor input(const Arrays& inputs, const std::string& name);
std::int64_t whole(const Arrays& inputs, const std::string& name);
LabelledImages source_of(const Arrays& inputs);
TrainOptions options_of(const Arrays& inputs);

/// So that two runs give the same bytes.
void seed_everything(const Arrays& inputs);

/// Puts what train() returned as PREFIX"losses" and PREFIX"accuracies".
void append_results(const std::vector<EpochResult>& results, const std::string& prefix,
                    Arrays& outputs);

}  // namespace pset3::driver::p2
