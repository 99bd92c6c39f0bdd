#include "starter/p4_unsupervised_depth/exercise/summary.hpp"

#include <fmt/format.h>

#include <cmath>

namespace pset3::stereo {
namespace {

std::string pair_text(const ExerciseOptions& options, const Results& results) {
  const PictureSize& size = results.pair.pictures.left.size;
  return fmt::format("Data       {} of {} x {} (height x width), from {}\nFigures    pair {}: {}\n",
                     results.pairs == 1 ? "1 pair" : fmt::format("{} pairs", results.pairs),
                     size.height, size.width, options.data.string(), options.pair,
                     results.pair.pictures.name);
}

std::string views_text(const std::vector<MadeView>& made) {
  if (made.empty()) return "";
  std::string text = fmt::format("\n  {:<28}{:>12}{:>12}{:>12}{:>12}\n", "Made from the other view",
                                 "before", "after", "wrong sign", "pixels");
  bool is_worse = false;
  for (const MadeView& view : made) {
    text += fmt::format("  {:<28}{:>12.4f}{:>12.4f}{:>12.4f}{:>12}\n", view.view + " view",
                        view.before, view.after, view.wrong, view.pixels);
    is_worse = is_worse || view.after >= view.before;
  }
  text +=
      "  Mean absolute difference from the photograph, colours from 0 to 1. before: of the other "
      "view.\n  after: of the view that your function makes with the true disparity. wrong sign: "
      "with the\n  opposite of it.\n";
  if (is_worse) text += "  After should be less than before: look at signs, and at the sampler.\n";
  return text;
}

std::string fit_row(const std::string& title, const Fit& fit) {
  return fmt::format("  {:<28}{:>10.3f}{:>10.3f}{:>10.3f}{:>12.2f}{:>12.2f}\n", title,
                     fit.correlation, fit.median_correlation, fit.correlation_inside, fit.error_px,
                     fit.error_inside_px);
}

std::string fit_text(const TrainingResults& training) {
  if (!training.fit) return "";
  std::string text = fmt::format("\n  {:<28}{:>30}{:>24}\n", "Left disparities, test pairs",
                                 "correlation with the truth", "error, pixels");
  text += fmt::format("  {:<28}{:>10}{:>10}{:>10}{:>12}{:>12}\n", "", "all", "median", "inside",
                      "all", "inside");
  text += fit_row("your network", *training.fit);
  if (training.mean_map) text += fit_row("each pixel's mean truth", *training.mean_map);
  return text +
         "  all: over all pixels of all pairs. median: of the pairs' own. inside: over pixels "
         "whose "
         "point lies\n  in the right view. Second row: a prediction of the mean true disparity of "
         "the training pairs\n  at each pixel; your network has seen none of these.\n";
}

std::string training_text(const ExerciseOptions& options, const TrainingResults& training) {
  std::string text =
      fmt::format("\nTraining   {} pairs to train on, {} to test on, of {} x {} (height x width)\n",
                  training.training_pairs, training.test_pairs, training.size.height,
                  training.size.width) +
      fmt::format("Network    {} parameters: width {}, blocks {}\n", training.parameters,
                  options.network.width, fmt::join(options.network.blocks, " ")) +
      fmt::format("Settings   {}, batches of {}, learning rate {:g}, smoothness {:g}, seed {}\n",
                  options.epochs == 1 ? "1 epoch" : fmt::format("{} epochs", options.epochs),
                  options.batch_size, options.learning_rate, options.smoothness, options.seed);
  const EpochPoint& first = training.epochs.front();
  const EpochPoint& last = training.epochs.back();
  text += fmt::format("\n  {:<28}{:>20}{:>20}\n  {:<28}{:>10}{:>10}{:>10}{:>10}\n", "Loss",
                      "training pairs", "test pairs", "", "first", "last", "first", "last");
  text += fmt::format("  {:<28}{:>10.4f}{:>10.4f}{:>10.4f}{:>10.4f}\n", "all terms",
                      first.training_loss, last.training_loss, first.test_loss, last.test_loss);
  return text + fit_text(training);
}

std::string number_or_nothing(double value) {
  return std::isfinite(value) ? fmt::format("{:.4f}", value) : "";
}

}  // namespace

std::string summary_text(const ExerciseOptions& options, const Results& results) {
  std::string text = pair_text(options, results) + views_text(results.pair.made);
  const PairPictures& pictures = results.pair.pictures;
  if (!pictures.left_disparity && !pictures.right_disparity) {
    text += "\nNo true disparity of this pair is known, so no view is made with it.\n";
  }
  if (results.training) text += training_text(options, *results.training);
  text += open_questions_text(results.open_questions);
  if (!options.trains) {
    text += "The training, which question (d) is about, is run with --train.\n";
  }
  return text;
}

std::string views_csv(const PairResults& pair) {
  std::string text = "view,pixels,before,after,wrong_sign\n";
  for (const MadeView& view : pair.made) {
    text += fmt::format("{},{},{:.5f},{:.5f},{:.5f}\n", view.view, view.pixels, view.before,
                        view.after, view.wrong);
  }
  return text;
}

std::string curves_csv(const TrainingResults& training) {
  std::string text = "epoch,training_loss,test_loss,correlation\n";
  for (std::size_t i = 0; i < training.epochs.size(); ++i) {
    const EpochPoint& epoch = training.epochs[i];
    const auto number = [](const std::optional<double>& value) {
      return value ? fmt::format("{:.5f}", *value) : std::string();
    };
    text += fmt::format("{},{:.5f},{:.5f},{}\n", i + 1, epoch.training_loss, epoch.test_loss,
                        number(epoch.correlation));
  }
  return text;
}

std::string columns_csv(const TrainingResults& training) {
  std::string text = "view,column,predicted_px,true_px,error_px\n";
  for (const Columns& columns : training.columns) {
    for (std::size_t i = 0; i < columns.predicted.size(); ++i) {
      text +=
          fmt::format("{},{},{},{},{}\n", columns.view, i, number_or_nothing(columns.predicted[i]),
                      number_or_nothing(columns.truth[i]), number_or_nothing(columns.error[i]));
    }
  }
  return text;
}

}  // namespace pset3::stereo
