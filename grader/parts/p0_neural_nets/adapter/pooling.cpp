// Question (f).

#include "grader/parts/p0_neural_nets/adapter/functions.hpp"
#include "grader/parts/p0_neural_nets/adapter/own_shape.hpp"

namespace pset3::adapter::p0 {
namespace {

using neural_nets::PoolingOptions;
using Pool = Volume (*)(const Volume&, const PoolingOptions&);

PoolingOptions pooling_options_in(const Arrays& inputs) {
  return {whole_in(inputs, "size"), whole_in(inputs, "stride")};
}

Sliding sliding_of(const Volume& input, const PoolingOptions& options) {
  return {{input.dimension(0), input.dimension(1), input.dimension(2)},
          options.size,
          input.dimension(2),
          {options.stride, 0}};
}

Arrays pooled(const char* name, Pool pool, const Arrays& inputs) {
  const Volume input = volume_in(inputs, "input");
  const PoolingOptions options = pooling_options_in(inputs);
  Arrays outputs;
  const bool misled = put_own_shape(outputs, sliding_of(input, options));
  outputs[name] = array_of(volume_or_empty(misled, [&] { return pool(input, options); }));
  return outputs;
}

Arrays refusals(Pool pool, const Arrays& inputs) {
  return answers_to(arrays::get(inputs, "geometry"), [&](const std::int64_t* row) {
    Volume input(row[0], row[1], row[2]);
    input.setConstant(1.0);
    pool(input, {row[3], row[5]});
  });
}

Arrays max_pool_backward(const Arrays& inputs) {
  const Volume input = volume_in(inputs, "input");
  const PoolingOptions options = pooling_options_in(inputs);
  Arrays outputs;
  const bool misled = put_own_shape(outputs, sliding_of(input, options));
  outputs["input_gradient"] = array_of(volume_or_empty(misled, [&] {
    return neural_nets::max_pool_backward(input, options, volume_in(inputs, "output_gradient"));
  }));
  return outputs;
}

Arrays flatten(const Arrays& inputs) {
  return {{"flat", array_of(neural_nets::flatten(volume_in(inputs, "input")))}};
}

}  // namespace

std::vector<run::Entry> pooling_entries() {
  namespace nn = neural_nets;
  return {
      {"max_pool", [](const Arrays& in) { return pooled("max_pool", nn::max_pool, in); }},
      {"average_pool",
       [](const Arrays& in) { return pooled("average_pool", nn::average_pool, in); }},
      {"l2_pool", [](const Arrays& in) { return pooled("l2_pool", nn::l2_pool, in); }},
      {"max_pool_refusals", [](const Arrays& in) { return refusals(nn::max_pool, in); }},
      {"average_pool_refusals", [](const Arrays& in) { return refusals(nn::average_pool, in); }},
      {"l2_pool_refusals", [](const Arrays& in) { return refusals(nn::l2_pool, in); }},
      {"max_pool_backward", max_pool_backward},
      {"flatten", flatten},
  };
}

}  // namespace pset3::adapter::p0
