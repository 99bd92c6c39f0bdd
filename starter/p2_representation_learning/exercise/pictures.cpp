#include "starter/p2_representation_learning/exercise/pictures.hpp"

#include <fmt/format.h>

#include <array>
#include <opencv2/imgproc.hpp>

#include "starter/common/drawing/picture.hpp"
#include "starter/common/drawing/plot.hpp"

namespace pset3::representation {
namespace {

constexpr int kShownSide = 224;  // pixels, a multiple of 32

drawing::Panel panel_of(const Sample& sample, Predicts predicts) {
  cv::Mat grey(sample.side, sample.side, CV_8UC1);
  for (int i = 0; i < sample.side * sample.side; ++i) {
    grey.at<uchar>(i / sample.side, i % sample.side) =
        cv::saturate_cast<uchar>(255.0F * sample.pixels[static_cast<std::size_t>(i)]);
  }
  cv::Mat shown;
  cv::resize(grey, shown, cv::Size(kShownSide, kShownSide), 0, 0, cv::INTER_NEAREST);
  const std::string caption = predicts == Predicts::kClass
                                  ? fmt::format("{}: {}", sample.label, name_of_class(sample.label))
                                  : fmt::format("{}: {}°", sample.label, 45 * sample.label);
  return {shown, caption};
}

drawing::Series series_of(const Outcome& outcome, double EpochPoint::*value) {
  drawing::Series series;
  series.label = outcome.experiment.title;
  for (std::size_t epoch = 0; epoch < outcome.epochs.size(); ++epoch) {
    series.x.push_back(static_cast<double>(epoch));
    series.y.push_back(outcome.epochs[epoch].*value);
  }
  return series;
}

}  // namespace

std::string name_of_class(std::int64_t label) {
  constexpr std::array<const char*, 10> kNames = {"T-shirt", "trousers",  "pullover", "dress",
                                                  "coat",    "sandal",    "shirt",    "sneaker",
                                                  "bag",     "ankle boot"};
  return kNames.at(static_cast<std::size_t>(label));
}

void draw_samples(const std::vector<Sample>& samples, Predicts predicts,
                  const std::filesystem::path& path) {
  std::vector<drawing::Panel> panels;
  panels.reserve(samples.size());
  for (const Sample& sample : samples) panels.push_back(panel_of(sample, predicts));
  drawing::SheetOptions options;
  options.columns = 3;
  options.title = predicts == Predicts::kClass ? "Classes" : "Rotations";
  drawing::save_picture(path, drawing::sheet(panels, options));
}

void draw_curves(const std::vector<Outcome>& outcomes, Predicts predicts,
                 const std::filesystem::path& path) {
  drawing::Chart loss;
  loss.x_label = "epoch";
  loss.y_label = "training loss (mean cross entropy)";
  loss.y_lower = 0.0;
  drawing::Chart accuracy;
  accuracy.x_label = "epoch";
  accuracy.y_label = "training accuracy";
  accuracy.y_lower = 0.0;
  accuracy.y_upper = 1.0;
  // Backwards: the last two experiments begin alike, and the shorter one would be hidden.
  for (auto outcome = outcomes.rbegin(); outcome != outcomes.rend(); ++outcome) {
    if (outcome->experiment.predicts != predicts) continue;
    loss.series.push_back(series_of(*outcome, &EpochPoint::loss));
    accuracy.series.push_back(series_of(*outcome, &EpochPoint::accuracy));
  }
  if (!loss.series.empty()) drawing::save_charts(path, {loss, accuracy});
}

}  // namespace pset3::representation
