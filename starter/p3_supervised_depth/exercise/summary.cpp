#include "starter/p3_supervised_depth/exercise/summary.hpp"

#include <fmt/format.h>

namespace pset3::depth {
namespace {

/// A line of the table of errors.
struct Row {
  std::string name;   ///< in errors.csv
  std::string title;  ///< in summary.txt
  DepthErrors errors;
};

std::vector<Row> rows_of(const Results& results) {
  std::vector<Row> rows;
  if (results.mean) rows.push_back({"mean", "the mean depth everywhere", *results.mean});
  if (results.mean_map) {
    rows.push_back({"mean_map", "each pixel's mean depth", *results.mean_map});
  }
  for (const Outcome& outcome : results.outcomes) {
    rows.push_back({outcome.name,
                    outcome.name == "scratch" ? "your network" : "your network, pretrained",
                    outcome.errors});
  }
  return rows;
}

std::string table(const Results& results) {
  if (!results.mean) return "";
  const std::string rmse = results.unit.empty() ? "RMSE" : "RMSE, " + results.unit;
  std::string text = fmt::format("\n  {:<28}{:>8}{:>10}{:>10}{:>10}{:>10}\n", "Test pictures",
                                 "AbsRel", rmse, "δ < 1.25", "< 1.25²", "< 1.25³");
  for (const Row& row : rows_of(results)) {
    text += fmt::format("  {:<28}{:>8.4f}{:>10.3f}{:>10.3f}{:>10.3f}{:>10.3f}\n", row.title,
                        row.errors.abs_rel, row.errors.rmse, row.errors.within_1_25,
                        row.errors.within_1_56, row.errors.within_1_95);
  }
  return text +
         "  AbsRel and RMSE: less is better. δ: the share of pixels that are off by less than that "
         "factor.\n";
}

std::string losses(const Results& results) {
  std::string text;
  for (const Outcome& outcome : results.outcomes) {
    text +=
        fmt::format("\n  {:<28}{:>8}", outcome.name == "scratch" ? "from scratch" : "pretrained",
                    outcome.epochs.size());
    text += fmt::format("{:>10.4f}{:>10.4f}{:>10.4f}{:>10.4f}",
                        outcome.epochs.front().training_loss, outcome.epochs.back().training_loss,
                        outcome.epochs.front().test_loss, outcome.epochs.back().test_loss);
  }
  if (text.empty()) return "";
  return fmt::format("\n  {:<28}{:>8}{:>20}{:>20}\n  {:<28}{:>8}{:>10}{:>10}{:>10}{:>10}",
                     "Net loss", "", "training pictures", "test pictures", "", "epochs", "first",
                     "last", "first", "last") +
         text + "\n";
}

std::string head(const ExerciseOptions& options, const Results& results) {
  std::string text = fmt::format("Data       {} pictures of {} x {} (height x width)",
                                 results.pictures, results.size.height, results.size.width);
  if (results.training_pictures > 0) {
    text += fmt::format(": {} to train on, {} to test on", results.training_pictures,
                        results.test_pictures);
  }
  text += fmt::format(", from {}\n", options.data.string());
  if (results.parameters > 0) {
    text += fmt::format("Network    {} parameters: width {}, growth {}, blocks {}\n",
                        results.parameters, options.network.width, options.network.growth,
                        fmt::join(options.network.blocks, " "));
  }
  return text +
         fmt::format("Settings   {}, batches of {}, learning rate {:g}, pct {:g}, seed {}\n",
                     options.epochs == 1 ? "1 epoch" : fmt::format("{} epochs", options.epochs),
                     options.batch_size, options.learning_rate, options.pct, options.seed);
}

}  // namespace

std::string summary_text(const ExerciseOptions& options, const Results& results) {
  std::string text = head(options, results) + losses(results) + table(results) +
                     open_questions_text(results.open_questions);
  if (!options.pretraining) text += "Question (e), extra credit, is run with --pretrain.\n";
  return text;
}

std::string errors_csv(const Results& results) {
  std::string text = "prediction,abs_rel,rmse,within_1_25,within_1_25_2,within_1_25_3,pixels\n";
  for (const Row& row : rows_of(results)) {
    const DepthErrors& errors = row.errors;
    text += fmt::format("{},{:.5f},{:.5f},{:.5f},{:.5f},{:.5f},{}\n", row.name, errors.abs_rel,
                        errors.rmse, errors.within_1_25, errors.within_1_56, errors.within_1_95,
                        errors.pixels);
  }
  return text;
}

std::string curves_csv(const Results& results) {
  std::string text = "training,epoch,training_loss,test_loss\n";
  for (const Outcome& outcome : results.outcomes) {
    for (std::size_t i = 0; i < outcome.epochs.size(); ++i) {
      text += fmt::format("{},{},{:.5f},{:.5f}\n", outcome.name, i + 1,
                          outcome.epochs[i].training_loss, outcome.epochs[i].test_loss);
    }
  }
  return text;
}

}  // namespace pset3::depth
