#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/judge/p3_supervised_depth/comparing.hpp"
#include "grader/judge/p3_supervised_depth/maps.hpp"
#include "grader/judge/p3_supervised_depth/parts.hpp"

namespace pset3::judge {
namespace {

constexpr double kDepthMean = 0.480;
constexpr double kDepthDeviation = 0.295;

CaseFinding at_least(const CaseView& view, const std::string& what, double value,
                     const std::string& detail) {
  const double threshold = view.check.tolerance.at("threshold");
  const std::string expected = fmt::format("{}: at least {:.3f}", what, threshold);
  const std::string got = fmt::format("{:.3f}", value);
  return value >= threshold ? passed(expected, got) : failed(expected, got, detail);
}

/// The mean squared difference of two rows of values.
double mean_square(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum / static_cast<double>(a.size());
}

std::vector<double> normalised_images(const arrays::Array& colours) {
  constexpr double kMean[] = {0.462, 0.467, 0.469};
  constexpr double kDeviation[] = {0.094, 0.096, 0.101};
  const auto pixels = static_cast<std::size_t>(colours.shape()[2] * colours.shape()[3]);
  std::vector<double> values;
  values.reserve(colours.element_count());
  for (std::size_t i = 0; i < colours.element_count(); ++i) {
    const std::size_t channel = i / pixels % 3;
    values.push_back((colours.data<std::uint8_t>()[i] / 255.0 - kMean[channel]) /
                     kDeviation[channel]);
  }
  return values;
}

std::string curve_text(const std::vector<double>& values) {
  std::vector<std::string> words;
  words.reserve(values.size());
  for (const double value : values) words.push_back(fmt::format("{:.4g}", value));
  return words.empty() ? "none" : fmt::format("{}", fmt::join(words, " "));
}

}  // namespace

double depth_skill(const CaseView& view) {
  std::vector<double> truth = numbers(get(view.inputs, "unseen_depths"));
  for (double& depth : truth) depth = (depth - kDepthMean) / kDepthDeviation;
  const std::vector<double> got = numbers(get(view.outputs, "predictions"));
  const double average = mean(truth);
  double error = 0.0;
  double error_of_average = 0.0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    error += std::abs(got[i] - truth[i]);
    error_of_average += std::abs(average - truth[i]);
  }
  return 1.0 - error / error_of_average;
}

double reconstruction_gain(const CaseView& view) {
  const std::vector<double> images = normalised_images(get(view.inputs, "unseen"));
  const std::vector<double> before = numbers(get(view.outputs, "before"));
  const std::vector<double> after = numbers(get(view.outputs, "after"));
  if (before.size() != images.size() || after.size() != images.size()) return 0.0;
  return 1.0 - mean_square(after, images) / mean_square(before, images);
}

/// Whether all depths are one: right solutions have slopes, however well they learnt.
Sketch sketch_depth_skill(const CaseView& view) {
  const std::vector<double> depths = numbers(get(view.outputs, "predictions"));
  const auto [low, high] = std::minmax_element(depths.begin(), depths.end());
  return {*high - *low < 1e-3 ? 1.0 : 0.0};
}

/// Whether nothing is painted: right solutions paint more than a tenth of the images' contrast.
Sketch sketch_reconstruction(const CaseView& view) {
  const std::vector<double> painted = numbers(get(view.outputs, "after"));
  const double brightness = mean_square(painted, std::vector<double>(painted.size(), 0.0));
  return {brightness < 0.01 ? 1.0 : 0.0};
}

CaseFinding judge_depth_skill(const CaseView& view) {
  return at_least(view,
                  "share of the error of guessing the mean depth that is gone on unseen pictures",
                  depth_skill(view),
                  "test losses by epoch: " + curve_text(numbers(get(view.outputs, "test_losses"))));
}

CaseFinding judge_autoencoder(const CaseView& view) {
  const std::vector<std::int64_t> shape = get(view.inputs, "unseen").shape();
  const std::string expected = "painted images of shape " + shape_text(shape);
  const std::vector<std::int64_t> got = whole_numbers(get(view.outputs, "before_shape"));
  return got == shape ? passed(expected, "the same") : failed(expected, shape_text(got));
}

CaseFinding judge_pretrained_encoder(const CaseView& view) {
  const std::int64_t all = get(view.outputs, "encoder_parameters").item<std::int64_t>();
  const std::int64_t changed = get(view.outputs, "encoder_changed").item<std::int64_t>();
  const std::string expected = "the weights of the encoder that was given change";
  const std::string got = fmt::format("{} of its {} parameters change", changed, all);
  return 2 * changed > all ? passed(expected, got) : failed(expected, got);
}

CaseFinding judge_reconstruction(const CaseView& view) {
  return at_least(view, "share of the squared error on unseen pictures that pretraining takes away",
                  reconstruction_gain(view),
                  "your losses by epoch: " + curve_text(numbers(get(view.outputs, "losses"))));
}

CaseFinding judge_pretraining_losses(const CaseView& view) {
  const auto epochs = get(view.inputs, "pretraining_epochs").item<std::int64_t>();
  const std::string expected = fmt::format("{} losses, one an epoch, that fall", epochs);
  const std::vector<double> losses = numbers(get(view.outputs, "losses"));
  const std::string got = curve_text(losses);
  const bool right = static_cast<std::int64_t>(losses.size()) == epochs && !losses.empty() &&
                     (losses.size() == 1 || losses.back() < losses.front());
  return right ? passed(expected, got) : failed(expected, got);
}

CaseFinding judge_comparison(const CaseView& view) {
  const auto epochs = static_cast<std::size_t>(get(view.inputs, "epochs").item<std::int64_t>());
  const std::vector<double> scratch = numbers(get(view.outputs, "from_scratch"));
  const std::vector<double> pretrained = numbers(get(view.outputs, "pretrained"));
  const std::string expected =
      fmt::format("test losses after each of {} epochs, without and with pretraining", epochs);
  const std::string got =
      fmt::format("without: {}; with: {}", curve_text(scratch), curve_text(pretrained));
  const auto positive = [](const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return value > 0.0; });
  };
  if (scratch.size() != epochs || pretrained.size() != epochs || !positive(scratch) ||
      !positive(pretrained)) {
    return failed(expected, got);
  }
  if (scratch == pretrained) return failed(expected, got, "both trainings are the same one");
  const std::int64_t pictures = get(view.inputs, "colours").shape()[0];
  const std::int64_t split = get(view.inputs, "split").item<std::int64_t>();
  const std::int64_t looks = get(view.outputs, "test_looks").item<std::int64_t>();
  const std::int64_t needed = 2 * static_cast<std::int64_t>(epochs) * (pictures - split);
  if (looks >= needed) return passed(expected, got);
  return failed(expected, fmt::format("test pictures were looked at {} times", looks),
                fmt::format("two trainings of {} epochs look at them {} times", epochs, needed));
}

}  // namespace pset3::judge
