// What p4's functions say of an image and a disparity that do not fit together.

#include <torch/torch.h>

#include <cctype>
#include <exception>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "grader/parts/p4_unsupervised_depth/adapter/functions.hpp"
#include "grader/run/inside/tensors.hpp"
#include "starter/common/errors.hpp"
#include "starter/p4_unsupervised_depth/sampling.hpp"

namespace pset3::adapter::p4 {
namespace {

using arrays::Array;
using arrays::Arrays;
using Sampler = torch::Tensor (*)(const torch::Tensor&, const torch::Tensor&);

/// All whole numbers of a text.
std::set<std::string> numbers_in(const std::string& text) {
  std::set<std::string> numbers;
  std::string digits;
  for (const char letter : text + " ") {
    if (std::isdigit(static_cast<unsigned char>(letter)) != 0) {
      digits += letter;
    } else if (!digits.empty()) {
      numbers.insert(digits);
      digits.clear();
    }
  }
  return numbers;
}

/// Whether a message has B, H and W of both, in whatever form.
bool names_both(const std::string& message, const torch::Tensor& image,
                const torch::Tensor& disparity) {
  const std::set<std::string> numbers = numbers_in(message);
  const auto has = [&](const torch::Tensor& tensor) {
    return numbers.count(std::to_string(tensor.size(0))) != 0 &&
           numbers.count(std::to_string(tensor.size(2))) != 0 &&
           numbers.count(std::to_string(tensor.size(3))) != 0;
  };
  return has(image) && has(disparity);
}

/// @returns 0 = the function returned, 1 = it threw std::invalid_argument that names both shapes,
///          2 = one that does not, 3 = it threw something else.
std::int64_t answer_of(Sampler sampler, const torch::Tensor& image,
                       const torch::Tensor& disparity) {
  try {
    sampler(image.clone(), disparity.clone());
  } catch (const NotImplemented&) {
    throw;
  } catch (const std::invalid_argument& error) {
    return names_both(error.what(), image, disparity) ? 1 : 2;
  } catch (const std::exception&) {
    return 3;
  }
  return 0;
}

/// @returns an answer a row of `image_shapes` and `disparity_shapes`.
std::vector<std::int64_t> answers_of(Sampler sampler, const Arrays& inputs) {
  const torch::Tensor images = run::input(inputs, "image_shapes");
  const torch::Tensor disparities = run::input(inputs, "disparity_shapes");
  const auto noise_of = [](const torch::Tensor& shape) {
    const auto* sizes = shape.data_ptr<std::int64_t>();
    return torch::rand({sizes, sizes + shape.numel()});
  };
  std::vector<std::int64_t> answers;
  for (std::int64_t i = 0; i < images.size(0); ++i) {
    answers.push_back(answer_of(sampler, noise_of(images[i]), 0.2 * noise_of(disparities[i])));
  }
  return answers;
}

/// Whether a function makes something of an image and a disparity that fit: who refuses all, or
/// gives back what was given, refuses nothing that does not fit.
/// @throws NotImplemented that a stub throws
bool takes_what_fits(Sampler sampler) {
  const torch::Tensor image = torch::rand({2, 3, 6, 9});
  const torch::Tensor disparity = torch::full({2, 1, 6, 9}, 0.2);
  try {
    const torch::Tensor output = sampler(image.clone(), disparity);
    if (!output.defined() || output.dim() != 4) return true;
    const bool varies = !output.eq(output.narrow(3, 0, 1)).all().item<bool>();
    return varies && !output.equal(image);
  } catch (const std::invalid_argument&) {
    return false;
  } catch (const NotImplemented&) {
    throw;
  } catch (const std::exception&) {
    return true;
  }
}

Arrays sampler_refusals(const Arrays& inputs) {
  const bool takes = takes_what_fits(stereo::bilinear_sampler);
  return {{"answers", Array::of(answers_of(stereo::bilinear_sampler, inputs))},
          {"takes", Array::of(std::vector<std::int64_t>{takes ? 1 : 0})}};
}

/// Also what the student's own sampler says: where that takes a pair, its views may.
Arrays view_refusals(const Arrays& inputs) {
  Arrays outputs;
  const bool left = takes_what_fits(stereo::generate_image_left);
  const bool right = takes_what_fits(stereo::generate_image_right);
  outputs["takes"] = Array::of(std::vector<std::int64_t>{left ? 1 : 0, right ? 1 : 0});
  outputs["left"] = Array::of(answers_of(stereo::generate_image_left, inputs));
  outputs["right"] = Array::of(answers_of(stereo::generate_image_right, inputs));
  outputs["answers"] = Array::of(answers_of(stereo::bilinear_sampler, inputs));
  return outputs;
}

}  // namespace

std::vector<run::Entry> refusal_entries() {
  return {{"sampler_refusals", sampler_refusals}, {"view_refusals", view_refusals}};
}

}  // namespace pset3::adapter::p4
