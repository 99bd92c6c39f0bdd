#include <algorithm>
#include <functional>
#include <iostream>

#include "starter/common/exercise/ask.hpp"
#include "starter/common/exercise/exercise.hpp"
#include "starter/common/exercise/output_file.hpp"
#include "starter/p2_representation_learning/exercise/pictures.hpp"
#include "starter/p2_representation_learning/exercise/summary.hpp"
#include "starter/p2_representation_learning/exercise/training.hpp"

namespace pset3::representation {
namespace {

constexpr std::int64_t kSamples = 9;

/// Runs the exercise's steps one after the other; one that fails does not stop those that can do
/// without it.
class Exercise {
 public:
  explicit Exercise(const ExerciseOptions& options)
      : options_(options),
        plan_(planned(options)),
        data_(read_data(options, plan_)),
        trainer_(options, data_) {
    make_folder(options.out);
    results_.training_images = data_.training.images.size(0);
    results_.test_images = data_.test.images.size(0);
  }

  int run() {
    step([&] {
      draw_samples(trainer_.samples(Predicts::kClass, kSamples), Predicts::kClass,
                   file("a_classes.png"));
      draw_samples(trainer_.samples(Predicts::kRotation, kSamples), Predicts::kRotation,
                   file("a_rotations.png"));
    });
    step([] { Trainer::check_networks(); });
    if (results_.open_questions.empty()) {
      step([&] { run_experiments(); });
    } else {
      results_.open_questions.push_back({"c", "was not run: it needs the questions before it"});
    }
    if (!trainer_.why_not_tested().empty()) {
      results_.open_questions.push_back({"d", trainer_.why_not_tested()});
    }
    write_results();
    return exit_status(results_.open_questions);
  }

 private:
  std::filesystem::path file(const char* name) const { return options_.out / name; }

  void step(const std::function<void()>& action) { try_step("", action, results_.open_questions); }

  void run_experiments() {
    int number = 0;
    for (const Experiment& experiment : plan_) {
      std::cerr << "experiment " << ++number << " of " << plan_.size() << ": " << experiment.title
                << ", " << experiment.epochs << " epochs\n";
      results_.outcomes.push_back(trainer_.run(experiment));
    }
  }

  void write_results() {
    const std::string summary = summary_text(options_, results_);
    write_text(file("summary.txt"), summary);
    std::cout << summary << std::flush;
    if (results_.outcomes.empty()) return;
    write_text(file("accuracies.csv"), accuracies_csv(results_));
    write_text(file("curves.csv"), curves_csv(results_));
    // Last, since they need gnuplot: without that program nothing else is lost.
    draw_curves(results_.outcomes, Predicts::kClass, file("e_curves.png"));
    draw_curves(results_.outcomes, Predicts::kRotation, file("c_rotation_curves.png"));
  }

  const ExerciseOptions& options_;
  std::vector<Experiment> plan_;
  ExerciseData data_;
  Trainer trainer_;
  Results results_;
};

}  // namespace
}  // namespace pset3::representation

int main(int argc, char** argv) {
  using namespace pset3::representation;
  return pset3::run_exercise<Exercise>(parse_options, argc, argv, pset3::torch_message);
}
