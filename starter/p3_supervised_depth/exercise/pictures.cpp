#include "starter/p3_supervised_depth/exercise/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "starter/common/data/colour_picture.hpp"
#include "starter/common/drawing/colour_map.hpp"
#include "starter/common/drawing/epoch_chart.hpp"
#include "starter/common/drawing/picture.hpp"

namespace pset3::depth {
namespace {

constexpr int kShownWidth = 300;        // pixels
constexpr double kLargestError = 40.0;  // per cent; what is more is shown like that

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

drawing::ColourScale scale_of(const DepthScale& range, const std::string& unit) {
  return {range.far, range.near, unit};
}

cv::Mat photograph(const ColourPicture& colour) {
  return drawing::as_wide_as(image_of(colour), kShownWidth, cv::INTER_LINEAR);
}

cv::Mat depth_map(const std::vector<float>& depths, const PictureSize& size,
                  const DepthScale& range) {
  cv::Mat values(static_cast<int>(size.height), static_cast<int>(size.width), CV_32FC1);
  std::copy(depths.begin(), depths.end(), values.ptr<float>());
  return drawing::as_wide_as(drawing::colour_map(values, scale_of(range, ""), values > 0.0),
                             kShownWidth, cv::INTER_NEAREST);
}

drawing::ColourScale scale_of_errors() {
  drawing::ColourScale scale;
  scale.brightest = kLargestError;
  scale.unit = "%";
  scale.decimals = 0;
  scale.colours = cv::COLORMAP_INFERNO;
  return scale;
}

/// How far off a prediction is at each pixel, in per cent of the depth.
drawing::Panel errors_of(const Sample& sample) {
  const cv::Size size(static_cast<int>(sample.colour.size.width),
                      static_cast<int>(sample.colour.size.height));
  cv::Mat errors(size, CV_32FC1, cv::Scalar(0));
  cv::Mat is_known(size, CV_8UC1, cv::Scalar(0));
  double sum = 0.0;
  for (std::size_t i = 0; i < sample.truth.size(); ++i) {
    if (!(sample.truth[i] > 0.0F)) continue;
    const float error = 100.0F * std::abs(sample.predicted[i] - sample.truth[i]) / sample.truth[i];
    errors.ptr<float>()[i] = error;
    is_known.ptr<std::uint8_t>()[i] = 1;
    sum += error;
  }
  const double mean = sum / std::max(1, cv::countNonZero(is_known));
  return {drawing::as_wide_as(drawing::colour_map(errors, scale_of_errors(), is_known), kShownWidth,
                              cv::INTER_NEAREST),
          fmt::format("error, {:.1f} % on average", mean)};
}

drawing::Series series_of(const Outcome& outcome, const std::string& label,
                          double EpochPoint::*value) {
  std::vector<double> values;
  for (const EpochPoint& epoch : outcome.epochs) values.push_back(epoch.*value);
  return drawing::series_of_epochs(label, values);
}

}  // namespace

void draw_predictions(const Results& results, const std::filesystem::path& path) {
  const DepthScale range = range_of(results.samples, results.scale);
  std::vector<drawing::Panel> panels;
  for (const Sample& sample : results.samples) {
    const cv::Mat photo = photograph(sample.colour);
    const bool is_last = &sample == &results.samples.back();
    const auto add = [&](const cv::Mat& picture, const char* caption) {
      panels.push_back({picture, is_last ? caption : ""});  // once, below its column
    };
    add(photo, "photograph");
    add(depth_map(sample.truth, sample.colour.size, range), "true depth");
    add(depth_map(sample.predicted, sample.colour.size, range), "predicted depth");
    add(drawing::colour_bar(scale_of(range, results.unit), photo.rows), "depth");
    panels.push_back(errors_of(sample));
    add(drawing::colour_bar(scale_of_errors(), photo.rows), "error");
  }
  drawing::SheetOptions options;
  options.columns = 6;
  options.title = "Test pictures. Grey: the depth is not known";
  drawing::save_picture(path, drawing::sheet(panels, options));
}

void draw_losses(const Outcome& outcome, const std::filesystem::path& path) {
  drawing::Chart chart = drawing::chart_of_epochs("net loss", outcome.epochs.size());
  chart.series = {series_of(outcome, "training pictures", &EpochPoint::training_loss),
                  series_of(outcome, "test pictures", &EpochPoint::test_loss)};
  drawing::save_chart(path, chart);
}

void draw_comparison(const Results& results, const std::filesystem::path& path) {
  drawing::Chart test =
      drawing::chart_of_epochs("net loss on test pictures", results.outcomes.front().epochs.size());
  for (const Outcome& outcome : results.outcomes) {
    const bool is_scratch = outcome.name == "scratch";
    test.series.push_back(
        series_of(outcome, is_scratch ? "from scratch" : "pretrained", &EpochPoint::test_loss));
  }
  test.y_lower.reset();  // the two are close, and an axis from 0 would draw one line over the other
  drawing::Chart painting =
      drawing::chart_of_epochs("loss of pretraining", results.pretraining_losses.size());
  painting.series = {drawing::series_of_epochs("autoencoder", results.pretraining_losses)};
  drawing::save_charts(path, {test, painting});
}

}  // namespace pset3::depth
