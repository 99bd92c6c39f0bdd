#pragma once

#include <string>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/run/inside/tensors.hpp"
#include "starter/p3_supervised_depth/data.hpp"
#include "starter/p3_supervised_depth/given/encoder.hpp"

/// The entries of p3. Array names and shapes: fixtures/p3_supervised_depth/README.md.
namespace pset3::adapter::p3 {

using arrays::Array;
using arrays::Arrays;

/// Question (a).
Arrays split(const Arrays& inputs);
Arrays dataset_range(const Arrays& inputs);
Arrays dataset_refusals(const Arrays& inputs);
Arrays dataset_items(const Arrays& inputs);

/// Question (b).
Arrays model_pieces(const Arrays& inputs);
Arrays forward(const Arrays& inputs);
Arrays forward_sizes(const Arrays& inputs);
Arrays model_gradients(const Arrays& inputs);

/// Question (c), and the loss of (d).
Arrays depth_loss(const Arrays& inputs);
Arrays net_loss(const Arrays& inputs);

/// Question (d).
Arrays train_step(const Arrays& inputs);
Arrays evaluate(const Arrays& inputs);
Arrays learn(const Arrays& inputs);

/// Question (e).
Arrays pretrain(const Arrays& inputs);
Arrays compare_pretraining(const Arrays& inputs);
Arrays vary_comparison(const Arrays& inputs);

/// What tensors hold now, without gradients.
std::vector<torch::Tensor> copies(const std::vector<torch::Tensor>& tensors);

/// The pictures of a case.
depth::RgbdImages pictures_of(const Arrays& inputs);

/// "encoder" (7): width, growth, layers in each of the four blocks, bottleneck.
depth::EncoderOptions encoder_options(const Arrays& inputs);

}  // namespace pset3::adapter::p3
