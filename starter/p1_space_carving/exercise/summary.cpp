#include "starter/p1_space_carving/exercise/summary.hpp"

#include <fmt/format.h>

#include <cmath>

namespace pset3::carving {
namespace {

std::string line(const std::string& name, const std::string& value) {
  return fmt::format("  {:<30}{}\n", name, value);
}

std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string box_text(const VoxelBounds& box) {
  return fmt::format("x [{:.5f}, {:.5f}]  y [{:.5f}, {:.5f}]  z [{:.5f}, {:.5f}]", box.xlim(0),
                     box.xlim(1), box.ylim(0), box.ylim(1), box.zlim(0), box.zlim(1));
}

// The box around the hull's cubes.
VoxelBounds extent_of(const Hull& hull) {
  const Eigen::RowVector3d half = Eigen::RowVector3d::Constant(hull.voxel_size / 2.0);
  const Eigen::RowVector3d lower = hull.voxels.colwise().minCoeff() - half;
  const Eigen::RowVector3d upper = hull.voxels.colwise().maxCoeff() + half;
  return {{lower.x(), upper.x()}, {lower.y(), upper.y()}, {lower.z(), upper.z()}};
}

// Faces of the box that the hull reaches: there the box may have cut a part off.
std::string touched_faces(const VoxelBounds& box, const Hull& hull) {
  const VoxelBounds extent = extent_of(hull);
  std::string faces;
  const auto compare = [&](const char* axis, const Limits& of_box, const Limits& of_hull) {
    if (of_hull(0) - of_box(0) < 0.75 * hull.voxel_size) {
      faces += fmt::format(" -{}", axis);
    }
    if (of_box(1) - of_hull(1) < 0.75 * hull.voxel_size) {
      faces += fmt::format(" +{}", axis);
    }
  };
  compare("x", box.xlim, extent.xlim);
  compare("y", box.ylim, extent.ylim);
  compare("z", box.zlim, extent.zlim);
  return faces;
}

std::string inputs(const ExerciseOptions& options, const ExerciseViews& views) {
  const cv::Size size = views.true_silhouettes.front().size();
  std::string notes;
  for (const std::string& note : views.notes) {
    notes += line("note", note);
  }
  return "Views\n" +
         line("used", fmt::format("{} of {}, {} x {} pixels", views.cameras.size(), views.available,
                                  size.width, size.height)) +
         line("silhouettes", options.silhouettes == SilhouetteSource::kTrue
                                 ? "true"
                                 : "estimated from the colours") +
         line("axes", is_left_handed(views.cameras)
                          ? "left-handed: a viewer shows the meshes mirrored"
                          : "right-handed") +
         notes;
}

std::string boxes(const Results& results) {
  std::string text = "\nBoxes (question d)\n";
  if (results.loose_box) {
    text += line("from the cameras", box_text(*results.loose_box));
  }
  for (const BoundsTrial& trial : results.bounds_trials) {
    text += line(fmt::format("better, {} voxels", with_commas(trial.quick_voxels)),
                 trial.box ? box_text(*trial.box) : "the quick carve left nothing");
  }
  if (results.box) {
    text += line("carved", results.box_origin) + line("", box_text(*results.box));
  }
  return text;
}

std::string carving(const Results& results) {
  if (!results.after_first_view) {
    return "";
  }
  const Hull& first = *results.after_first_view;
  std::string text = "\nCarving (questions a to c)\n" +
                     line("voxels at the start", with_commas(results.initial_voxels)) +
                     line("side of a voxel", fmt::format("{:.8g}", first.voxel_size)) +
                     line("left by the first view", with_commas(first.voxels.rows()));
  if (!results.hull) {
    return text;
  }
  const Hull& hull = *results.hull;
  const std::string faces = touched_faces(*results.box, hull);
  text += line("left by all views", with_commas(hull.voxels.rows())) +
          line("hull volume", fmt::format("{:.6g} cubic units", hull.volume())) +
          line("hull extent", box_text(extent_of(hull))) +
          line("reprojection IoU, mean", fmt::format("{:.4f}", results.overlap.mean)) +
          line("reprojection IoU, worst view", fmt::format("{:.4f}", results.overlap.min));
  if (!faces.empty()) {
    text += line("careful",
                 "the hull reaches its box at" + faces + "; the box may have cut a part off");
  }
  return text;
}

std::string view_counts(const Results& results) {
  if (results.view_counts.empty()) {
    return "";
  }
  std::string text =
      "\nFewer views (question e)\n"
      "  views      voxels        volume    IoU mean   IoU worst\n";
  for (const ViewCount& row : results.view_counts) {
    text += fmt::format("  {:>5}  {:>10}  {:>12.6g}  {:>10.4f}  {:>10.4f}\n", row.views,
                        with_commas(row.voxels), row.volume, row.overlap.mean, row.overlap.min);
  }
  return text;
}

std::string times(const Results& results) {
  std::string text;
  for (const Timing& timing : results.timings) {
    text += line(timing.what, fmt::format("{:.2f} s", timing.seconds));
  }
  return text.empty() ? "" : "\nTime in your functions\n" + text;
}

std::string open_questions(const Results& results) {
  std::string text;
  for (const OpenQuestion& open : results.open_questions) {
    text += line("question (" + open.question + ")", open.reason);
  }
  return text.empty() ? "\nAll questions were run.\n" : "\nStill open\n" + text;
}

}  // namespace

std::string summary_text(const ExerciseOptions& options, const ExerciseViews& views,
                         const Results& results) {
  return inputs(options, views) + boxes(results) + carving(results) + view_counts(results) +
         times(results) + open_questions(results);
}

std::string view_counts_csv(const std::vector<ViewCount>& rows) {
  std::string text = "views,voxels,hull_volume,iou_mean,iou_min\n";
  for (const ViewCount& row : rows) {
    text += fmt::format("{},{},{:.9g},{:.6f},{:.6f}\n", row.views, row.voxels, row.volume,
                        row.overlap.mean, row.overlap.min);
  }
  return text;
}

}  // namespace pset3::carving
