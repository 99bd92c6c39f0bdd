#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "starter/common/camera.hpp"

namespace pset3 {

/// What a data set holds.
struct CalibratedViews {
  std::vector<Camera> cameras;     ///< in the order of their names
  std::vector<std::string> notes;  ///< sentences for the user on what was mended in reading
};

/// Reads the calibrated views of one object from a folder, in the order of their names. The format
/// is recognised by what is there:
///   - cameras.json with images/ and silhouettes/: this project's own format, see common/README.md;
///   - dino_Ps.mat or projection_txt/NNN.txt with images/ and silhouettes/: the Oxford dinosaur;
///   - frames.mat: the course's struct array with image, P, K, R, T, silhouette;
///   - *_par.txt with images beside it and silhouettes/: Middlebury's multi-view stereo data.
///
/// A silhouette may be absent everywhere; then Camera::silhouette is empty. Every value that is not
/// 0 in a silhouette's file becomes 1.
/// @throws DataError that names file, field, what was expected and what was found.
CalibratedViews load_views(const std::filesystem::path& folder);

}  // namespace pset3
