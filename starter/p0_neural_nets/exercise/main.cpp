#include <fmt/format.h>

#include <functional>
#include <iostream>

#include "starter/common/exercise/exercise.hpp"
#include "starter/common/exercise/output_file.hpp"
#include "starter/p0_neural_nets/exercise/data.hpp"
#include "starter/p0_neural_nets/exercise/options.hpp"
#include "starter/p0_neural_nets/exercise/pictures.hpp"
#include "starter/p0_neural_nets/exercise/summary.hpp"

namespace pset3::neural_nets {
namespace {

constexpr int kPointsPerArm = 110;
constexpr int kMilestones = 50;

/// Runs the exercise's steps one after the other; one that fails does not stop those that can do
/// without it.
class Exercise {
 public:
  explicit Exercise(const ExerciseOptions& options)
      : options_(options), images_(read_images(options.data, options.partial_data)) {
    make_folder(options.out);
    results_.training_images = images_.training.classes.size();
    results_.unseen_images = images_.unseen.classes.size();
    results_.note = images_.note;
    results_.spiral_points = std::size_t{kPointsPerArm} * kSpiralArms;
  }

  int run() {
    step("b", [&] { draw_activations(file("b_activations.png")); });
    step("d", [&] { learn_spiral(); });
    if (results_.spiral) step("d", [&] { learn_images(); });
    if (!curves_.empty()) draw_losses(curves_, file("d_loss.png"));
    step("e", [&] { draw_worked_example(file("e_convolution.png")); });
    const std::string summary = summary_text(options_, results_);
    write_text(file("summary.txt"), summary);
    write_text(file("accuracies.csv"), accuracies_csv(results_));
    std::cout << summary << std::flush;
    return exit_status(results_.open_questions);
  }

 private:
  std::filesystem::path file(const char* name) const { return options_.out / name; }

  void step(const char* question, const std::function<void()>& action) {
    try_step(question, action, results_.open_questions);
  }

  TrainingPlan plan(std::vector<Index> widths, int steps, const char* label) const {
    TrainingPlan plan;
    plan.widths = std::move(widths);
    plan.activation = options_.activation;
    plan.learning_rate = options_.learning_rate;
    plan.steps = steps;
    plan.batch = 64;
    plan.milestones = kMilestones;
    plan.label = label;
    return plan;
  }

  void learn_spiral() {
    const Samples training = spiral(kPointsPerArm, 1);
    const Samples unseen = spiral(kPointsPerArm, 2);
    const int steps = options_.spiral_steps;
    std::vector<cv::Mat> pictures;
    std::vector<std::string> captions;
    const auto watch = [&](int step, const Mlp& mlp) {
      if (step != 0 && step != steps / 3 && step != steps) return;
      pictures.push_back(picture_of_spiral(mlp, training));
      captions.push_back(step == 0 ? "before training" : fmt::format("after {} steps", step));
    };
    results_.spiral =
        train(plan({2, 64, 64, kSpiralArms}, steps, "spiral (d)"), training, unseen, watch);
    draw_spirals(pictures, captions, file("d_spiral.png"));
    curves_.push_back({"Spiral", results_.spiral->milestones});
  }

  void learn_images() {
    const Index pixels = images_.height * images_.width;
    TrainingPlan small_start = plan({pixels, 64, 10}, options_.steps, "images (d)");
    small_start.first_weights = 0.1;  // else the filters' picture shows the noise of the start
    results_.images = train(small_start, images_.training, images_.unseen, [](int, const Mlp&) {});
    draw_filters(results_.images->mlp, images_.height, images_.width, file("d_filters.png"));
    curves_.push_back({"Images", results_.images->milestones});
  }

  const ExerciseOptions& options_;
  ImageData images_;
  Results results_;
  std::vector<LossCurve> curves_;
};

}  // namespace
}  // namespace pset3::neural_nets

int main(int argc, char** argv) {
  using namespace pset3::neural_nets;
  return pset3::run_exercise<Exercise>(parse_options, argc, argv);
}
