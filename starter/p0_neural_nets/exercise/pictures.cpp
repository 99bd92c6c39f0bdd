#include "starter/p0_neural_nets/exercise/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "starter/common/drawing/picture.hpp"
#include "starter/common/drawing/plot.hpp"

namespace pset3::neural_nets {
namespace {

constexpr int kSpiralSide = 560;
constexpr double kSpiralExtent = 1.15;  // from the middle to the picture's border

// Okabe and Ito's colours, as the charts have them: blue, green, red.
const std::vector<cv::Vec3d> kArmColours = {{178, 114, 0}, {0, 94, 213}, {115, 158, 0}};

/// (side², 2) the places of the pixels, row by row from the top left.
Matrix places(Index side) {
  Matrix points(side * side, 2);
  const double pixel = 2.0 * kSpiralExtent / static_cast<double>(side);
  for (Index row = 0; row < side; ++row) {
    for (Index column = 0; column < side; ++column) {
      points.row(row * side + column)
          << (static_cast<double>(column) + 0.5) * pixel - kSpiralExtent,
          kSpiralExtent - (static_cast<double>(row) + 0.5) * pixel;
    }
  }
  return points;
}

cv::Vec3b mixed(const RowVector& shares) {
  cv::Vec3d colour(0, 0, 0);
  for (Index k = 0; k < shares.size(); ++k) {
    colour += shares(k) * kArmColours[static_cast<std::size_t>(k)];
  }
  constexpr double kStrength = 0.42;  // pale, so that the points stand out
  return cv::Vec3d::all(255.0 * (1.0 - kStrength)) + kStrength * colour;
}

void draw_points(cv::Mat& picture, const Samples& points) {
  constexpr int kShift = 4;  // sixteenths of a pixel
  const double scale = picture.cols / (2.0 * kSpiralExtent) * (1 << kShift);
  for (Index n = 0; n < points.inputs.rows(); ++n) {
    const cv::Point at(static_cast<int>((points.inputs(n, 0) + kSpiralExtent) * scale),
                       static_cast<int>((kSpiralExtent - points.inputs(n, 1)) * scale));
    const cv::Vec3d& colour =
        kArmColours[static_cast<std::size_t>(points.classes[static_cast<std::size_t>(n)])];
    cv::circle(picture, at, 6 << kShift, cv::Scalar::all(255), cv::FILLED, cv::LINE_AA, kShift);
    cv::circle(picture, at, 9 << (kShift - 1), cv::Scalar(colour[0], colour[1], colour[2]),
               cv::FILLED, cv::LINE_AA, kShift);
  }
}

/// Blue below zero, white at zero, red above, as far as `limit`.
cv::Vec3b signed_colour(double value, double limit) {
  const double share = limit > 0.0 ? std::clamp(value / limit, -1.0, 1.0) : 0.0;
  const cv::Vec3d white(252, 252, 252);
  const cv::Vec3d strong = share < 0.0 ? cv::Vec3d(172, 84, 22) : cv::Vec3d(34, 34, 186);
  return white + std::abs(share) * (strong - white);
}

cv::Mat picture_of_filter(const Eigen::VectorXd& weights, Index height, Index width) {
  cv::Mat picture(static_cast<int>(height), static_cast<int>(width), CV_8UC3);
  // A few strong pixels must not make the others pale.
  const double limit = 3.0 * std::sqrt(weights.squaredNorm() / static_cast<double>(weights.size()));
  for (int row = 0; row < picture.rows; ++row) {
    for (int column = 0; column < picture.cols; ++column) {
      picture.at<cv::Vec3b>(row, column) = signed_colour(weights(row * width + column), limit);
    }
  }
  cv::resize(picture, picture, {}, 4.0, 4.0, cv::INTER_NEAREST);
  cv::rectangle(picture, {0, 0, picture.cols, picture.rows}, cv::Scalar::all(190));
  return picture;
}

/// Which units matter most to the next layer, by the size of their weights there.
std::vector<Index> units_by_weight(const Mlp& mlp) {
  const Index units = mlp.layers[0].weights.cols();
  std::vector<Index> order(static_cast<std::size_t>(units));
  std::iota(order.begin(), order.end(), Index{0});
  const Eigen::VectorXd strength = mlp.layers[1].weights.rowwise().norm().cwiseProduct(
      mlp.layers[0].weights.colwise().norm().transpose());
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return strength(a) > strength(b); });
  return order;
}

drawing::Series curve_of(const std::string& label, const Matrix& z,
                         Matrix (*function)(const Matrix&)) {
  const Matrix values = ask(label, [&] { return function(z); });
  if (values.rows() != z.rows() || values.cols() != z.cols()) {
    throw Unanswered(label + " returned another shape than it was given");
  }
  return {label, {z.data(), z.data() + z.size()}, {values.data(), values.data() + values.size()}};
}

