#include "starter/p1_space_carving/exercise/steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <new>

#include "starter/common/drawing/progress.hpp"

namespace pset3::carving {
namespace {

using drawing::Progress;

constexpr int kPictureVoxels = 1500;  // few enough to see each one
constexpr int kCourseQuickVoxels = 4000;
constexpr int kMostQuickVoxels = 1'000'000;
constexpr double kFlat = 0.02;  // of the longest side
constexpr int kMostVoxelsPerViewCount = 500'000;

// Calls a function of the student's, and notes how long it took when there is a place for it.
template <typename Call>
auto ask(const char* function, Call call, std::vector<Timing>* timings = nullptr) {
  const auto start = std::chrono::steady_clock::now();
  try {
    auto answer = call();
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    if (timings != nullptr) {
      timings->push_back({function, passed.count()});
    }
    return answer;
  } catch (const NotImplemented& error) {
    throw Unanswered(error.what());
  } catch (const std::bad_alloc&) {
    throw Unanswered(fmt::format("{} ran out of memory", function));
  } catch (const std::exception& error) {
    throw Unanswered(fmt::format("{} threw: {}", function, error.what()));
  }
}

VoxelGrid form(const VoxelBounds& box, int voxels, std::vector<Timing>* timings = nullptr) {
  VoxelGrid grid = ask(
      "form_initial_voxels",
      [&] { return form_initial_voxels(box.xlim, box.ylim, box.zlim, voxels); }, timings);
  if (grid.voxels.rows() == 0 || !grid.voxels.allFinite() || !(grid.voxel_size > 0.0)) {
    throw Unanswered(fmt::format(
        "form_initial_voxels returned {} voxels of side {}; expected about {}, all finite",
        grid.voxels.rows(), grid.voxel_size, voxels));
  }
  return grid;
}

Voxels carve_with(const Voxels& voxels, const Camera& camera, std::size_t view) {
  Voxels left = ask("carve", [&] { return carve(voxels, camera); });
  if (left.rows() == 0) {
    throw Unanswered(fmt::format("carve left none of {} voxels with view {}", voxels.rows(), view));
  }
  if (left.rows() > voxels.rows() || !left.allFinite()) {
    throw Unanswered(fmt::format("carve made {} voxels of {}; it may only remove some", left.rows(),
                                 voxels.rows()));
  }
  return left;
}

ViewCount measure_view_count(const ExerciseViews& views, const Hull& hull, std::size_t count,
                             Progress& progress) {
  ViewCount row;
  row.views = count;
  row.voxels = hull.voxels.rows();
  row.volume = hull.volume();
  row.overlap = reprojection_overlap(hull.voxels, hull.voxel_size, views.cameras,
                                     views.true_silhouettes, [&] { progress.advance(); });
  return row;
}

std::vector<std::size_t> view_counts_up_to(std::size_t total) {
  std::vector<std::size_t> counts;
  for (std::size_t count = 2; count < total; count *= 2) {
    counts.push_back(count);
  }
  counts.push_back(total);
  return counts;
}

}  // namespace

bool is_flat(const VoxelBounds& box) {
  const Eigen::Array3d sides(box.xlim(1) - box.xlim(0), box.ylim(1) - box.ylim(0),
                             box.zlim(1) - box.zlim(0));
  return !(sides.minCoeff() > kFlat * sides.maxCoeff());
}

VoxelGrid form_coarse_grid(const ExerciseOptions& options, const ExerciseViews& views,
                           Results& results) {
  results.loose_box =
      ask("get_voxel_bounds", [&] { return get_voxel_bounds(views.cameras, false); });
  if (!is_flat(*results.loose_box)) return form(*results.loose_box, kPictureVoxels);
  if (options.box) return form(*options.box, kPictureVoxels);
  throw DataError(options.data.string() +
                  ": expected cameras in a ring around the z axis, found others: the box that "
                  "their positions give is flat. Name the object's box with --box.");
}

void find_better_bounds(const ExerciseOptions& options, const ExerciseViews& views,
                        Results& results) {
  // Cubes in a flat box would be so small that millions of them fill it. --box is used instead.
  if (results.loose_box && is_flat(*results.loose_box)) return;
  // The course's 4,000 voxels are too coarse for a small object among far cameras: thin parts
  // vanish, and the box cuts them off. A million are still quick.
  const int finer = std::clamp(options.voxels, kCourseQuickVoxels, kMostQuickVoxels);
  std::string last_failure;
  Progress progress("better bounds (d)", 2);
  for (const int quick : {kCourseQuickVoxels, finer}) {
    BoundsTrial trial;
    trial.quick_voxels = quick;
    try {
      trial.box = get_voxel_bounds(views.cameras, true, quick);
    } catch (const NotImplemented& error) {
      throw Unanswered(error.what());
    } catch (const std::exception& error) {
      last_failure = fmt::format("get_voxel_bounds threw: {}", error.what());
    }
    results.bounds_trials.push_back(trial);
    progress.advance();
  }
  if (!results.bounds_trials.back().box) {
    throw Unanswered(last_failure);
  }
}

void choose_box(const ExerciseOptions& options, Results& results) {
  if (options.box) {
    results.box = options.box;
    results.box_origin = "given by --box";
  } else if (!results.bounds_trials.empty() && results.bounds_trials.back().box) {
    results.box = results.bounds_trials.back().box;
    results.box_origin = "the better bounds of question (d)";
  } else {
    results.box = results.loose_box;
    results.box_origin = "from the camera positions";
  }
}

void carve_first_view(const ExerciseOptions& options, const ExerciseViews& views,
                      Results& results) {
  const VoxelGrid grid = form(*results.box, options.voxels, &results.timings);
  results.initial_voxels = grid.voxels.rows();
  const auto start = std::chrono::steady_clock::now();
  results.after_first_view =
      Hull{carve_with(grid.voxels, views.cameras.front(), 1), grid.voxel_size};
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  results.timings.push_back({"carve, first view", passed.count()});
}

void carve_other_views(const ExerciseViews& views, Results& results) {
  Hull hull = *results.after_first_view;
  const auto count = static_cast<std::int64_t>(views.cameras.size());
  const auto start = std::chrono::steady_clock::now();
  {
    Progress progress("carving (c)", count);
    progress.advance();
    for (std::size_t view = 1; view < views.cameras.size(); ++view) {
      hull.voxels = carve_with(hull.voxels, views.cameras[view], view + 1);
      progress.advance();
    }
  }
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  results.timings.push_back({"carve, all other views", passed.count()});
  Progress progress("reprojecting (c)", count);
  results.overlap = reprojection_overlap(hull.voxels, hull.voxel_size, views.cameras,
                                         views.true_silhouettes, [&] { progress.advance(); });
  results.hull = std::move(hull);
}

void vary_view_count(const ExerciseOptions& options, const ExerciseViews& views, Results& results) {
  const std::vector<std::size_t> order = nested_order(views.cameras.size());
  const std::vector<std::size_t> counts = view_counts_up_to(order.size());
  Progress progress("fewer views (e)",
                    static_cast<std::int64_t>(order.size() * (counts.size() + 1)));
  const VoxelGrid grid = form(*results.box, std::min(options.voxels, kMostVoxelsPerViewCount));
  Hull hull{grid.voxels, grid.voxel_size};
  std::size_t carved = 0;
  for (const std::size_t count : counts) {
    for (; carved < count; ++carved) {
      hull.voxels = carve_with(hull.voxels, views.cameras[order[carved]], order[carved] + 1);
      progress.advance();
    }
    results.view_counts.push_back(measure_view_count(views, hull, count, progress));
  }
}

}  // namespace pset3::carving
