#include "starter/p0_neural_nets/exercise/training.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>
#include <random>

#include "starter/common/drawing/progress.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {
namespace {

/// Weights of Glorot & Bengio's size, so that signals neither grow nor shrink through the layers.
Mlp initial_network(const TrainingPlan& plan, std::mt19937& random) {
  Mlp mlp{{}, plan.activation};
  for (std::size_t i = 1; i < plan.widths.size(); ++i) {
    const Index in = plan.widths[i - 1];
    const Index out = plan.widths[i];
    std::uniform_real_distribution<double> uniform(-1.0, 1.0);
    const double size = i == 1 ? plan.first_weights : 1.0;
    const double bound = size * std::sqrt(6.0 / static_cast<double>(in + out));
    Matrix weights(in, out);
    for (Index k = 0; k < weights.size(); ++k) weights.data()[k] = bound * uniform(random);
    mlp.layers.push_back({weights, RowVector::Zero(out)});
  }
  return mlp;
}

/// Batches of samples in random order, each sample once before one comes again.
class Batches {
 public:
  Batches(const Samples& samples, int size, std::mt19937& random)
      : samples_(samples), random_(random), order_(samples.classes.size()) {
    std::iota(order_.begin(), order_.end(), Index{0});
    next_ = order_.size();
    const auto rows =
        static_cast<Index>(std::min<std::size_t>(order_.size(), static_cast<std::size_t>(size)));
    batch_.inputs.resize(rows, samples.inputs.cols());
    batch_.targets.resize(rows, samples.targets.cols());
  }

  const Samples& draw() {
    for (Index row = 0; row < batch_.inputs.rows(); ++row) {
      if (next_ == order_.size()) {
        std::shuffle(order_.begin(), order_.end(), random_);
        next_ = 0;
      }
      const Index sample = order_[next_++];
      batch_.inputs.row(row) = samples_.inputs.row(sample);
      batch_.targets.row(row) = samples_.targets.row(sample);
    }
    return batch_;
  }

 private:
  const Samples& samples_;
  std::mt19937& random_;
  std::vector<Index> order_;
  std::size_t next_;
  Samples batch_;
};

/// The loss on the first samples, which are enough for a curve.
double loss_of(const Mlp& mlp, const Samples& samples) {
  const Index count = std::min<Index>(samples.inputs.rows(), 1000);
  const Matrix logits = logits_of(mlp, samples.inputs.topRows(count), samples.targets.cols());
  return ask("softmax_cross_entropy",
             [&] { return softmax_cross_entropy(logits, samples.targets.topRows(count)).value; });
}

std::vector<int> said_classes(const Mlp& mlp, const Samples& samples) {
  const Matrix logits = logits_of(mlp, samples.inputs, samples.targets.cols());
  std::vector<int> classes;
  for (Index row = 0; row < logits.rows(); ++row) {
    Index best = 0;
    logits.row(row).maxCoeff(&best);
    classes.push_back(static_cast<int>(best));
  }
  return classes;
}

double accuracy_of(const Mlp& mlp, const Samples& samples) {
  const std::vector<int> said = said_classes(mlp, samples);
  const auto right = std::inner_product(said.begin(), said.end(), samples.classes.begin(), 0.0,
                                        std::plus<>(), std::equal_to<>());
  return right / static_cast<double>(said.size());
}

std::vector<double> accuracies_by_class(const Mlp& mlp, const Samples& samples) {
  const std::vector<int> said = said_classes(mlp, samples);
  const auto count = static_cast<std::size_t>(samples.targets.cols());
  std::vector<double> right(count, 0.0);
  std::vector<double> all(count, 0.0);
  for (std::size_t n = 0; n < said.size(); ++n) {
    const auto actual = static_cast<std::size_t>(samples.classes[n]);
    all[actual] += 1.0;
    if (said[n] == samples.classes[n]) right[actual] += 1.0;
  }
  for (std::size_t k = 0; k < count; ++k) {
    right[k] = all[k] > 0.0 ? right[k] / all[k] : std::numeric_limits<double>::quiet_NaN();
  }
  return right;
}

double checked_step(Mlp& mlp, const Samples& batch, double learning_rate, int step) {
  const double loss =
      ask("sgd_step", [&] { return sgd_step(mlp, batch.inputs, batch.targets, learning_rate); });
  if (std::isfinite(loss)) return loss;
  throw Unanswered("sgd_step returned a loss of " + std::to_string(loss) + " in step " +
                   std::to_string(step) + "; try a smaller --rate, or look at the gradients");
}

}  // namespace

Samples make_samples(Matrix inputs, std::vector<int> classes, int class_count) {
  Matrix targets = Matrix::Zero(inputs.rows(), class_count);
  for (Index row = 0; row < inputs.rows(); ++row) {
    targets(row, classes[static_cast<std::size_t>(row)]) = 1.0;
  }
  return {std::move(inputs), std::move(classes), std::move(targets)};
}

Matrix logits_of(const Mlp& mlp, const Matrix& inputs, Index classes) {
  const MlpForward forward = ask("mlp_forward", [&] { return mlp_forward(mlp, inputs); });
  if (forward.outputs.empty() || forward.outputs.back().rows() != inputs.rows() ||
      forward.outputs.back().cols() != classes) {
    const std::string last = forward.outputs.empty() ? "none" : shape_of(forward.outputs.back());
    throw Unanswered("mlp_forward gave outputs of shape " + last + "; expected (" +
                     std::to_string(inputs.rows()) + ", " + std::to_string(classes) + ")");
  }
  return forward.outputs.back();
}

Trained train(const TrainingPlan& plan, const Samples& training, const Samples& unseen,
              const std::function<void(int step, const Mlp&)>& watch) {
  std::mt19937 random(1986);
  Trained trained;
  trained.mlp = initial_network(plan, random);
  Batches batches(training, plan.batch, random);
  const auto start = std::chrono::steady_clock::now();
  drawing::Progress progress(plan.label, plan.steps);
  watch(0, trained.mlp);
  const double first_loss = loss_of(trained.mlp, training);
  trained.milestones.push_back({0, first_loss, loss_of(trained.mlp, unseen)});
  const int every = std::max(1, plan.steps / plan.milestones);
  double losses = 0.0;
  for (int step = 1; step <= plan.steps; ++step) {
    losses += checked_step(trained.mlp, batches.draw(), plan.learning_rate, step);
    watch(step, trained.mlp);
    if (step % every == 0) {
      trained.milestones.push_back({step, losses / every, loss_of(trained.mlp, unseen)});
      losses = 0.0;
    }
    progress.advance();
  }
  trained.training_accuracy = accuracy_of(trained.mlp, training);
  trained.unseen_accuracy = accuracy_of(trained.mlp, unseen);
  trained.accuracy_of_class = accuracies_by_class(trained.mlp, unseen);
  trained.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return trained;
}

}  // namespace pset3::neural_nets
