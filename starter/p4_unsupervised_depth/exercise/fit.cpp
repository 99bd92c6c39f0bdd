#include "starter/p4_unsupervised_depth/exercise/fit.hpp"

#include <algorithm>

#include "starter/common/errors.hpp"

namespace pset3::stereo {
namespace {

std::vector<double> doubles_of(const torch::Tensor& values) {
  const torch::Tensor plain = values.to(torch::kDouble).contiguous();
  return {plain.data_ptr<double>(), plain.data_ptr<double>() + plain.numel()};
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
}

}  // namespace

double correlation_of(const torch::Tensor& x, const torch::Tensor& y) {
  const auto centred = [](const torch::Tensor& values) {
    const torch::Tensor doubles = values.to(torch::kDouble);
    return doubles - doubles.mean();
  };
  const torch::Tensor a = centred(x);
  const torch::Tensor b = centred(y);
  const double norms = (a.norm() * b.norm()).item<double>();
  constexpr double kRounding = 1e-12;
  if (a.numel() == 0) return 0.0;
  return norms > kRounding ? (a * b).sum().item<double>() / norms : 0.0;
}

void FitSum::add(const torch::Tensor& predicted, const torch::Tensor& truth) {
  const std::int64_t width = truth.size(3);
  for (std::int64_t i = 0; i < truth.size(0); ++i) {
    const torch::Tensor known = truth[i] > 0;
    if (!known.any().item<bool>()) continue;
    const torch::Tensor p = predicted[i] * width;
    const torch::Tensor t = truth[i] * width;
    const auto both = [&](const torch::Tensor& where) {
      return torch::stack({p.masked_select(where), t.masked_select(where)});
    };
    known_.push_back(both(known));
    inside_.push_back(both(known.logical_and(torch::arange(width) >= t)));
    of_pairs_.push_back(correlation_of(known_.back()[0], known_.back()[1]));
  }
}

Fit FitSum::fit() const {
  if (is_empty()) throw DataError("the test pairs have no pixel whose disparity is known");
  const torch::Tensor all = torch::cat(known_, 1);
  const torch::Tensor inside = torch::cat(inside_, 1);
  const auto error_of = [](const torch::Tensor& both) {
    return (both[0] - both[1]).abs().to(torch::kDouble).mean().item<double>();
  };
  Fit fit;
  fit.correlation = correlation_of(all[0], all[1]);
  fit.median_correlation = median_of(of_pairs_);
  fit.correlation_inside = correlation_of(inside[0], inside[1]);
  fit.error_px = error_of(all);
  fit.error_inside_px = error_of(inside);
  fit.pixels = all.size(1);
  return fit;
}

void ColumnSum::add(const torch::Tensor& predicted, const torch::Tensor& truth) {
  const auto width = predicted.size(3);
  if (!count_.defined()) {
    predicted_ = truth_ = error_ = count_ = known_ = torch::zeros({width}, torch::kDouble);
  }
  const auto over_columns = [](const torch::Tensor& values) {
    return values.to(torch::kDouble).sum({0, 1, 2});
  };
  const torch::Tensor pixels = predicted * static_cast<double>(width);
  predicted_ = predicted_ + over_columns(pixels);
  count_ = count_ + over_columns(torch::ones_like(pixels));
  if (!truth.defined()) return;
  const torch::Tensor true_pixels = truth * static_cast<double>(width);
  const torch::Tensor is_known = truth > 0;
  truth_ = truth_ + over_columns(true_pixels);
  error_ = error_ + over_columns((pixels - true_pixels).abs() * is_known);
  known_ = known_ + over_columns(is_known);
}

Columns ColumnSum::columns(const std::string& view) const {
  return {view, doubles_of(predicted_ / count_), doubles_of(truth_ / known_),
          doubles_of(error_ / known_)};
}

}  // namespace pset3::stereo