// A line through a step would show slopes that the function does not have.
void leave_gaps_at_steps(drawing::Series& series) {
  constexpr double kStep = 0.5;
  for (std::size_t i = 1; i < series.y.size(); ++i) {
    if (std::abs(series.y[i] - series.y[i - 1]) > kStep) {
      const auto place = static_cast<std::ptrdiff_t>(i);
      series.x.insert(series.x.begin() + place, series.x[i]);
      series.y.insert(series.y.begin() + place, std::numeric_limits<double>::quiet_NaN());
      ++i;
    }
  }
}

}  // namespace

void draw_activations(const std::filesystem::path& path) {
  const Matrix z = RowVector::LinSpaced(401, -5.0, 5.0);
  drawing::Chart activations{"Activations", "z", "f(z)", {}, -1.2, 2.2};
  activations.series = {curve_of("sigmoid", z, sigmoid), curve_of("tanh", z, tanh),
                        curve_of("relu", z, relu)};
  drawing::Chart derivatives{"Their derivatives", "z", "slope of f at z", {}, -0.1, 1.2};
  derivatives.series = {curve_of("sigmoid_derivative", z, sigmoid_derivative),
                        curve_of("tanh_derivative", z, tanh_derivative),
                        curve_of("relu_derivative", z, relu_derivative)};
  for (drawing::Series& series : derivatives.series) {
    series.label.resize(series.label.find('_'));
    leave_gaps_at_steps(series);
  }
  drawing::save_charts(path, {activations, derivatives});
}

cv::Mat picture_of_spiral(const Mlp& mlp, const Samples& points) {
  constexpr int kSide = kSpiralSide / 2;  // the network is smooth between the pixels
  const Matrix logits = logits_of(mlp, places(kSide), kSpiralArms);
  const Matrix shares = ask("softmax", [&] { return softmax(logits); });
  if (shares.rows() != logits.rows() || shares.cols() != kSpiralArms || !shares.allFinite()) {
    throw Unanswered("softmax did not return finite probabilities of the logits' shape");
  }
  cv::Mat picture(kSide, kSide, CV_8UC3);
  for (int i = 0; i < kSide * kSide; ++i) {
    picture.at<cv::Vec3b>(i / kSide, i % kSide) = mixed(shares.row(i));
  }
  cv::resize(picture, picture, {kSpiralSide, kSpiralSide}, 0.0, 0.0, cv::INTER_CUBIC);
  draw_points(picture, points);
  return picture;
}

void draw_spirals(const std::vector<cv::Mat>& pictures, const std::vector<std::string>& captions,
                  const std::filesystem::path& path) {
  std::vector<drawing::Panel> panels;
  for (std::size_t i = 0; i < pictures.size(); ++i) panels.push_back({pictures[i], captions[i]});
  drawing::SheetOptions options;
  options.columns = static_cast<int>(panels.size());
  options.gap_px = 24;
  drawing::save_picture(path, drawing::sheet(panels, options));
}

void draw_filters(const Mlp& mlp, Index height, Index width, const std::filesystem::path& path) {
  constexpr std::size_t kColumns = 10;
  constexpr std::size_t kMost = 40;
  constexpr int kGap = 10;
  const std::vector<Index> order = units_by_weight(mlp);
  const std::size_t shown = std::min(kMost, order.size());
  const auto cell_width = static_cast<int>(4 * width) + kGap;
  const auto cell_height = static_cast<int>(4 * height) + kGap;
  const auto rows = static_cast<int>((shown + kColumns - 1) / kColumns);
  cv::Mat grid(rows * cell_height - kGap, static_cast<int>(kColumns) * cell_width - kGap, CV_8UC3,
               cv::Scalar::all(255));
  for (std::size_t i = 0; i < shown; ++i) {
    const cv::Mat filter = picture_of_filter(mlp.layers[0].weights.col(order[i]), height, width);
    const cv::Point corner(static_cast<int>(i % kColumns) * cell_width,
                           static_cast<int>(i / kColumns) * cell_height);
    filter.copyTo(grid(cv::Rect(corner, filter.size())));
  }
  drawing::SheetOptions options;
  options.gap_px = 28;
  options.title = fmt::format("What {} of the {} hidden units look for", shown, order.size());
  drawing::save_picture(
      path,
      drawing::sheet({{grid, "red: a bright pixel raises the unit's sum, blue: it lowers it"}},
                     options));
}

void draw_losses(const std::vector<LossCurve>& curves, const std::filesystem::path& path) {
  std::vector<drawing::Chart> charts;
  for (const LossCurve& curve : curves) {
    drawing::Series training{"training batches", {}, {}};
    drawing::Series unseen{"unseen samples", {}, {}};
    for (const Milestone& milestone : curve.milestones) {
      training.x.push_back(milestone.step);
      training.y.push_back(milestone.training_loss);
      unseen.x.push_back(milestone.step);
      unseen.y.push_back(milestone.unseen_loss);
    }
    charts.push_back({curve.title, "steps", "cross entropy", {training, unseen}, 0.0});
  }
  drawing::save_charts(path, charts);
}

}  // namespace pset3::neural_nets
