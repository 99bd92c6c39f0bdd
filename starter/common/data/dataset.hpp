#pragma once

#include <filesystem>
#include <vector>

#include "starter/common/camera.hpp"

namespace pset3 {

/// Reads the calibrated views of one object from a folder, in the order of their names. The format
/// is recognised by what is there:
///   - cameras.json with images/ and silhouettes/: this project's own format, see common/README.md;
///   - dino_Ps.mat or projection_txt/NNN.txt with images/ and silhouettes/: the Oxford dinosaur as
///   published;
///   - frames.mat: the course's struct array with image, P, K, R, T, silhouette.
/// A silhouette may be absent everywhere; then Camera::silhouette is empty. Every value that is not
/// 0 in a silhouette's file becomes 1.
/// @throws DataError that names file, field, what was expected and what was found.
std::vector<Camera> load_views(const std::filesystem::path& folder);

}  // namespace pset3
