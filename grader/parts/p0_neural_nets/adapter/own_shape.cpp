#include "grader/parts/p0_neural_nets/adapter/own_shape.hpp"

namespace pset3::adapter::p0 {
namespace {

Index places(Index size, const Sliding& sliding) {
  return (size - sliding.window + 2 * sliding.options.padding) / sliding.options.stride + 1;
}

}  // namespace

bool put_own_shape(Arrays& outputs, const Sliding& sliding) {
  const std::vector<std::int64_t> right = {places(sliding.input.height, sliding),
                                           places(sliding.input.width, sliding),
                                           sliding.out_channels};
  std::vector<std::int64_t> own = {0, 0, 0};
  bool known = true;
  try {
    const neural_nets::VolumeShape shape = neural_nets::conv_output_shape(
        sliding.input, sliding.window, sliding.out_channels, sliding.options);
    own = {shape.height, shape.width, shape.channels};
  } catch (const NotImplemented&) {
    known = false;
  } catch (...) {
    own = {0, 0, 0};  // it refuses what fits
  }
  outputs["own_shape"] = Array::of(own);
  outputs["own_shape_known"] = Array::scalar(known);
  return known && own != right;
}

Volume volume_or_empty(bool own_shape_is_wrong, const std::function<Volume()>& call) {
  try {
    return call();
  } catch (const NotImplemented&) {
    throw;
  } catch (const std::exception&) {
    if (!own_shape_is_wrong) throw;
    return Volume(0, 0, 0);
  }
}

}  // namespace pset3::adapter::p0
