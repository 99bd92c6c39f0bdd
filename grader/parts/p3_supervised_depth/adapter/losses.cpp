#include "starter/p3_supervised_depth/losses.hpp"

#include <vector>

#include "grader/parts/p3_supervised_depth/adapter/functions.hpp"
#include "starter/p3_supervised_depth/training.hpp"

namespace pset3::adapter::p3 {
namespace {

/// Whether somebody wrote into a tensor that was an input, past LibTorch's bookkeeping too.
bool is_written(const torch::Tensor& tensor, const Arrays& inputs, const std::string& name) {
  return tensor._version() > 0 || !tensor.equal(run::input(inputs, name));
}

}  // namespace

Arrays depth_loss(const Arrays& inputs) {
  const torch::Tensor predicted = run::input(inputs, "predicted").requires_grad_();
  const torch::Tensor weights = run::input(inputs, "weights");
  const torch::Tensor truth = run::input(inputs, "truth");
  const torch::Tensor output = depth::depth_loss(predicted, truth);
  const bool written =
      is_written(predicted, inputs, "predicted") || is_written(truth, inputs, "truth");
  torch::Tensor weighted;
  if (output.defined() && output.numel() == weights.numel()) {
    weighted = (output.flatten() * weights.flatten()).sum();
  }
  Arrays outputs = {{"gradient", run::array_of(run::gradient(weighted, predicted))},
                    {"maps_written", Array::scalar(written)}};
  run::append_output(output, "output", outputs);
  return outputs;
}

Arrays net_loss(const Arrays& inputs) {
  const torch::Tensor predicted = run::input(inputs, "predicted").requires_grad_();
  const torch::Tensor truth = run::input(inputs, "truth");
  const depth::LossTerms terms = depth::net_loss(predicted, truth);
  Arrays outputs;
  std::vector<std::int64_t> sizes;
  const auto append = [&](const std::string& name, const torch::Tensor& term) {
    sizes.push_back(term.defined() ? term.numel() : 0);
    outputs[name] = Array::scalar(sizes.back() == 1 ? term.item().toDouble() : 0.0);
  };
  append("ssim", terms.ssim);
  append("gradients", terms.gradients);
  append("l1", terms.l1);
  append("net", terms.net);
  outputs["term_sizes"] = Array::of(sizes);
  outputs["maps_written"] = Array::scalar(is_written(predicted, inputs, "predicted") ||
                                          is_written(truth, inputs, "truth"));
  const torch::Tensor own = depth::depth_loss(predicted, run::input(inputs, "truth")).mean();
  outputs["own_depth_loss"] = Array::scalar(own.item().toDouble());
  // What each of the student's own terms, and depth_loss, say of the prediction.
  const auto append_gradient = [&](const std::string& name, const torch::Tensor& term) {
    const bool one = term.defined() && term.numel() == 1;
    outputs[name] = run::array_of(run::gradient(one ? term.sum() : torch::Tensor(), predicted));
  };
  append_gradient("gradient", terms.net);
  append_gradient("ssim_gradient", terms.ssim);
  append_gradient("l1_gradient", terms.l1);
  append_gradient("own_depth_loss_gradient", own);
  return outputs;
}

}  // namespace pset3::adapter::p3
