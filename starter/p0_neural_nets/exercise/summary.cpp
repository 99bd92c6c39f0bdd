#include "starter/p0_neural_nets/exercise/summary.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace pset3::neural_nets {
namespace {

/// Fashion-MNIST's classes.
constexpr std::array<const char*, 10> kGarments = {"T-shirt", "trousers",  "pullover", "dress",
                                                   "coat",    "sandal",    "shirt",    "sneaker",
                                                   "bag",     "ankle boot"};

std::string name_of(Activation activation) {
  if (activation == Activation::kSigmoid) return "sigmoid";
  return activation == Activation::kTanh ? "tanh" : "ReLU";
}

std::string layers_of(const Mlp& mlp) {
  std::string text = std::to_string(mlp.layers.front().weights.rows());
  for (const FullyConnected& layer : mlp.layers) {
    text += " → " + std::to_string(layer.weights.cols());
  }
  return text;
}

std::string row(const std::string& name, const Trained& trained) {
  return fmt::format("  {:<10}{:>10.1f} %{:>10.1f} %{:>9.3f}{:>9.1f} s   {}\n", name,
                     100.0 * trained.training_accuracy, 100.0 * trained.unseen_accuracy,
                     trained.milestones.back().unseen_loss, trained.seconds,
                     layers_of(trained.mlp));
}

std::string networks(const ExerciseOptions& options, const Results& results) {
  if (!results.spiral && !results.images) return "";
  std::string text = fmt::format(
      "\nYour network (question d), {}, learning rate {:g}\n"
      "  {:<10}{:>12}{:>12}{:>9}{:>11}   layers\n",
      name_of(options.activation), options.learning_rate, "", "training", "unseen", "loss", "time");
  if (results.spiral) text += row("spiral", *results.spiral);
  if (results.images) text += row("images", *results.images);
  text += "  Guessing gets 33.3 % of the spiral and 10 % of the images.\n";
  return text;
}

std::string classes(const Results& results) {
  if (!results.images) return "";
  std::string text = "\nUnseen images, by class (named as in Fashion-MNIST)\n";
  const std::vector<double>& accuracies = results.images->accuracy_of_class;
  for (std::size_t k = 0; k < accuracies.size(); ++k) {
    if (std::isnan(accuracies[k])) continue;
    text += fmt::format("  {} {:<12}{:>7.1f} %\n", k, kGarments.at(k), 100.0 * accuracies[k]);
  }
  return text;
}

}  // namespace

std::string summary_text(const ExerciseOptions& options, const Results& results) {
  std::string text = fmt::format(
      "Data\n"
      "  spiral    {} points to train on, as many unseen\n"
      "  images    {} to train on, {} unseen, from {}\n",
      results.spiral_points, results.training_images, results.unseen_images, options.data.string());
  if (!results.note.empty()) text += "  careful   " + results.note + "\n";
  return text + networks(options, results) + classes(results) +
         open_questions_text(results.open_questions);
}

std::string accuracies_csv(const Results& results) {
  std::string text = "data,training_accuracy,unseen_accuracy\n";
  const auto add = [&](const char* name, const std::optional<Trained>& trained) {
    if (!trained) return;
    text += fmt::format("{},{:.4f},{:.4f}\n", name, trained->training_accuracy,
                        trained->unseen_accuracy);
  };
  add("spiral", results.spiral);
  add("images", results.images);
  if (!results.images) return text;
  const std::vector<double>& accuracies = results.images->accuracy_of_class;
  for (std::size_t k = 0; k < accuracies.size(); ++k) {
    if (!std::isnan(accuracies[k])) text += fmt::format("class {},,{:.4f}\n", k, accuracies[k]);
  }
  return text;
}

}  // namespace pset3::neural_nets
