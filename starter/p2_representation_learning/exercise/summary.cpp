#include "starter/p2_representation_learning/exercise/summary.hpp"

#include <fmt/format.h>

namespace pset3::representation {
namespace {

std::string published_of(const Experiment& experiment, const char* between) {
  std::string text;
  for (const double accuracy : experiment.published) {
    text += fmt::format("{}{:.3f}", text.empty() ? "" : between, accuracy);
  }
  return text;
}

std::string row(const Outcome& outcome) {
  const EpochPoint& first = outcome.epochs.front();
  const EpochPoint& last = outcome.epochs.back();
  const std::string tested =
      outcome.test_accuracy ? fmt::format("{:.3f}", *outcome.test_accuracy) : "–";
  return fmt::format("  {:<25}{:>7}{:>8}{:>9.3f}{:>8.3f}{:>10.3f}{:>8}     {}\n",
                     outcome.experiment.title, outcome.images, outcome.epochs.size() - 1,
                     first.loss, last.loss, last.accuracy, tested,
                     published_of(outcome.experiment, " / "));
}

std::string table(const Results& results) {
  if (results.outcomes.empty()) return "";
  std::string text = fmt::format(
      "\n  {:<25}{:>7}{:>8}{:>17}{:>18}\n"
      "  {:<25}{:>7}{:>8}{:>9}{:>8}{:>10}{:>8}     published\n",
      "", "", "", "loss in epoch", "accuracy in", "", "images", "epochs", "0", "last", "training",
      "test");
  for (const Outcome& outcome : results.outcomes) text += row(outcome);
  return text +
         "  Guessing gets 0.100 of the classes (loss ln 10 = 2.303) and 0.125 of the rotations "
         "(ln 8 = 2.079).\n"
         "  Published: test accuracies of right solutions on all of Fashion-MNIST, 60,000 images "
         "to train on.\n";
}

std::string stops(const Results& results) {
  std::string text;
  for (const Outcome& outcome : results.outcomes) {
    for (const int epoch : outcome.stopped_after) {
      text += fmt::format("  {} was stopped after epoch {} and went on with no momentum\n",
                          outcome.experiment.name, epoch);
    }
  }
  return text.empty() ? "" : "\nContinued\n" + text;
}

}  // namespace

std::string summary_text(const ExerciseOptions& options, const Results& results) {
  const std::string settings =
      fmt::format("batches of {}, learning rate {:g}, momentum {:g}, seed {}{}", options.batch_size,
                  options.learning_rate, options.momentum, options.seed,
                  options.is_frozen ? ", fine-tuning the head alone" : "");
  return fmt::format("Data       {} images to train on, {} to test on, from {}\nSettings   {}\n",
                     results.training_images, results.test_images, options.data.string(),
                     settings) +
         table(results) + stops(results) + open_questions_text(results.open_questions);
}

std::string accuracies_csv(const Results& results) {
  std::string text =
      "experiment,training_images,epochs,training_loss,training_accuracy,test_accuracy,"
      "published_test_accuracies,seconds\n";
  for (const Outcome& outcome : results.outcomes) {
    const EpochPoint& last = outcome.epochs.back();
    text += fmt::format("{},{},{},{:.4f},{:.4f},{},{},{:.1f}\n", outcome.experiment.name,
                        outcome.images, outcome.epochs.size() - 1, last.loss, last.accuracy,
                        outcome.test_accuracy ? fmt::format("{:.4f}", *outcome.test_accuracy) : "",
                        published_of(outcome.experiment, " "), outcome.seconds);
  }
  return text;
}

std::string curves_csv(const Results& results) {
  std::string text = "experiment,epoch,loss,accuracy\n";
  for (const Outcome& outcome : results.outcomes) {
    for (std::size_t epoch = 0; epoch < outcome.epochs.size(); ++epoch) {
      const EpochPoint& point = outcome.epochs[epoch];
      text += fmt::format("{},{},{:.4f},{:.4f}\n", outcome.experiment.name, epoch, point.loss,
                          point.accuracy);
    }
  }
  return text;
}

}  // namespace pset3::representation
