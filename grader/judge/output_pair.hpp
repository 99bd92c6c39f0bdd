#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"

namespace pset3::judge {

/// One output of one case beside the right one, as numbers of the same shape.
struct OutputPair {
  std::string name;
  arrays::DType dtype = arrays::DType::kF64;
  std::vector<std::int64_t> shape;
  std::vector<std::string> axes;  ///< what an index of each axis is called: "row", "column"
  std::vector<double> got;
  std::vector<double> right;
  double relative = 0.0;  ///< rounding of another order of operations, of a number's size
  double noise = 0.0;     ///< the same of the largest right number: smaller differences say nothing
  const arrays::Arrays* inputs = nullptr;
  const arrays::Arrays* expected = nullptr;

  bool near(double a, double b) const;
  /// Whether a value is what a function made, whatever its scale; never for what is infinite.
  bool is_made(double made, double value) const;
  bool near(const std::vector<double>& a, const std::vector<double>& b) const;
  bool differs() const { return !near(got, right); }
  double largest() const;  ///< magnitude of a right number
};

/// @returns an array's numbers as doubles.
std::vector<double> numbers_of(const arrays::Array& array);

/// @returns the shape that an array has, or that is told beside it: "x_shape" for an "x" that
/// travels flat, with room for more.
std::vector<std::int64_t> shape_of(const std::string& name, const arrays::Array& array,
                                   const arrays::Arrays& arrays);

/// @returns what an index of each axis is called: float arrays are items, channels, rows and
/// columns as LibTorch has them, double ones rows, columns, channels and filters.
std::vector<std::string> axes_of(arrays::DType dtype, std::size_t rank);

/// @returns the floating-point outputs that a case was asked for: not those that begin with "own_",
/// which are the submission's own intermediate results, and none whose shape is not the right one.
std::vector<OutputPair> pairs_of(const arrays::Arrays& inputs, const arrays::Arrays& expected,
                                 const arrays::Arrays& outputs);

/// @returns how many numbers they have together.
std::size_t count_of(const std::vector<OutputPair>& pairs);

}  // namespace pset3::judge
