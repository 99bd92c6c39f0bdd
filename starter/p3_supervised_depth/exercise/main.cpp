#include <functional>
#include <iostream>
#include <memory>

#include "starter/common/exercise/ask.hpp"
#include "starter/common/exercise/exercise.hpp"
#include "starter/common/exercise/output_file.hpp"
#include "starter/p3_supervised_depth/exercise/pictures.hpp"
#include "starter/p3_supervised_depth/exercise/summary.hpp"
#include "starter/p3_supervised_depth/exercise/testing.hpp"
#include "starter/p3_supervised_depth/exercise/training.hpp"

namespace pset3::depth {
namespace {

/// Runs the exercise's steps one after the other; one that fails does not stop those that can do
/// without it.
class Exercise {
 public:
  explicit Exercise(const ExerciseOptions& options) : options_(options), data_(read_data(options)) {
    make_folder(options.out);
    const torch::Tensor& colours = data_.images.colours;
    results_.pictures = colours.size(0);
    results_.size = {static_cast<std::size_t>(colours.size(2)),
                     static_cast<std::size_t>(colours.size(3))};
    results_.scale = data_.scale;
    results_.unit = data_.unit;
  }

  int run() {
    step([&] {
      trainer_ = std::make_unique<Trainer>(options_, data_);
      results_.training_pictures = trainer_->loaders().train.dataset().size();
      results_.test_pictures = trainer_->loaders().test.dataset().size();
      measure_means(trainer_->loaders(), data_.scale, results_);
    });
    step([&] { results_.parameters = check_network(options_, data_); });
    step(check_depth_loss);
    if (results_.open_questions.empty()) {
      step([&] { trainer_->train_from_scratch(results_); });
    } else {
      results_.open_questions.push_back({"d", "was not run: it needs the questions before it"});
    }
    if (results_.open_questions.empty() && options_.pretraining) {
      step([&] { trainer_->train_pretrained(results_); });
    }
    write_results();
    return exit_status(results_.open_questions);
  }

 private:
  std::filesystem::path file(const char* name) const { return options_.out / name; }

  void step(const std::function<void()>& action) { try_step("", action, results_.open_questions); }

  void write_results() const {
    const std::string summary = summary_text(options_, results_);
    write_text(file("summary.txt"), summary);
    std::cout << summary << std::flush;
    if (results_.outcomes.empty()) return;
    write_text(file("errors.csv"), errors_csv(results_));
    write_text(file("curves.csv"), curves_csv(results_));
    draw_predictions(results_, file("d_predictions.png"));
    // Last, since they need gnuplot: without that program nothing else is lost.
    draw_losses(results_.outcomes.front(), file("d_losses.png"));
    if (results_.outcomes.size() > 1) draw_comparison(results_, file("e_pretraining.png"));
  }

  const ExerciseOptions& options_;
  ExerciseData data_;
  std::unique_ptr<Trainer> trainer_;
  Results results_;
};

}  // namespace
}  // namespace pset3::depth

int main(int argc, char** argv) {
  using namespace pset3::depth;
  return pset3::run_exercise<Exercise>(parse_options, argc, argv, pset3::torch_message);
}
