#include "starter/p4_unsupervised_depth/exercise/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "starter/common/data/colour_picture.hpp"
#include "starter/common/drawing/colour_map.hpp"
#include "starter/common/drawing/epoch_chart.hpp"
#include "starter/common/drawing/picture.hpp"

namespace pset3::stereo {
namespace {

constexpr int kShownWidth = 340;  // pixels
constexpr double kLargestDifference = 0.4;

cv::Mat shown(const ColourPicture& picture) {
  const cv::Mat image = image_of(picture);
  return drawing::as_wide_as(image, kShownWidth,
                             image.cols > kShownWidth ? cv::INTER_AREA : cv::INTER_LINEAR);
}

cv::Mat shown(const std::vector<float>& map, const PictureSize& size,
              const drawing::ColourScale& scale, const std::vector<std::uint8_t>& is_known) {
  cv::Mat values(static_cast<int>(size.height), static_cast<int>(size.width), CV_32FC1);
  std::copy(map.begin(), map.end(), values.ptr<float>());
  cv::Mat known(values.size(), CV_8UC1);
  std::copy(is_known.begin(), is_known.end(), known.ptr<std::uint8_t>());
  return drawing::as_wide_as(drawing::colour_map(values, scale, known), kShownWidth,
                             cv::INTER_NEAREST);
}

std::vector<std::uint8_t> where_known(const std::vector<float>& disparities) {
  std::vector<std::uint8_t> known;
  known.reserve(disparities.size());
  for (const float disparity : disparities) known.push_back(disparity > 0.0F ? 1 : 0);
  return known;
}

/// From 0 to the largest value.
drawing::ColourScale scale_of_disparities(const std::vector<const std::vector<float>*>& maps) {
  drawing::ColourScale scale;
  scale.brightest = 0.0;
  scale.unit = "px";
  for (const auto* map : maps) {
    for (const float value : *map) scale.brightest = std::max<double>(scale.brightest, value);
  }
  if (scale.brightest == 0.0) scale.brightest = 1.0;
  return scale;
}

drawing::ColourScale scale_of_differences() {
  return {0.0, kLargestDifference, "", 1, cv::COLORMAP_INFERNO};
}

void save_sheet(const std::vector<drawing::Panel>& panels, int columns, const std::string& title,
                const std::filesystem::path& path) {
  drawing::SheetOptions options;
  options.columns = columns;
  options.title = title;
  drawing::save_picture(path, drawing::sheet(panels, options));
}

drawing::Chart chart_of(const Columns& columns) {
  drawing::Chart chart;
  chart.title = "Disparity of the " + columns.view + " view";
  chart.x_label = "column";
  chart.y_label = "mean over the test pairs, pixels";
  chart.y_lower = 0.0;
  std::vector<double> numbers;
  for (std::size_t i = 0; i < columns.predicted.size(); ++i) {
    numbers.push_back(static_cast<double>(i));
  }
  const auto add = [&](const std::string& label, const std::vector<double>& values) {
    if (values.empty()) return;
    chart.series.push_back({label, numbers, values});
  };
  add("learnt", columns.predicted);
  add("true", columns.truth);
  add("|learnt − true|", columns.error);
  return chart;
}

std::vector<double> values_of(const std::vector<EpochPoint>& epochs,
                              double (*value)(const EpochPoint&)) {
  std::vector<double> values;
  values.reserve(epochs.size());
  for (const EpochPoint& epoch : epochs) values.push_back(value(epoch));
  return values;
}

}  // namespace

void draw_flip(const PairResults& pair, const std::filesystem::path& path) {
  std::vector<drawing::Panel> panels = {{shown(pair.pictures.left), "left view"},
                                        {shown(pair.pictures.right), "right view"}};
  for (const NamedPicture& flipped : pair.flipped) {
    panels.push_back({shown(flipped.picture), flipped.name});
  }
  save_sheet(panels, 2, "A pair, and flipped", path);
}

void draw_shifts(const PairResults& pair, const std::filesystem::path& path) {
  std::vector<drawing::Panel> panels;
  for (std::size_t i = 0; i < pair.shifted.size(); ++i) {
    if (i == 0) panels.push_back({shown(pair.pictures.left), "left view"});
    if (i == 2) panels.push_back({shown(pair.pictures.right), "right view"});
    panels.push_back({shown(pair.shifted[i].picture), pair.shifted[i].name});
  }
  save_sheet(panels, 3, "Moved by half the width", path);
}

void draw_made_view(const PairPictures& pair, const MadeView& made,
                    const std::filesystem::path& path) {
  const bool is_left = made.view == "left";
  const std::string other = is_left ? "right" : "left";
  const PictureSize& size = pair.left.size;
  const drawing::ColourScale disparities = scale_of_disparities({&made.disparity_px});
  const drawing::ColourScale differences = scale_of_differences();
  const cv::Mat photo = shown(is_left ? pair.left : pair.right);
  const auto difference = [&](const std::vector<float>& map, double mean) {
    return drawing::Panel{shown(map, size, differences, made.is_compared),
                          fmt::format("difference, {:.3f} on average", mean)};
  };
  save_sheet({{photo, made.view + " view"},
              {shown(is_left ? pair.right : pair.left), other + " view"},
              {shown(made.made), "made from it"},
              {shown(made.made_with_wrong_sign), "with the wrong sign"},
              {drawing::colour_bar(disparities, photo.rows), "disparity"},
              {shown(made.disparity_px, size, disparities, where_known(made.disparity_px)),
               "true disparity"},
              difference(made.difference_before, made.before),
              difference(made.difference_after, made.after),
              difference(made.difference_wrong, made.wrong),
              {drawing::colour_bar(differences, photo.rows), "difference"}},
             5, "The " + made.view + " view, made from the " + other + " one. Grey is not compared",
             path);
}

void draw_disparities(const TrainingResults& training, const std::filesystem::path& path) {
  std::vector<const std::vector<float>*> maps;
  for (const Sample& sample : training.samples) {
    maps.push_back(sample.truth_px.empty() ? &sample.predicted_px : &sample.truth_px);
  }
  const drawing::ColourScale scale = scale_of_disparities(maps);
  std::vector<drawing::Panel> panels;
  for (const Sample& sample : training.samples) {
    const auto map = [&](const std::vector<float>& values) {
      return shown(values, sample.left.size, scale, where_known(values));
    };
    const cv::Mat photo = shown(sample.left);
    const bool is_last = &sample == &training.samples.back();
    const auto add = [&](const cv::Mat& picture, const char* caption) {
      panels.push_back({picture, is_last ? caption : ""});  // once, below its column
    };
    add(photo, "left view");
    if (!sample.truth_px.empty()) add(map(sample.truth_px), "true disparity");
    add(map(sample.predicted_px), "learnt disparity");
    add(shown(sample.made), "made from the right view");
    add(drawing::colour_bar(scale, photo.rows), "pixels");
  }
  save_sheet(panels, training.fit ? 5 : 4,
             training.fit ? "Test pairs. Grey: the disparity is not known" : "Test pairs", path);
}

void draw_curves(const TrainingResults& training, const std::filesystem::path& path) {
  const std::size_t count = training.epochs.size();
  drawing::Chart losses = drawing::chart_of_epochs("loss", count);
  losses.series = {
      drawing::series_of_epochs(
          "training pairs",
          values_of(training.epochs, [](const EpochPoint& e) { return e.training_loss; })),
      drawing::series_of_epochs("test pairs", values_of(training.epochs, [](const EpochPoint& e) {
                                  return e.test_loss;
                                }))};
  if (!training.fit) return drawing::save_chart(path, losses);
  drawing::Chart correlation = drawing::chart_of_epochs("correlation with the truth", count);
  correlation.y_lower.reset();  // it moves by a few hundredths, which an axis from 0 would hide
  correlation.series = {drawing::series_of_epochs(
      "test pairs",
      values_of(training.epochs, [](const EpochPoint& e) { return e.correlation.value_or(0.0); }))};
  drawing::save_charts(path, {losses, correlation});
}

void draw_columns(const TrainingResults& training, const std::filesystem::path& path) {
  std::vector<drawing::Chart> charts;
  for (const Columns& columns : training.columns) charts.push_back(chart_of(columns));
  drawing::save_charts(path, charts);
}

}  // namespace pset3::stereo
