#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {
namespace {

template <typename Tensor>
std::string dimensions_of(const Tensor& tensor) {
  std::string text;
  for (const Index size : tensor.dimensions()) {
    text += (text.empty() ? "[" : ", ") + std::to_string(size);
  }
  return text + "]";
}

}  // namespace

std::string shape_of(const Matrix& matrix) {
  return "(" + std::to_string(matrix.rows()) + ", " + std::to_string(matrix.cols()) + ")";
}

std::string shape_of(const RowVector& row) { return "(" + std::to_string(row.size()) + ")"; }

std::string shape_of(const std::vector<int>& list) {
  return "(" + std::to_string(list.size()) + ")";
}

std::string shape_of(const Volume& volume) { return dimensions_of(volume); }

std::string shape_of(const Filters& filters) { return dimensions_of(filters); }

std::invalid_argument does_not_fit(const std::string& function, const std::string& expected,
                                   const std::string& got) {
  return std::invalid_argument(function + ": expected " + expected + "; got " + got);
}

bool windows_cover(const Volume& input, Index size, Index stride, Index padding,
                   const Volume& output) {
  for (const std::size_t axis : {0U, 1U}) {
    const Index end = (output.dimension(axis) - 1) * stride + size;
    if (output.dimension(axis) < 1 || end != input.dimension(axis) + 2 * padding) return false;
  }
  return true;
}

}  // namespace pset3::neural_nets
