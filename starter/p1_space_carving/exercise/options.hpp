#pragma once

#include <filesystem>
#include <optional>

#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::carving {

enum class SilhouetteSource { kTrue, kEstimated };

/// The options of the exercise's command line.
struct ExerciseOptions {
  std::filesystem::path data;  ///< folder for load_views
  std::filesystem::path out;   ///< folder for what is written; made when it is not there
  int voxels = 6'000'000;      ///< about how many, for the final carve
  int views = 0;               ///< how many of the views, evenly spaced; 0 = all
  SilhouetteSource silhouettes = SilhouetteSource::kTrue;
  bool draft = false;                             ///< small pictures, ten times as fast
  std::optional<VoxelBounds> box = std::nullopt;  ///< instead of question (d)'s
};

/// @returns the options, or none when help was asked for and has been printed.
/// @throws std::invalid_argument that says in one line what is wrong.
std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv);

}  // namespace pset3::carving
