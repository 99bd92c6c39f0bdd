#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "starter/common/camera.hpp"
#include "starter/common/data/data_file.hpp"
#include "starter/common/data/dataset.hpp"

/// One loader a format for dataset.cpp, and the checks that they share. Programs call load_views.
namespace pset3 {

/// @param folder  with cameras.json; see common/README.md.
CalibratedViews load_json_views(const std::filesystem::path& folder);

/// @param folder  with dino_Ps.mat or projection_txt/.
CalibratedViews load_dinosaur_views(const std::filesystem::path& folder);

/// @param folder  with frames.mat.
CalibratedViews load_frames_views(const std::filesystem::path& folder);

/// @param folder  with one file *_par.txt.
CalibratedViews load_middlebury_views(const std::filesystem::path& folder);

/// @returns the files *_par.txt in a folder, sorted.
std::vector<std::filesystem::path> middlebury_files(const std::filesystem::path& folder);

/// @param problem  of a word that is no number; `found` is filled in here.
/// @returns the number that the word is.
/// @throws DataError when it is none, or none that a double can hold.
double number_from(const std::string& word, DataProblem problem);

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
