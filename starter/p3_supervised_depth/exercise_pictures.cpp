#include "starter/p3_supervised_depth/exercise_pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "starter/common/picture.hpp"
#include "starter/common/plot.hpp"

namespace pset3::depth {
namespace {

constexpr int kShownWidth = 300;  // pixels
constexpr int kBarWidth = 26;
constexpr int kScaleWidth = 120;  // of the bar with its numbers
const cv::Scalar kNotKnown = cv::Scalar::all(190);

/// The depths of the nearest and the farthest colour.
DepthScale range_of(const std::vector<Sample>& samples, const DepthScale& otherwise) {
  DepthScale range{otherwise.far, otherwise.near};
  for (const Sample& sample : samples) {
    for (const float depth : sample.truth) {
      if (!(depth > 0.0F)) continue;
      range.near = std::min(range.near, static_cast<double>(depth));
      range.far = std::max(range.far, static_cast<double>(depth));
    }
  }
  return range.far > range.near ? range : otherwise;
}

cv::Mat coloured(const cv::Mat& nearness) {
  cv::Mat colours;
  cv::applyColorMap(nearness, colours, cv::COLORMAP_VIRIDIS);
  return colours;
}

uchar nearness_of(double depth, const DepthScale& range) {
  return cv::saturate_cast<uchar>(255.0 * (range.far - depth) / (range.far - range.near));
}

cv::Mat enlarged(const cv::Mat& image, int interpolation) {
  cv::Mat shown;
  const int height = std::max(1, image.rows * kShownWidth / image.cols);
  cv::resize(image, shown, cv::Size(kShownWidth, height), 0, 0, interpolation);
  return shown;
}

cv::Mat photograph(const ColourPicture& colour) {
  cv::Mat image(static_cast<int>(colour.size.height), static_cast<int>(colour.size.width), CV_8UC3);
  std::copy(colour.pixels.begin(), colour.pixels.end(), image.data);
  cv::cvtColor(image, image, cv::COLOR_RGB2BGR);
  return enlarged(image, cv::INTER_LINEAR);
}

cv::Mat depth_map(const std::vector<float>& depths, const PictureSize& size,
                  const DepthScale& range) {
  cv::Mat nearness(static_cast<int>(size.height), static_cast<int>(size.width), CV_8UC1);
  cv::Mat is_unknown(nearness.size(), CV_8UC1);
  for (int i = 0; i < nearness.rows * nearness.cols; ++i) {
    const double depth = depths[static_cast<std::size_t>(i)];
    nearness.data[i] = nearness_of(depth, range);
    is_unknown.data[i] = depth > 0.0 ? 0 : 255;
  }
  cv::Mat colours = coloured(nearness);
  colours.setTo(kNotKnown, is_unknown);
  return enlarged(colours, cv::INTER_NEAREST);
}

cv::Mat scale_bar(const DepthScale& range, const std::string& unit, int height) {
  cv::Mat picture(height, kScaleWidth, CV_8UC3, cv::Scalar::all(255));
  cv::Mat nearness(height, kBarWidth, CV_8UC1);
  for (int row = 0; row < height; ++row) nearness.row(row).setTo(255 - 255 * row / (height - 1));
  coloured(nearness).copyTo(picture(cv::Rect(0, 0, kBarWidth, height)));
  constexpr int kNumbers = 4;
  drawing::TextStyle style;
  style.size_px = 18;
  for (int i = 0; i <= kNumbers; ++i) {
    const double share = static_cast<double>(i) / kNumbers;
    const double depth = range.near + share * (range.far - range.near);
    const int row = std::clamp(static_cast<int>(share * height) + 6, 15, height - 2);
    drawing::draw_text(picture, fmt::format("{:.1f} {}", depth, unit), {kBarWidth + 8, row}, style);
  }
  return picture;
}

/// How far off a prediction is, in per cent of the depth.
double mean_error_of(const Sample& sample) {
  double sum = 0.0;
  int count = 0;
  for (std::size_t i = 0; i < sample.truth.size(); ++i) {
    if (!(sample.truth[i] > 0.0F)) continue;
    sum += std::abs(sample.predicted[i] - sample.truth[i]) / sample.truth[i];
    ++count;
  }
  return count == 0 ? 0.0 : 100.0 * sum / count;
}

drawing::Series series_of(const Outcome& outcome, const std::string& label,
                          double EpochPoint::*value) {
  drawing::Series series;
  series.label = label;
  for (std::size_t i = 0; i < outcome.epochs.size(); ++i) {
    series.x.push_back(static_cast<double>(i + 1));
    series.y.push_back(outcome.epochs[i].*value);
  }
  return series;
}

drawing::Chart chart_of_losses(const std::string& what, std::size_t epochs) {
  drawing::Chart chart;
  chart.x_label = "epoch";
  chart.y_label = what;
  chart.y_lower = 0.0;
  chart.markers = true;
  constexpr std::size_t kMostTicks = 12;
  const std::size_t step = (epochs + kMostTicks - 1) / kMostTicks;
  for (std::size_t epoch = step; epoch <= epochs; epoch += step) {
    chart.x_ticks.push_back(static_cast<double>(epoch));
  }
  return chart;
}

}  // namespace

void draw_predictions(const Results& results, const std::filesystem::path& path) {
  const DepthScale range = range_of(results.samples, results.scale);
  std::vector<drawing::Panel> panels;
  for (const Sample& sample : results.samples) {
    const cv::Mat photo = photograph(sample.colour);
    panels.push_back({photo, "photograph"});
    panels.push_back({depth_map(sample.truth, sample.colour.size, range), "true depth"});
    panels.push_back({depth_map(sample.predicted, sample.colour.size, range),
                      fmt::format("predicted, {:.1f} % off", mean_error_of(sample))});
    panels.push_back({scale_bar(range, results.unit, photo.rows), ""});
  }
  drawing::SheetOptions options;
  options.title = "Test pictures";
  drawing::save_picture(path, drawing::sheet(panels, options));
}

void draw_losses(const Outcome& outcome, const std::filesystem::path& path) {
  drawing::Chart chart = chart_of_losses("net loss", outcome.epochs.size());
  chart.series = {series_of(outcome, "training pictures", &EpochPoint::training_loss),
                  series_of(outcome, "test pictures", &EpochPoint::test_loss)};
  drawing::save_chart(path, chart);
}

void draw_comparison(const Results& results, const std::filesystem::path& path) {
  drawing::Chart test =
      chart_of_losses("net loss on test pictures", results.outcomes.front().epochs.size());
  for (const Outcome& outcome : results.outcomes) {
    const bool is_scratch = outcome.name == "scratch";
    test.series.push_back(
        series_of(outcome, is_scratch ? "from scratch" : "pretrained", &EpochPoint::test_loss));
  }
  drawing::Chart painting =
      chart_of_losses("loss of pretraining", results.pretraining_losses.size());
  drawing::Series losses;
  for (std::size_t i = 0; i < results.pretraining_losses.size(); ++i) {
    losses.x.push_back(static_cast<double>(i + 1));
    losses.y.push_back(results.pretraining_losses[i]);
  }
  losses.label = "autoencoder";
  painting.series = {losses};
  drawing::save_charts(path, {test, painting});
}

}  // namespace pset3::depth
