#include <functional>
#include <iostream>

#include "starter/common/exercise/ask.hpp"
#include "starter/common/exercise/exercise.hpp"
#include "starter/common/exercise/output_file.hpp"
#include "starter/p4_unsupervised_depth/exercise/pictures.hpp"
#include "starter/p4_unsupervised_depth/exercise/summary.hpp"
#include "starter/p4_unsupervised_depth/exercise/training.hpp"
#include "starter/p4_unsupervised_depth/exercise/views.hpp"

namespace pset3::stereo {
namespace {

/// Runs the exercise's steps one after the other; one that fails does not stop those that can do
/// without it.
class Exercise {
 public:
  explicit Exercise(const ExerciseOptions& options)
      : options_(options), source_(open_pairs(options)) {
    results_.pairs = source_->size();
    if (options.pair >= source_->size()) {
      throw DataError("--pair " + std::to_string(options.pair) + ": the last pair is number " +
                      std::to_string(source_->size() - 1));
    }
    results_.pair.pictures = source_->read(options.pair);
    if (options.trains) pairs_ = read_training_pairs(*source_, options);
    make_folder(options.out);
  }

  int run() {
    PairResults& pair = results_.pair;
    step([&] { pair.flipped = flip_pair(pair.pictures); });
    step([&] { pair.shifted = shift_pair(pair.pictures); });
    step([&] { pair.made = make_views(pair.pictures); });
    write_figures();
    if (pairs_ && results_.open_questions.empty()) {
      step([&] { results_.training = Trainer(options_, *pairs_).run(); });
    } else if (pairs_) {
      results_.open_questions.push_back({"d", "was not run: it needs the questions before it"});
    }
    write_results();
    return exit_status(results_.open_questions);
  }

 private:
  std::filesystem::path file(const std::string& name) const { return options_.out / name; }

  void step(const std::function<void()>& action) { try_step("", action, results_.open_questions); }

  void write_figures() const {
    const PairResults& pair = results_.pair;
    if (!pair.flipped.empty()) draw_flip(pair, file("a_flip.png"));
    if (!pair.shifted.empty()) draw_shifts(pair, file("b_shifts.png"));
    for (const MadeView& made : pair.made) {
      draw_made_view(pair.pictures, made, file("c_" + made.view + ".png"));
    }
    if (!pair.made.empty()) write_text(file("views.csv"), views_csv(pair));
  }

  void write_results() const {
    const std::string summary = summary_text(options_, results_);
    write_text(file("summary.txt"), summary);
    std::cout << summary << std::flush;
    if (!results_.training) return;
    const TrainingResults& training = *results_.training;
    write_text(file("curves.csv"), curves_csv(training));
    write_text(file("columns.csv"), columns_csv(training));
    draw_disparities(training, file("d_disparities.png"));
    // Last, since they need gnuplot: without that program nothing else is lost.
    draw_curves(training, file("d_curves.png"));
    draw_columns(training, file("d_columns.png"));
  }

  const ExerciseOptions& options_;
  std::unique_ptr<PairSource> source_;
  std::optional<TrainingPairs> pairs_;
  Results results_;
};

}  // namespace
}  // namespace pset3::stereo

int main(int argc, char** argv) {
  using namespace pset3::stereo;
  return pset3::run_exercise<Exercise>(parse_options, argc, argv, pset3::torch_message);
}
