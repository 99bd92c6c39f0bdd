#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "starter/p0_neural_nets/neural_nets.hpp"

/// The words for arguments that do not fit together. Given.
namespace pset3::neural_nets {

// "(3, 4)" for a matrix, "(4)" for a row or a list, "[5, 6, 3]" for a volume.
std::string shape_of(const Matrix& matrix);
std::string shape_of(const RowVector& row);
std::string shape_of(const std::vector<int>& list);
std::string shape_of(const Volume& volume);
std::string shape_of(const Filters& filters);

/// @returns what to throw: "FUNCTION: expected EXPECTED; got GOT".
std::invalid_argument does_not_fit(const std::string& function, const std::string& expected,
                                   const std::string& got);

/// @returns whether windows of `size` that start every `stride` pixels, one for each pixel of
///          `output`, end exactly at the last row and column of `input` with its padding.
bool windows_cover(const Volume& input, Index size, Index stride, Index padding,
                   const Volume& output);

}  // namespace pset3::neural_nets
