#pragma once

#include <functional>

#include "grader/parts/p0_neural_nets/adapter/conversions.hpp"

namespace pset3::adapter::p0 {

/// How a window slides over a volume; it fits in every case that asks.
struct Sliding {
  neural_nets::VolumeShape input;
  Index window = 1;
  Index out_channels = 1;
  neural_nets::ConvolutionOptions options;
};

/// @returns how many windows begin along an axis of this size.
Index places(Index size, const Sliding& sliding);

/// Puts the student's own conv_output_shape as own_shape I64 (3), zeros where it refuses or throws,
/// and own_shape_known. @returns whether it is known and not what the contract says: what is built
/// on it cannot be judged then.
bool put_own_shape(Arrays& outputs, const Sliding& sliding);

/// @returns what the call gives. Where it throws and the student's own shape is wrong, an empty
/// volume instead, which the judge takes as blocked by that shape. NotImplemented comes through.
Volume volume_or_empty(bool own_shape_is_wrong, const std::function<Volume()>& call);

/// What a function does with windows that do not fit. The judge knows the same numbers.
enum class Answer : std::int64_t { kAccepts = 0, kRefuses = 1, kThrowsAnother = 2, kUnknown = 3 };

/// Calls a function for each row of `geometry`: height, width, channels, filter size, filters,
/// stride, padding. NotImplemented comes through.
/// @returns `answer` I64 (C), and `own_answer` I64 (C): what the student's conv_output_shape does.
Arrays answers_to(const Array& geometry, const std::function<void(const std::int64_t* row)>& call);

}  // namespace pset3::adapter::p0
