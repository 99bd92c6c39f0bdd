// Question (c).

#include "grader/parts/p0_neural_nets/adapter/conversions.hpp"
#include "grader/parts/p0_neural_nets/adapter/functions.hpp"

namespace pset3::adapter::p0 {
namespace {

using LossFunction = neural_nets::Loss (*)(const Matrix&, const Matrix&);

Arrays loss_of(const char* name, LossFunction function, const Arrays& inputs) {
  const Matrix predictions = matrix_in(inputs, "predictions");
  const Matrix targets = matrix_in(inputs, "targets");
  const neural_nets::Loss loss = function(predictions, targets);
  Arrays outputs = {{name, Array::scalar(loss.value)}, {"gradient", array_of(loss.gradient)}};
  put_changed(outputs, inputs,
              {{"predictions", array_of(predictions)}, {"targets", array_of(targets)}});
  return outputs;
}

/// With what the student's own softmax and cross_entropy give on these logits.
Arrays softmax_cross_entropy(const Arrays& inputs) {
  Arrays outputs = loss_of("softmax_cross_entropy", neural_nets::softmax_cross_entropy, inputs);
  const Matrix logits = matrix_in(inputs, "predictions");
  put_own(outputs, "softmax", logits.rows(), logits.cols(),
          [&] { return neural_nets::softmax(logits); });
  put_own_number(outputs, "value", [&] {
    return neural_nets::cross_entropy(neural_nets::softmax(logits), matrix_in(inputs, "targets"))
        .value;
  });
  return outputs;
}

}  // namespace

std::vector<run::Entry> loss_entries() {
  namespace nn = neural_nets;
  return {
      {"squared_error",
       [](const Arrays& in) { return loss_of("squared_error", nn::squared_error, in); }},
      {"binary_cross_entropy",
       [](const Arrays& in) {
         return loss_of("binary_cross_entropy", nn::binary_cross_entropy, in);
       }},
      {"cross_entropy",
       [](const Arrays& in) { return loss_of("cross_entropy", nn::cross_entropy, in); }},
      {"softmax_cross_entropy", softmax_cross_entropy},
  };
}

}  // namespace pset3::adapter::p0
