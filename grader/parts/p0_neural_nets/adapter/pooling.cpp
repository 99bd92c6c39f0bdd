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

/// Ones, height and width exchanged: as many numbers in another shape.
Volume turned(const Volume& volume) {
  Volume ones(volume.dimension(1), volume.dimension(0), volume.dimension(2));
  ones.setConstant(1.0);
  return ones;
}

/// In some cases other volumes are pooled first: what is kept of them shows.
Arrays pooled(const char* name, Pool pool, const Arrays& inputs) {
  const Volume input = volume_in(inputs, "input");
  const PoolingOptions options = pooling_options_in(inputs);
  Arrays outputs;
  const bool misled = put_own_shape(outputs, sliding_of(input, options));
  outputs[name] = array_of(volume_or_empty(misled, [&] {
    if (inputs.count("earlier") > 0) {
      pool(turned(input), options);
      pool(-input, options);
    }
    return pool(input, options);
  }));
  put_changed(outputs, inputs, {{"input", array_of(input)}});
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
  const Volume output_gradient = volume_in(inputs, "output_gradient");
  outputs["input_gradient"] = array_of(volume_or_empty(misled, [&] {
    if (inputs.count("earlier") > 0) {
      neural_nets::max_pool_backward(turned(input), options, turned(output_gradient));
      neural_nets::max_pool_backward(-input, options, output_gradient);
    }
    return neural_nets::max_pool_backward(input, options, output_gradient);
  }));
  put_changed(outputs, inputs,
              {{"input", array_of(input)}, {"output_gradient", array_of(output_gradient)}});
  return outputs;
}

Arrays flatten(const Arrays& inputs) {
  const Volume input = volume_in(inputs, "input");
  Arrays outputs = {{"flat", array_of(neural_nets::flatten(input))}};
  put_changed(outputs, inputs, {{"input", array_of(input)}});
  return outputs;
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
