#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "starter/common/camera.hpp"
#include "starter/common/data/data_file.hpp"

/// One loader a format for dataset.cpp, and the checks that they share. Programs call load_views.
namespace pset3 {

/// @param folder  with cameras.json; see common/README.md.
std::vector<Camera> load_json_views(const std::filesystem::path& folder);

/// @param folder  with dino_Ps.mat or projection_txt/.
std::vector<Camera> load_dinosaur_views(const std::filesystem::path& folder);

/// @param folder  with frames.mat.
std::vector<Camera> load_frames_views(const std::filesystem::path& folder);

/// @param file, place  where the matrix was found, for the message.
/// @returns the camera with projection P.
/// @throws DataError when P is not 3x4, not finite, or its left 3x3 block is singular.
Camera camera_from_matrix(const Eigen::MatrixXd& P, const std::filesystem::path& file,
                          const std::string& place);

/// @throws DataError when the matrix has another size, or an entry that is not finite.
void check_matrix(const Eigen::MatrixXd& matrix, Eigen::Index rows, Eigen::Index cols,
                  const std::filesystem::path& file, const std::string& place);

/// @param file, place  where the silhouette was found, for the message.
/// @throws DataError when the camera's silhouette is there and has another size than its image.
void check_silhouette_size(const Camera& camera, const std::filesystem::path& file,
                           const std::string& place);

}  // namespace pset3
