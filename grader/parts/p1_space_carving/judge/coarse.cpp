#include "grader/parts/p1_space_carving/judge/coarse.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "grader/parts/p1_space_carving/judge/projection.hpp"

namespace pset3::judge::p1 {

Box box_of(const arrays::Arrays& arrays, const std::string& name) {
  const arrays::Array& array = get(arrays, name);
  if (array.shape() != std::vector<std::int64_t>{3, 2}) {
    throw std::invalid_argument(name + " should be F64 (3, 2), is " + describe(array));
  }
  return Eigen::Map<const Box>(array.data<double>());
}

Box default_box(const arrays::Arrays& inputs) {
  const std::size_t views = view_count(inputs);
  using Matrix34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;
  Eigen::Matrix3Xd positions(3, static_cast<Eigen::Index>(views));
  Eigen::Matrix3Xd directions(3, static_cast<Eigen::Index>(views));
  for (std::size_t v = 0; v < views; ++v) {
    const SilhouetteView view = view_among(inputs, v);
    const Matrix34 P = Eigen::Map<const Matrix34>(view.P);
    const Eigen::Vector3d middle(static_cast<double>(view.width - 1) / 2.0,
                                 static_cast<double>(view.height - 1) / 2.0, 1.0);
    const auto svd = P.leftCols<3>().jacobiSvd(Eigen::ComputeFullU | Eigen::ComputeFullV);
    const auto column = static_cast<Eigen::Index>(v);
    positions.col(column) = svd.solve(-P.col(3));
    directions.col(column) = svd.solve(middle).normalized();
  }
  Box box;
  box.col(0) = positions.rowwise().minCoeff();
  box.col(1) = positions.rowwise().maxCoeff();
  const Eigen::Vector3d extent = box.col(1) - box.col(0);
  const Eigen::RowVectorXd ahead =
      positions.row(2) + 0.6 * std::hypot(extent.x(), extent.y()) * directions.row(2);
  box(2, 0) = std::min(box(2, 0), ahead.minCoeff());
  box(2, 1) = std::max(box(2, 1), ahead.maxCoeff());
  for (int axis = 0; axis < 2; ++axis) {
    box(axis, 0) += extent[axis] / 4;
    box(axis, 1) -= extent[axis] / 4;
  }
  return box;
}

Coarse coarse_of(const arrays::Arrays& outputs) {
  Coarse coarse;
  coarse.rows = rows_of(get(outputs, "coarse"));
  coarse.size = get(outputs, "coarse_size").item<double>();
  if (coarse.rows.count == 0) return coarse;
  using Points = Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>;
  const Eigen::Map<const Points> points(coarse.rows.values,
                                        static_cast<Eigen::Index>(coarse.rows.count), 3);
  coarse.extent.col(0) = points.colwise().minCoeff().transpose();
  coarse.extent.col(1) = points.colwise().maxCoeff().transpose();
  return coarse;
}

Box margins_of(const Box& bounds, const Coarse& coarse) {
  Box margins;
  margins.col(0) = (coarse.extent.col(0) - bounds.col(0)) / coarse.size;
  margins.col(1) = (bounds.col(1) - coarse.extent.col(1)) / coarse.size;
  return margins;
}

bool margins_in_half_sides(const Box& margins, double tolerance) {
  const Box rounded = (2 * margins.array()).round() / 2;
  return ((margins - rounded).array().abs() <= tolerance).all() &&
         (margins.array().abs() <= 3.0).all();
}

int untangle(Box& bounds, const Coarse& coarse, double tolerance) {
  static constexpr std::array<std::array<int, 3>, 6> kOrders = {
      {{0, 1, 2}, {1, 0, 2}, {2, 1, 0}, {0, 2, 1}, {1, 2, 0}, {2, 0, 1}}};
  for (int order = 0; order < 12; ++order) {
    Box candidate;
    for (int axis = 0; axis < 3; ++axis) {
      const int from = kOrders[static_cast<std::size_t>(order % 6)][static_cast<std::size_t>(axis)];
      candidate.row(axis) = bounds.row(from);
      if (order >= 6) candidate.row(axis) = bounds.row(from).reverse();
    }
    if (!margins_in_half_sides(margins_of(candidate, coarse), tolerance)) continue;
    bounds = candidate;
    return order;
  }
  return 0;
}

bool asks_for_better(const CaseView& view) { return get(view.inputs, "better").item<bool>(); }

}  // namespace pset3::judge::p1
