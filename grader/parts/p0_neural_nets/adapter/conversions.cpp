#include "grader/parts/p0_neural_nets/adapter/conversions.hpp"

#include <algorithm>

namespace pset3::adapter::p0 {
namespace {

const double* values_in(const Arrays& inputs, const std::string& name) {
  return arrays::get(inputs, name).data<double>();
}

Index size_in(const Arrays& inputs, const std::string& name, std::size_t axis) {
  return arrays::get(inputs, name).shape().at(axis);
}

void put(Arrays& outputs, const std::string& name, bool known, Array array) {
  outputs["own_" + name] = std::move(array);
  outputs["own_" + name + "_known"] = Array::scalar(known);
}

/// @returns what the call gives where it can be compared, else zeros.
Matrix fit_or_zeros(Index rows, Index columns, const std::function<Matrix()>& call, bool& known) {
  try {
    Matrix result = call();
    known = result.rows() == rows && result.cols() == columns && result.allFinite();
    if (known) return result;
  } catch (...) {
    known = false;  // a piece that fails is judged where it is asked for itself
  }
  return Matrix::Zero(rows, columns);
}

}  // namespace

Matrix matrix_in(const Arrays& inputs, const std::string& name) {
  return Eigen::Map<const Matrix>(values_in(inputs, name), size_in(inputs, name, 0),
                                  size_in(inputs, name, 1));
}

RowVector row_in(const Arrays& inputs, const std::string& name) {
  return Eigen::Map<const RowVector>(values_in(inputs, name), size_in(inputs, name, 0));
}

Volume volume_in(const Arrays& inputs, const std::string& name) {
  Volume volume(size_in(inputs, name, 0), size_in(inputs, name, 1), size_in(inputs, name, 2));
  std::copy_n(values_in(inputs, name), volume.size(), volume.data());
  return volume;
}

Filters filters_in(const Arrays& inputs, const std::string& name) {
  Filters filters(size_in(inputs, name, 0), size_in(inputs, name, 1), size_in(inputs, name, 2),
                  size_in(inputs, name, 3));
  std::copy_n(values_in(inputs, name), filters.size(), filters.data());
  return filters;
}

std::int64_t whole_in(const Arrays& inputs, const std::string& name) {
  return arrays::get(inputs, name).item<std::int64_t>();
}

double number_in(const Arrays& inputs, const std::string& name) {
  return arrays::get(inputs, name).item<double>();
}

Array array_of(const Matrix& matrix) {
  return Array::copy_of(matrix.data(), {matrix.rows(), matrix.cols()});
}

Array array_of(const RowVector& row) { return Array::copy_of(row.data(), {row.size()}); }

Array array_of(const Volume& volume) {
  return Array::copy_of(volume.data(),
                        {volume.dimension(0), volume.dimension(1), volume.dimension(2)});
}

Array array_of(const Filters& filters) {
  return Array::copy_of(filters.data(), {filters.dimension(0), filters.dimension(1),
                                         filters.dimension(2), filters.dimension(3)});
}

std::string of_layer(const std::string& name, std::size_t layer) {
  return name + "_" + std::to_string(layer);
}

void put_changed(Arrays& outputs, const Arrays& inputs, const Arrays& after) {
  std::int64_t changed = 0;
  std::int64_t place = 0;
  for (const auto& [name, given] : inputs) {
    ++place;
    const auto found = after.find(name);
    if (changed == 0 && found != after.end() && !(found->second == given)) changed = place;
  }
  outputs["own_changed"] = Array::scalar(changed);
}

void put_own(Arrays& outputs, const std::string& name, Index rows, Index columns,
             const std::function<Matrix()>& call) {
  bool known = false;
  const Matrix result = fit_or_zeros(rows, columns, call, known);
  put(outputs, name, known, array_of(result));
}

void put_own_row(Arrays& outputs, const std::string& name, Index size,
                 const std::function<RowVector()>& call) {
  bool known = false;
  const RowVector result = fit_or_zeros(
      1, size, [&] { return Matrix(call()); }, known);
  put(outputs, name, known, array_of(result));
}

void put_own_number(Arrays& outputs, const std::string& name, const std::function<double()>& call) {
  bool known = false;
  const Matrix result = fit_or_zeros(
      1, 1, [&] { return Matrix(Matrix::Constant(1, 1, call())); }, known);
  put(outputs, name, known, Array::scalar(result(0, 0)));
}

}  // namespace pset3::adapter::p0
