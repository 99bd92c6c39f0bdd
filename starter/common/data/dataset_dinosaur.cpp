#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <optional>
#include <set>

#include "starter/common/data/dataset_formats.hpp"
#include "starter/common/data/image_file.hpp"
#include "starter/common/data/mat_file.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;

const char* const kGetDinosaurAgain =
    "Get the data set again; it has one file a view in each folder.";

/// The number at the end of a file's name, such as 7 in viff.007.png.
std::optional<int> view_number(const fs::path& file) {
  const std::string stem = file.stem().string();
  const auto digits = std::find_if_not(stem.rbegin(), stem.rend(), [](unsigned char c) {
                        return std::isdigit(c) != 0;
                      }).base();
  const char* const begin = stem.data() + (digits - stem.begin());
  int number = 0;
  const auto result = std::from_chars(begin, stem.data() + stem.size(), number);
  if (result.ec != std::errc()) return std::nullopt;
  return number;
}

/// The files of a folder with one of these extensions, by number, so that 10 comes behind 9.
std::vector<fs::path> files_in(const fs::path& folder, const std::set<std::string>& extensions) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (extensions.count(entry.path().extension().string()) > 0) files.push_back(entry.path());
  }
  if (error) {
    throw data_error(
        {folder, "", "a folder with one file for each view", error.message(), kGetDinosaurAgain});
  }
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return std::make_pair(view_number(a), a) < std::make_pair(view_number(b), b);
  });
  return files;
}

/// @returns ", none for view 017" for the first view without a file.
std::string first_missing(const std::vector<fs::path>& files, std::size_t views) {
  for (std::size_t view = 0; view < views; ++view) {
    const auto has_number = [view](const fs::path& file) {
      return view_number(file) == static_cast<int>(view);
    };
    if (std::none_of(files.begin(), files.end(), has_number)) {
      const std::string number = std::to_string(view);
      return ", none for view " + std::string(3 - std::min<std::size_t>(3, number.size()), '0') +
             number;
    }
  }
  return "";
}

/// @throws DataError when the folder does not hold exactly one image a view.
std::vector<fs::path> images_in(const fs::path& folder, std::size_t views) {
  auto files = files_in(folder, {".png", ".ppm", ".pgm", ".pbm", ".jpg", ".jpeg"});
  if (files.size() != views) {
    throw data_error({folder, "", std::to_string(views) + " images, one for each matrix",
                      std::to_string(files.size()) + first_missing(files, views),
                      kGetDinosaurAgain});
  }
  return files;
}

std::vector<Camera> read_mat_projections(const fs::path& file) {
  const MatValue cells = MatValue::read(file, "P", kGetDinosaurAgain);
  std::vector<Camera> cameras;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const MatValue P = cells.cell(i);
    cameras.push_back(camera_from_matrix(P.matrix(), file, P.place()));
  }
  return cameras;
}

/// The numbers of a text file, row by row.
Eigen::MatrixXd read_text_matrix(const fs::path& file) {
  const auto bytes = read_data_file(file, kGetDinosaurAgain);
  const std::string text(bytes.begin(), bytes.end());
  const std::string blank = " \t\r\n,";
  std::vector<double> numbers;
  for (std::size_t at = text.find_first_not_of(blank); at != std::string::npos;) {
    const std::size_t end = std::min(text.find_first_of(blank, at), text.size());
    const std::string place = "number " + std::to_string(numbers.size() + 1);
    numbers.push_back(
        number_from(text.substr(at, end - at), {file, place, "a number", "", kGetDinosaurAgain}));
    at = text.find_first_not_of(blank, end);
  }
  if (numbers.size() != 12) {
    throw data_error({file, "", "12 numbers, a 3x4 matrix row by row",
                      std::to_string(numbers.size()), kGetDinosaurAgain});
  }
  return Eigen::Map<const Eigen::Matrix<double, 3, 4, Eigen::RowMajor>>(numbers.data());
}

std::vector<Camera> read_text_projections(const fs::path& folder) {
  std::vector<Camera> cameras;
  for (const fs::path& file : files_in(folder, {".txt"})) {
    cameras.push_back(camera_from_matrix(read_text_matrix(file), file, "P"));
  }
  return cameras;
}

/// Cameras without their pictures.
std::vector<Camera> read_projections(const fs::path& folder) {
  const fs::path mat = folder / "dino_Ps.mat";
  const fs::path texts = folder / "projection_txt";
  const bool has_mat = fs::exists(mat);
  auto cameras = has_mat ? read_mat_projections(mat) : read_text_projections(texts);
  if (cameras.empty()) {
    throw data_error({has_mat ? mat : texts, "", "a projection matrix for each view", "none",
                      kGetDinosaurAgain});
  }
  return cameras;
}

}  // namespace

CalibratedViews load_dinosaur_views(const fs::path& folder) {
  std::vector<Camera> cameras = read_projections(folder);
  const auto images = images_in(folder / "images", cameras.size());
  const bool has_silhouettes = fs::exists(folder / "silhouettes");
  std::vector<fs::path> silhouettes;
  if (has_silhouettes) silhouettes = images_in(folder / "silhouettes", cameras.size());
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    cameras[i].image = read_photograph(images[i]);
    if (!has_silhouettes) continue;
    cameras[i].silhouette = read_silhouette(silhouettes[i]);
    check_silhouette_size(cameras[i], silhouettes[i], "");
  }
  return {std::move(cameras), {}};
}

}  // namespace pset3
