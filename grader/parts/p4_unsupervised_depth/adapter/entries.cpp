// The functions of p4 behind the pipe. Array names and shapes:
// fixtures/p4_unsupervised_depth/README.md.

#include <torch/torch.h>

#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "grader/parts/p4_unsupervised_depth/adapter/functions.hpp"
#include "grader/run/inside/entries.hpp"
#include "grader/run/inside/tensors.hpp"
#include "starter/common/errors.hpp"
#include "starter/p4_unsupervised_depth/flip.hpp"
#include "starter/p4_unsupervised_depth/sampling.hpp"

namespace pset3::run {
namespace {

using arrays::Arrays;

/// What was kept of one side: all values in one row, and how many each draw gave. Its shape is that
/// of the first draw that is not shaped as what was given.
void append_draws(const std::vector<torch::Tensor>& draws, const torch::Tensor& given,
                  const std::string& name, Arrays& outputs) {
  std::vector<torch::Tensor> rows;
  std::vector<std::int64_t> sizes;
  const torch::Tensor* odd = &given;
  for (const torch::Tensor& draw : draws) {
    rows.push_back(draw.flatten());
    sizes.push_back(draw.numel());
    if (odd == &given && draw.sizes() != given.sizes()) odd = &draw;
  }
  append_output(torch::cat(rows), name, outputs);
  outputs[name + "_shape"] = arrays::Array::of(odd->sizes().vec());
  outputs[name + "_sizes"] = arrays::Array::of(sizes);
}

/// Which of some tensors were written into since they were made. Writing and putting back counts:
/// autograd then refuses to go back through them.
arrays::Array written_into(const std::vector<torch::Tensor>& tensors) {
  std::vector<std::int64_t> marks;
  for (const torch::Tensor& tensor : tensors) marks.push_back(tensor._version() > 0 ? 1 : 0);
  return arrays::Array::of(marks);
}

/// @returns a copy whose values do not lie one behind the other, as one channel of a picture whose
/// file has them pixel by pixel.
torch::Tensor strided_copy(const torch::Tensor& tensor) {
  return torch::stack({tensor, torch::zeros_like(tensor)}, -1).select(-1, 0);
}

/// @returns a copy that lies in memory column by column.
torch::Tensor copy_by_columns(const torch::Tensor& tensor) {
  return tensor.transpose(-1, -2).clone(torch::MemoryFormat::Contiguous).transpose(-1, -2);
}

/// @returns a copy of a view, which lies in memory in another way from draw to draw.
torch::Tensor copy_for(std::int64_t draw, const torch::Tensor& view) {
  if (draw % 3 == 1) return copy_by_columns(view);
  return draw % 3 == 2 ? strided_copy(view) : view.clone();
}

/// Flips the pair again and again, and keeps what comes of it each time. Each draw gets a copy: who
/// writes into it does not spoil the next one.
Arrays random_flip(const Arrays& inputs) {
  const stereo::StereoPair given = {input(inputs, "left"), input(inputs, "right")};
  stereo::StereoPair after = given;
  stereo::StereoRandomFlip flip(
      stereo::Coin(real(inputs, "probability"), static_cast<std::uint64_t>(whole(inputs, "seed"))));
  std::vector<torch::Tensor> lefts;
  std::vector<torch::Tensor> rights;
  std::vector<torch::Tensor> written = {given.left.clone(), given.right.clone()};
  for (std::int64_t draw = 0; draw < whole(inputs, "draws"); ++draw) {
    const stereo::StereoPair pair = {copy_for(draw, given.left), copy_for(draw, given.right)};
    const stereo::StereoPair flipped = flip(pair);
    lefts.push_back(flipped.left.clone());
    rights.push_back(flipped.right.clone());
    if (!pair.left.equal(given.left)) after.left = pair.left;
    if (!pair.right.equal(given.right)) after.right = pair.right;
    if (pair.left._version() > 0) written[0] = pair.left;
    if (pair.right._version() > 0) written[1] = pair.right;
  }
  Arrays outputs = {{"left_after", array_of(after.left)},
                    {"right_after", array_of(after.right)},
                    {"written_into", written_into(written)}};
  append_draws(lefts, given.left, "lefts", outputs);
  append_draws(rights, given.right, "rights", outputs);
  return outputs;
}

/// Flips twice, with a coin that shows nothing but heads.
Arrays flip_twice(const Arrays& inputs) {
  stereo::StereoRandomFlip flip(stereo::Coin(1.0));
  const stereo::StereoPair once = flip({input(inputs, "left"), input(inputs, "right")});
  const torch::Tensor left_once = once.left.clone();
  const stereo::StereoPair twice = flip(once);
  Arrays outputs;
  append_output(left_once, "left_once", outputs);
  append_output(twice.left, "left", outputs);
  append_output(twice.right, "right", outputs);
  return outputs;
}

/// What came of a pair alone, as if it had come of a batch of one.
void restore_batch(const std::string& side, Arrays& outputs) {
  const auto after = outputs.find(side + "_after");
  if (after != outputs.end()) after->second = array_of(tensor_of(after->second).unsqueeze(0));
  for (const std::string& name : {side + "s_shape", side + "_shape"}) {
    const auto shape = outputs.find(name);
    if (shape == outputs.end()) continue;
    shape->second =
        array_of(torch::cat({torch::ones({1}, torch::kLong), tensor_of(shape->second)}));
  }
}

/// Gives a batch of one pair to the call, or where the flip does not take that, the pair alone: who
/// flips only one of the two can do so as often as the coin says all the same.
Arrays of_either_form(Call call, const Arrays& inputs) {
  try {
    return call(inputs);
  } catch (const NotImplemented&) {
    throw;
  } catch (const std::exception&) {
    Arrays alone = inputs;
    for (const char* side : {"left", "right"}) {
      alone[side] = array_of(input(inputs, side).squeeze(0));
    }
    Arrays outputs = call(alone);
    for (const char* side : {"left", "right"}) restore_batch(side, outputs);
    return outputs;
  }
}

Arrays random_flip_of_either_form(const Arrays& inputs) {
  return of_either_form(random_flip, inputs);
}

Arrays flip_twice_of_either_form(const Arrays& inputs) {
  return of_either_form(flip_twice, inputs);
}

/// The values of an array of whole numbers.
std::vector<std::int64_t> values_of(const Arrays& inputs, const std::string& name) {
  const arrays::Array& array = arrays::get(inputs, name);
  return {array.data<std::int64_t>(), array.data<std::int64_t>() + array.element_count()};
}

using Sampler = std::function<torch::Tensor(const torch::Tensor&, const torch::Tensor&)>;

/// @returns a disparity as the network gives it: one of the two channels of a tensor, so that its
/// values do not lie one behind the other.
torch::Tensor as_from_the_network(const torch::Tensor& disparity) {
  return torch::cat({disparity, torch::zeros_like(disparity)}, 1).narrow(1, 0, 1);
}

/// Calls the function on tensors as the network gives them, and on the caller's own, which lie in
/// one piece, so that contiguous() gives the very same.
Arrays sampled(const Sampler& sampler, const Arrays& inputs) {
  const torch::Tensor image = input(inputs, "image");
  const torch::Tensor disparity = as_from_the_network(input(inputs, "disparity"));
  const torch::Tensor output = sampler(image, disparity);
  const torch::Tensor own_disparity = input(inputs, "disparity");
  sampler(input(inputs, "image"), own_disparity);
  Arrays outputs = {{"image_after", array_of(image)},
                    {"disparity_after", array_of(disparity)},
                    {"own_disparity_after", array_of(own_disparity)},
                    {"written_into", written_into({image, disparity, own_disparity})}};
  append_output(output, "output", outputs);
  return outputs;
}

/// Appends the gradients of Σ weights · output. Neither argument is a leaf, as in training.
/// @param prefix  of the names.
/// @returns the output.
torch::Tensor append_gradients(const Sampler& sampler, const Arrays& inputs,
                               const std::string& prefix, Arrays& outputs) {
  const torch::Tensor image = input(inputs, "image").requires_grad_();
  const torch::Tensor disparity = input(inputs, "disparity").requires_grad_();
  const torch::Tensor weights = input(inputs, "weights");
  const torch::Tensor output = sampler(image * 1.0, as_from_the_network(disparity));
  torch::Tensor weighted;
  if (output.defined() && output.numel() == weights.numel()) {
    weighted = (output.flatten() * weights.flatten()).sum();
  }
  outputs[prefix + "image_gradient"] = array_of(gradient(weighted, image));
  outputs[prefix + "disparity_gradient"] = array_of(gradient(weighted, disparity));
  return output;
}

/// Those of a view, and of the student's own sampler at either sign of the disparity.
Arrays gradients_of_view(const Sampler& view, const Arrays& inputs) {
  const auto minus = [](const torch::Tensor& image, const torch::Tensor& disparity) {
    return stereo::bilinear_sampler(image, -disparity);
  };
  Arrays outputs;
  append_output(append_gradients(view, inputs, "", outputs), "output", outputs);
  append_output(append_gradients(stereo::bilinear_sampler, inputs, "plus_", outputs), "plus",
                outputs);
  append_output(append_gradients(minus, inputs, "minus_", outputs), "minus", outputs);
  return outputs;
}

Arrays bilinear_sampler(const Arrays& inputs) { return sampled(stereo::bilinear_sampler, inputs); }

Arrays generate_image_left(const Arrays& inputs) {
  return sampled(stereo::generate_image_left, inputs);
}

Arrays generate_image_right(const Arrays& inputs) {
  return sampled(stereo::generate_image_right, inputs);
}

/// Calls a function on a picture and a disparity that have nothing to do with the case's, of the
/// shape `before`. Nothing of that call may stay.
void call_before(const Sampler& sampler, const Arrays& inputs) {
  constexpr double kDisparity = 0.125;  // the judge recognises it
  std::vector<std::int64_t> shape = values_of(inputs, "before");
  const torch::Tensor image = torch::rand(shape);
  shape[1] = 1;
  sampler(image, torch::full(shape, kDisparity));
}

/// A sampler is used at several scales and for many pictures.
Arrays sampler_after_another_call(const Arrays& inputs) {
  call_before(stereo::bilinear_sampler, inputs);
  return bilinear_sampler(inputs);
}

/// Samples once more before anybody goes back, as a loss of two views does.
torch::Tensor sampled_before_another(const torch::Tensor& image, const torch::Tensor& disparity) {
  const torch::Tensor output = stereo::bilinear_sampler(image, disparity);
  stereo::bilinear_sampler(image.flip(-1), -disparity);
  return output;
}

/// Whether the gradient to the disparity is a number where the places are pixels. The slope changes
/// there, and either side's is right. A sampler that nobody can go back through is judged
/// elsewhere.
bool is_finite_on_pixels(const Arrays& inputs) try {
  const torch::Tensor image = input(inputs, "image");
  const torch::Tensor zero = torch::zeros_like(input(inputs, "disparity"));
  for (const double pixels : {0.0, 1.0}) {
    const torch::Tensor disparity =
        (zero + pixels / static_cast<double>(image.size(3))).requires_grad_();
    const torch::Tensor output = stereo::bilinear_sampler(image, disparity);
    const torch::Tensor sum = output.defined() ? output.sum() : output;
    if (!gradient(sum, disparity).isfinite().all().item<bool>()) return false;
  }
  return true;
} catch (const c10::Error&) {
  return true;
}

Arrays sampler_gradients(const Arrays& inputs) {
  Arrays outputs;
  append_gradients(sampled_before_another, inputs, "", outputs);
  outputs["finite_on_pixels"] =
      arrays::Array::scalar<std::int64_t>(is_finite_on_pixels(inputs) ? 1 : 0);
  return outputs;
}

Arrays left_gradients(const Arrays& inputs) {
  return gradients_of_view(stereo::generate_image_left, inputs);
}

Arrays right_gradients(const Arrays& inputs) {
  return gradients_of_view(stereo::generate_image_right, inputs);
}

/// The view that is not asked about: nothing where it cannot be had.
torch::Tensor other_view(const Sampler& view, const torch::Tensor& image,
                         const torch::Tensor& disparity) {
  try {
    return view(image, disparity);
  } catch (const std::exception&) {
    return {};
  }
}

/// Whether the student's own sampler takes these; one that is not written yet is asked all the
/// same.
bool takes(const torch::Tensor& image, const torch::Tensor& disparity) {
  try {
    stereo::bilinear_sampler(image.clone(), disparity.clone());
  } catch (const NotImplemented&) {
    return true;
  } catch (const std::exception&) {
    return false;
  }
  return true;
}

/// A call before, whatever comes of it: sizes that the student's sampler does not take cost in (b).
void other_call(const Sampler& view, const Arrays& inputs) {
  try {
    call_before(view, inputs);
  } catch (const std::exception&) {
  }
}

/// What the generated views are by the student's own sampler, so that a mistake there costs once;
/// nothing where that sampler throws. Each call gets a copy: whether it changes that is judged
/// elsewhere.
Arrays by_own_sampler(const Arrays& inputs, bool is_left) {
  torch::Tensor image = input(inputs, "image");
  torch::Tensor disparity = input(inputs, "disparity");
  // Who takes one image alone is asked for one.
  const std::int64_t images = takes(image, disparity) ? image.size(0) : 1;
  image = image.narrow(0, 0, images);
  disparity = disparity.narrow(0, 0, images);
  const Sampler asked = is_left ? stereo::generate_image_left : stereo::generate_image_right;
  const Sampler other = is_left ? stereo::generate_image_right : stereo::generate_image_left;
  Arrays outputs;
  if (!takes(image, disparity)) {
    for (const char* name : {"left", "right", "plus", "minus"}) append_output({}, name, outputs);
    return outputs;
  }
  other_call(asked, inputs);
  append_output(asked(image.clone(), disparity.clone()), is_left ? "left" : "right", outputs);
  append_output(other_view(other, image.clone(), disparity.clone()), is_left ? "right" : "left",
                outputs);
  append_output(stereo::bilinear_sampler(image.clone(), disparity.clone()), "plus", outputs);
  append_output(stereo::bilinear_sampler(image.clone(), -disparity), "minus", outputs);
  return outputs;
}

Arrays left_by_own_sampler(const Arrays& inputs) { return by_own_sampler(inputs, true); }
Arrays right_by_own_sampler(const Arrays& inputs) { return by_own_sampler(inputs, false); }

}  // namespace

const std::vector<Entry>& entries() {
  static const std::vector<Entry> kEntries = [] {
    seed_process();
    std::vector<Entry> all = {
        {"random_flip", random_flip},
        {"random_flip_of_either_form", random_flip_of_either_form},
        {"flip_twice", flip_twice},
        {"flip_twice_of_either_form", flip_twice_of_either_form},
        {"bilinear_sampler", bilinear_sampler},
        {"sampler_after_another_call", sampler_after_another_call},
        {"sampler_gradients", sampler_gradients},
        {"generate_image_left", generate_image_left},
        {"generate_image_right", generate_image_right},
        {"left_gradients", left_gradients},
        {"right_gradients", right_gradients},
        {"left_by_own_sampler", left_by_own_sampler},
        {"right_by_own_sampler", right_by_own_sampler},
    };
    const std::vector<Entry> refusals = adapter::p4::refusal_entries();
    all.insert(all.end(), refusals.begin(), refusals.end());
    return all;
  }();
  return kEntries;
}

}  // namespace pset3::run
