#pragma once

#include <optional>

#include "grader/parts/p0_neural_nets/judge/closeness.hpp"

namespace pset3::judge::p0 {

/// @returns what is to be said of a volume whose shape is wrong: blocked where the student's own
/// conv_output_shape is what is wrong, else invalid. Nothing where the shape is right.
std::optional<CaseFinding> shape_trouble(const CaseView& view, const std::string& name,
                                         const Shape& right, const Shape& own_right);

}  // namespace pset3::judge::p0
