#include <fmt/format.h>

#include <functional>
#include <iostream>

#include "starter/common/drawing/ply.hpp"
#include "starter/common/exercise/exercise.hpp"
#include "starter/common/exercise/output_file.hpp"
#include "starter/p1_space_carving/exercise/options.hpp"
#include "starter/p1_space_carving/exercise/pictures.hpp"
#include "starter/p1_space_carving/exercise/steps.hpp"
#include "starter/p1_space_carving/exercise/summary.hpp"

namespace pset3::carving {
namespace {

// Runs the exercise's steps one after the other; one that fails does not stop those that can do
// without it.
class Exercise {
 public:
  explicit Exercise(const ExerciseOptions& options)
      : options_(options), views_(load_exercise_views(options)) {
    make_folder(options.out);
  }

  int run() {
    step("e", [&] { draw_silhouettes(views_, options_.out / "silhouettes.png"); });
    step("a", [&] {
      draw_grid(views_, form_coarse_grid(options_, views_, results_), file("a_grid.png"));
    });
    step("d", [&] { find_better_bounds(options_, views_, results_); });
    choose_box(options_, results_);
    if (results_.box) {
      carve_box();
    }
    const std::string summary = summary_text(options_, views_, results_);
    write_text(file("summary.txt"), summary);
    std::cout << summary << std::flush;
    // Last, since it needs gnuplot: without that program nothing else is lost.
    if (!results_.view_counts.empty()) {
      draw_view_counts(results_.view_counts, file("e_views.png"));
    }
    return exit_status(results_.open_questions);
  }

 private:
  std::filesystem::path file(const char* name) const { return options_.out / name; }

  // What the student's functions return may also be no lattice, which the mesh then refuses.
  void step(const char* question, const std::function<void()>& action) {
    const auto checked = [&] {
      try {
        action();
      } catch (const std::invalid_argument& error) {
        throw Unanswered(error.what());
      }
    };
    try_step(question, checked, results_.open_questions);
  }

  void carve_box() {
    step("b", [&] {
      carve_first_view(options_, views_, results_);
      draw_first_carve(views_, *results_.after_first_view, *results_.box,
                       file("b_first_carve.png"));
    });
    if (!results_.after_first_view) {
      return;
    }
    step("c", [&] {
      carve_other_views(views_, results_);
      write_hull();
    });
    if (results_.hull) {
      step("e", [&] {
        vary_view_count(options_, views_, results_);
        write_text(file("views.csv"), view_counts_csv(results_.view_counts));
      });
    }
  }

  void write_hull() {
    const Hull& hull = *results_.hull;
    drawing::write_ply(file("hull.ply"), hull.voxels);
    const drawing::Mesh mesh = drawing::surface_mesh(hull.voxels, hull.voxel_size);
    drawing::write_ply(file("mesh.ply"), mesh);
    draw_final_carve(views_, mesh, file("c_final_carve.png"));
    if (results_.loose_box && !results_.bounds_trials.empty() && !options_.box) {
      draw_bounds(views_, mesh, *results_.loose_box, *results_.box, file("d_bounds.png"));
    }
  }

  const ExerciseOptions& options_;
  ExerciseViews views_;
  Results results_;
};

}  // namespace
}  // namespace pset3::carving

int main(int argc, char** argv) {
  using namespace pset3::carving;
  return pset3::run_exercise<Exercise>(parse_options, argc, argv);
}
