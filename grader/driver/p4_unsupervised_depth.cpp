// The functions of p4 behind the pipe. Array names and shapes:
// fixtures/p4_unsupervised_depth/README.md.

#include <torch/torch.h>

#include <functional>
#include <vector>

#include "grader/driver/inside/entries.hpp"
#include "grader/driver/inside/tensors.hpp"
#include "starter/p4_unsupervised_depth/flip.hpp"
#include "starter/p4_unsupervised_depth/sampling.hpp"

namespace pset3::driver {
namespace {

using arrays::Arrays;

/// Flips the pair again and again, and keeps what comes of it each time.
Arrays random_flip(const Arrays& inputs) {
  const stereo::StereoPair pair = {input(inputs, "left"), input(inputs, "right")};
  stereo::StereoRandomFlip flip(
      stereo::Coin(real(inputs, "probability"), static_cast<std::uint64_t>(whole(inputs, "seed"))));
  std::vector<torch::Tensor> lefts;
  std::vector<torch::Tensor> rights;
  for (std::int64_t draw = 0; draw < whole(inputs, "draws"); ++draw) {
    const stereo::StereoPair flipped = flip(pair);
    lefts.push_back(flipped.left.clone());
    rights.push_back(flipped.right.clone());
  }
  Arrays outputs = {{"left_after", array_of(pair.left)}, {"right_after", array_of(pair.right)}};
  append_output(torch::stack(lefts), "lefts", outputs);
  append_output(torch::stack(rights), "rights", outputs);
  return outputs;
}

/// Flips twice, with a coin that shows nothing but heads.
Arrays flip_twice(const Arrays& inputs) {
  stereo::StereoRandomFlip flip(stereo::Coin(1.0));
  const stereo::StereoPair twice = flip(flip({input(inputs, "left"), input(inputs, "right")}));
  Arrays outputs;
  append_output(twice.left, "left", outputs);
  append_output(twice.right, "right", outputs);
  return outputs;
}

using Sampler = std::function<torch::Tensor(const torch::Tensor&, const torch::Tensor&)>;

/// The gradient of a number to a tensor, zeros where there is none.
torch::Tensor gradient(const torch::Tensor& of, const torch::Tensor& to) {
  if (!of.defined() || !of.requires_grad()) return torch::zeros_like(to);
  const torch::Tensor found = torch::autograd::grad({of}, {to}, {}, true, false, true)[0];
  return found.defined() ? found : torch::zeros_like(to);
}

/// @returns a disparity as the network gives it: one of the two channels of a tensor, so that its
/// values do not lie one behind the other.
torch::Tensor as_from_the_network(const torch::Tensor& disparity) {
  return torch::cat({disparity, torch::zeros_like(disparity)}, 1).narrow(1, 0, 1);
}

/// Calls the function twice: on tensors that are leaves with a gradient, which cannot be changed in
/// place, and before that on plain ones, to see whether it would.
Arrays sampled(const Sampler& sampler, const Arrays& inputs) {
  const torch::Tensor plain_image = input(inputs, "image");
  const torch::Tensor plain_disparity = as_from_the_network(input(inputs, "disparity"));
  const torch::Tensor output = sampler(plain_image, plain_disparity);
  Arrays outputs = {{"image_after", array_of(plain_image)},
                    {"disparity_after", array_of(plain_disparity)}};
  append_output(output, "output", outputs);

  // Neither is a leaf then, as in training.
  const torch::Tensor image = input(inputs, "image").requires_grad_();
  const torch::Tensor disparity = input(inputs, "disparity").requires_grad_();
  const torch::Tensor weights = input(inputs, "weights");
  const torch::Tensor again = sampler(image * 1.0, as_from_the_network(disparity));
  torch::Tensor weighted;
  if (again.defined() && again.numel() == weights.numel()) {
    weighted = (again.flatten() * weights.flatten()).sum();
  }
  outputs["image_gradient"] = array_of(gradient(weighted, image));
  outputs["disparity_gradient"] = array_of(gradient(weighted, disparity));
  return outputs;
}

Arrays bilinear_sampler(const Arrays& inputs) { return sampled(stereo::bilinear_sampler, inputs); }

Arrays generate_image_left(const Arrays& inputs) {
  return sampled(stereo::generate_image_left, inputs);
}

Arrays generate_image_right(const Arrays& inputs) {
  return sampled(stereo::generate_image_right, inputs);
}

/// What the generated views are by the student's own sampler, so that a mistake there costs once.
Arrays own_sampler(const Arrays& inputs) {
  const torch::Tensor image = input(inputs, "image");
  const torch::Tensor disparity = input(inputs, "disparity");
  Arrays outputs;
  // Each call gets a copy: whether it changes that is judged elsewhere.
  append_output(stereo::generate_image_left(image.clone(), disparity.clone()), "left", outputs);
  append_output(stereo::generate_image_right(image.clone(), disparity.clone()), "right", outputs);
  append_output(stereo::bilinear_sampler(image.clone(), disparity.clone()), "plus", outputs);
  append_output(stereo::bilinear_sampler(image.clone(), -disparity), "minus", outputs);
  return outputs;
}

}  // namespace

const std::vector<Entry>& entries() {
  static const std::vector<Entry> kEntries = [] {
    seed_process();
    return std::vector<Entry>{
        {"random_flip", random_flip},
        {"flip_twice", flip_twice},
        {"bilinear_sampler", bilinear_sampler},
        {"generate_image_left", generate_image_left},
        {"generate_image_right", generate_image_right},
        {"own_sampler", own_sampler},
    };
  }();
  return kEntries;
}

}  // namespace pset3::driver
