#include <Eigen/LU>
#include <algorithm>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "starter/common/data/dataset_formats.hpp"
#include "starter/common/data/image_file.hpp"
#include "starter/common/data/published_rotations.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;
using RowMajor33 = Eigen::Matrix<double, 3, 3, Eigen::RowMajor>;

constexpr std::size_t kNumbers = 9 + 9 + 3;  // K, R, t
const char* const kGetMiddleburyAgain =
    "Get the data set again; the format is described in starter/common/README.md.";

/// A view's line in the file.
struct Line {
  std::size_t number;  ///< from 1
  std::vector<std::string> words;
};

std::string place_of(const Line& line) { return "line " + std::to_string(line.number); }

/// The lines that hold anything, by their words.
std::vector<Line> read_lines(const fs::path& file) {
  const auto bytes = read_data_file(file, kGetMiddleburyAgain);
  std::istringstream text(std::string(bytes.begin(), bytes.end()));
  std::vector<Line> lines;
  std::string content;
  for (std::size_t number = 1; std::getline(text, content); ++number) {
    std::istringstream stream(content);
    Line line{number, {std::istream_iterator<std::string>(stream), {}}};
    if (!line.words.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

/// Takes the number of views off the lines, and compares it with how many there are.
void check_count(const fs::path& file, std::vector<Line>& lines) {
  const std::string expected = "the number of views, alone in its line";
  if (lines.empty())
    throw data_error({file, "line 1", expected, "an empty file", kGetMiddleburyAgain});
  const Line first = lines.front();
  lines.erase(lines.begin());
  if (first.words.size() != 1) {
    const std::string found = std::to_string(first.words.size()) + " words";
    throw data_error({file, place_of(first), expected, found, kGetMiddleburyAgain});
  }
  const double count =
      number_from(first.words[0], {file, place_of(first), expected, "", kGetMiddleburyAgain});
  if (lines.empty()) throw data_error({file, "", "at least one view", "none", kGetMiddleburyAgain});
  if (count == static_cast<double>(lines.size())) return;
  throw data_error({file, "", first.words[0] + " lines with a view, as the first line says",
                    std::to_string(lines.size()), kGetMiddleburyAgain});
}

/// Sorts the views by the names of their images.
void sort_by_name(const fs::path& file, std::vector<Line>& lines) {
  const auto name = [](const Line& line) -> const std::string& { return line.words[0]; };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const Line& a, const Line& b) { return name(a) < name(b); });
  const auto twin = std::adjacent_find(
      lines.begin(), lines.end(), [&](const Line& a, const Line& b) { return name(a) == name(b); });
  if (twin == lines.end()) return;
  throw data_error({file, place_of(*std::next(twin)), "an image that no other line has",
                    name(*twin) + ", as in " + place_of(*twin), kGetMiddleburyAgain});
}

/// What stands at an index of a line's numbers, such as "R(2, 0)".
std::string entry_name(std::size_t index) {
  if (index >= 18) return "t(" + std::to_string(index - 18) + ")";
  const std::size_t entry = index % 9;
  return (index < 9 ? "K(" : "R(") + std::to_string(entry / 3) + ", " + std::to_string(entry % 3) +
         ")";
}

std::vector<double> numbers_of(const fs::path& file, const Line& line) {
  if (line.words.size() != 1 + kNumbers) {
    throw data_error(
        {file, place_of(line), "an image's name and 21 numbers: K and R row by row, then t",
         "a name and " + std::to_string(line.words.size() - 1) + " numbers", kGetMiddleburyAgain});
  }
  std::vector<double> numbers;
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const std::string place = place_of(line) + ": " + entry_name(i);
    numbers.push_back(
        number_from(line.words[i + 1], {file, place, "a number", "", kGetMiddleburyAgain}));
  }
  return numbers;
}

Camera camera_of(const fs::path& file, const Line& line, PublishedRotations& rotations) {
  const std::vector<double> numbers = numbers_of(file, line);
  const std::string place = place_of(line) + ": ";
  const Eigen::Matrix3d K = Eigen::Map<const RowMajor33>(numbers.data());
  const Eigen::Matrix3d written = Eigen::Map<const RowMajor33>(numbers.data() + 9);
  const Eigen::Vector3d t = Eigen::Map<const Eigen::Vector3d>(numbers.data() + 18);
  check_matrix(K, 3, 3, file, place + "K");
  check_matrix(written, 3, 3, file, place + "R");
  check_matrix(t, 3, 1, file, place + "t");
  const Eigen::Matrix3d R = rotations.take(written, place + "R");
  try {
    return Camera::from_intrinsics(K, R, -R.partialPivLu().solve(t));
  } catch (const std::invalid_argument& error) {
    throw data_error({file, place_of(line), "a camera's K, R and t",
                      "none (" + std::string(error.what()) + ")", kGetMiddleburyAgain});
  }
}

/// @returns the file with an image's silhouette. @throws DataError when there is none.
fs::path silhouette_of(const fs::path& folder, const std::string& image) {
  const fs::path png = folder / fs::path(image).filename().replace_extension(".png");
  for (const char* const extension : {".png", ".pgm", ".pbm", ".ppm", ".jpg", ".jpeg"}) {
    const fs::path file = fs::path(png).replace_extension(extension);
    std::error_code ignored;  // what cannot be looked at is reported by whoever reads it
    if (fs::exists(file, ignored)) return file;
  }
  throw data_error({png, "", "the silhouette of " + image, "nothing",
                    "Add it, or remove the folder silhouettes to carve without silhouettes of your "
                    "own."});
}

void add_pictures(const fs::path& folder, const std::string& image, Camera& camera) {
  camera.image = read_photograph(folder / image);
  if (!fs::exists(folder / "silhouettes")) return;
  const fs::path silhouette = silhouette_of(folder / "silhouettes", image);
  camera.silhouette = read_silhouette(silhouette);
  check_silhouette_size(camera, silhouette, "");
}

fs::path only_file(const fs::path& folder) {
  const std::vector<fs::path> files = middlebury_files(folder);
  if (files.size() == 1) return files[0];
  const std::string found =
      files.empty() ? "none"
                    : files[0].filename().string() + " and " + files[1].filename().string();
  throw data_error({folder, "", "one file *_par.txt", found, "Keep one data set in a folder."});
}

}  // namespace

std::vector<fs::path> middlebury_files(const fs::path& folder) {
  const std::string ending = "_par.txt";
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.size() < ending.size()) continue;
    if (name.compare(name.size() - ending.size(), ending.size(), ending) == 0) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

CalibratedViews load_middlebury_views(const fs::path& folder) {
  const fs::path file = only_file(folder);
  std::vector<Line> lines = read_lines(file);
  check_count(file, lines);
  sort_by_name(file, lines);
  PublishedRotations rotations(file);
  std::vector<Camera> cameras;
  for (const Line& line : lines) {
    cameras.push_back(camera_of(file, line, rotations));
    add_pictures(folder, line.words[0], cameras.back());
  }
  return {std::move(cameras), rotations.notes()};
}

}  // namespace pset3
