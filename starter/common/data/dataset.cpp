#include "starter/common/data/dataset.hpp"

#include <charconv>
#include <stdexcept>

#include "starter/common/data/dataset_formats.hpp"

namespace pset3 {
namespace {

std::string size_text(Eigen::Index rows, Eigen::Index cols) {
  return std::to_string(rows) + "x" + std::to_string(cols);
}

bool is_there(const std::filesystem::path& path) {
  std::error_code ignored;  // what cannot be looked at is reported by whoever reads it
  return std::filesystem::exists(path, ignored);
}

}  // namespace

CalibratedViews load_views(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    throw data_error({folder, "", "a folder with a data set",
                      is_there(folder) ? "a file" : "nothing", "Check the path after --data."});
  }
  if (is_there(folder / "cameras.json")) return load_json_views(folder);
  if (is_there(folder / "dino_Ps.mat") || is_there(folder / "projection_txt")) {
    return load_dinosaur_views(folder);
  }
  if (is_there(folder / "frames.mat")) return load_frames_views(folder);
  if (!middlebury_files(folder).empty()) return load_middlebury_views(folder);
  throw data_error({folder, "",
                    "one of cameras.json, dino_Ps.mat, projection_txt/, frames.mat and *_par.txt",
                    "none of them", "Check the path after --data, or get the data set again."});
}

double number_from(const std::string& word, DataProblem problem) {
  double number = 0.0;
  const char* const end = word.data() + word.size();
  const auto result = std::from_chars(word.data(), end, number);
  if (result.ec == std::errc() && result.ptr == end) return number;
  problem.found = "\"" + word + "\"";
  throw data_error(problem);
}

void check_matrix(const Eigen::MatrixXd& matrix, Eigen::Index rows, Eigen::Index cols,
                  const std::filesystem::path& file, const std::string& place) {
  if (matrix.rows() != rows || matrix.cols() != cols) {
    throw data_error({file, place, "a " + size_text(rows, cols) + " matrix",
                      size_text(matrix.rows(), matrix.cols()), "Restore this matrix."});
  }
  for (Eigen::Index row = 0; row < rows; ++row) {
    for (Eigen::Index col = 0; col < cols; ++col) {
      if (std::isfinite(matrix(row, col))) continue;
      throw data_error({file, place + "(" + std::to_string(row) + ", " + std::to_string(col) + ")",
                        "a finite number", std::to_string(matrix(row, col)),
                        "Restore this matrix."});
    }
  }
}

Camera camera_from_matrix(const Eigen::MatrixXd& P, const std::filesystem::path& file,
                          const std::string& place) {
  check_matrix(P, 3, 4, file, place);
  try {
    return Camera::from_projection(P);
  } catch (const std::invalid_argument& error) {
    throw data_error({file, place, "a camera's 3x4 projection matrix",
                      "none (" + std::string(error.what()) + ")", "Restore this matrix."});
  }
}

void check_silhouette_size(const Camera& camera, const std::filesystem::path& file,
                           const std::string& place) {
  if (camera.silhouette.empty() || camera.silhouette.size() == camera.image.size()) return;
  const auto text = [](const cv::Mat& mat) {
    return std::to_string(mat.cols) + " x " + std::to_string(mat.rows) + " (width x height)";
  };
  throw data_error({file, place, "the size of its image, " + text(camera.image),
                    text(camera.silhouette), "Use the image and silhouette of the same view."});
}

}  // namespace pset3
