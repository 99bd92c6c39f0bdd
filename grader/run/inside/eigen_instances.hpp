#pragma once

// The products, element-by-element formulas and tensor operations that p0's files are full of, once
// each: their templates are instantiated in the precompiled header, and compiled in the object that
// goes with it, so that a submitted file does neither again. Nothing calls these functions.
// Submitted files see them: the namespace's name is a reserved one, so that no student's name meets
// it.

#include <Eigen/Core>
#include <unsupported/Eigen/CXX11/Tensor>

// NOLINTNEXTLINE(bugprone-reserved-identifier)
namespace __pset3_instances {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowVector = Eigen::RowVectorXd;
using Volume = Eigen::Tensor<double, 3, Eigen::RowMajor>;
using Filters = Eigen::Tensor<double, 4, Eigen::RowMajor>;
using Map = Eigen::Map<const Matrix>;
using StridedMap = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;

/// Assigned, and returned.
template <typename Formula>
void take(const Formula& formula, Matrix& c) {
  c = formula;
  c = Matrix(formula);
}

template <typename A, typename B>
void products(const A& a, const B& b, Matrix& c, RowVector& row) {
  take(a * b, c);
  c += a * b;
  c.noalias() = a * b;
  c.noalias() += a * b;
  take(a.transpose() * b, c);
  c += a.transpose() * b;
  take(a * b.transpose(), c);
  c += a * b.transpose();
  c += b.row(0).transpose() * b.row(0);
  row = b.row(0) * a;
  row = b.row(0) * a.transpose();
  row += b.row(0) * a.transpose();
}

inline void matrices(const Matrix& a, const Matrix& b, Matrix& c, RowVector& row) {
  take((a * b).rowwise() + row, c);
  row = a.colwise().sum();
  row = RowVector(a.colwise().sum());
  row = row * a;
  row = row * a.transpose();
  c += row.transpose() * row;
  products(a, b, c, row);
}

/// Formulas of activations and losses.
inline double formulas(const Matrix& a, const Matrix& b, Matrix& c, RowVector& row,
                       Eigen::VectorXd& column) {
  take(a - b, c);
  take(a + b, c);
  take(2.0 * a, c);
  take(a / 2.0, c);
  take((a - b) / 2.0, c);
  take(2.0 * (a - b) / 3.0, c);
  take(-a, c);
  c -= 2.0 * b;
  take(a.cwiseProduct(b), c);
  take(a.cwiseMax(0.0), c);
  take(a.array() * b.array(), c);
  take(a.array() * (1.0 - a.array()), c);
  take(1.0 - a.array().square(), c);
  take(a.array().exp(), c);
  take(a.array().tanh(), c);
  take(1.0 / (1.0 + (-a.array()).exp()), c);
  take((1.0 + (-a.array()).exp()).inverse(), c);
  take((a.array() > 0.0).cast<double>(), c);
  column = a.rowwise().maxCoeff();
  column = a.rowwise().sum();
  column = a.array().exp().rowwise().sum();
  column = a.array().exp().rowwise().sum().log();
  take(a.colwise() - column, c);
  take((a.colwise() - column).array().exp(), c);
  take((a.colwise() - a.rowwise().maxCoeff().eval()).array().exp(), c);
  take(a.array().colwise() / column.array(), c);
  take(a.array().colwise() / a.rowwise().sum().array(), c);
  row = a.colwise().sum();
  row = a.row(0);
  c.row(0) = row;
  return a.sum() + a.mean() + a.squaredNorm() + (a - b).squaredNorm() +
         (a - b).array().square().sum() + (a.array() * b.array().log()).sum() +
         a.cwiseProduct(b).sum() + a.maxCoeff() + row.dot(row) + column.sum() + a(0, 0);
}

/// Rows of a volume seen as matrices.
inline void maps(const StridedMap& windows, const Map& weights, Eigen::Map<Matrix> outputs,
                 Matrix& c, RowVector& row) {
  outputs.noalias() += windows * weights;
  outputs += weights;
  outputs.rowwise() = row;
  outputs.rowwise() += row;
  row = weights.colwise().sum();
  products(windows, weights, c, row);
}

/// Pixels of a volume seen as vectors.
inline void pixels(const Eigen::Map<const RowVector>& pixel, const Map& weights,
                   Eigen::Map<RowVector> output, Eigen::Map<Matrix> outer, RowVector& row) {
  row = pixel * weights.transpose();
  row += pixel * weights.transpose();
  output += pixel * weights.transpose();
  outer += pixel.transpose() * pixel;
}

inline double tensors(const Volume& volume, const Filters& filters) {
  const Eigen::array<std::pair<Eigen::Index, Eigen::Index>, 3> sides = {{{1, 1}, {1, 1}, {0, 0}}};
  const Eigen::array<Eigen::Index, 3> corner = {1, 1, 0};
  Volume padded = volume.pad(sides);
  padded.setZero();
  padded.setConstant(1.0);
  padded.slice(corner, volume.dimensions()) = volume;
  padded.slice(corner, volume.dimensions()) += volume;
  Volume inner = padded.slice(corner, volume.dimensions());
  inner += padded.slice(corner, volume.dimensions());
  inner = volume + inner;
  inner = volume * inner;
  const Filters zero = Filters(filters.dimensions()).setZero();
  const Eigen::Tensor<double, 0, Eigen::RowMajor> sum = inner.sum();
  return sum() + inner(0, 0, 0) + zero(0, 0, 0, 0);
}

}  // namespace __pset3_instances
