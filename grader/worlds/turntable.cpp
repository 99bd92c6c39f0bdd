#include "grader/worlds/turntable.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string_view>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/worlds/picture.hpp"

namespace pset3::worlds {
namespace {

template <typename Matrix>
nlohmann::json rows_of(const Matrix& matrix) {
  nlohmann::json rows = nlohmann::json::array();
  for (Eigen::Index r = 0; r < matrix.rows(); ++r) {
    nlohmann::json row = nlohmann::json::array();
    for (Eigen::Index c = 0; c < matrix.cols(); ++c) row.push_back(matrix(r, c));
    rows.push_back(row);
  }
  return rows;
}

/// @returns a view's entry in cameras.json. Numbers are written so that they read back exactly.
nlohmann::ordered_json entry_of(const View& view, const std::string& name) {
  return {{"name", name},
          {"image", "images/" + name + ".png"},
          {"silhouette", "silhouettes/" + name + ".png"},
          {"K", rows_of(view.K)},
          {"R", rows_of(view.R)},
          {"position", {view.position.x(), view.position.y(), view.position.z()}},
          {"P", rows_of(view.projection())}};
}

void write_png(const std::filesystem::path& file, const cv::Mat& image) {
  std::vector<std::uint8_t> bytes;
  if (!cv::imencode(".png", image, bytes)) {
    throw GraderError("OpenCV cannot encode " + file.string() + " as PNG; is libpng there?");
  }
  write_file(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// @param pixels (H, W, channels) row-major; OpenCV only reads them.
cv::Mat as_image(std::vector<std::uint8_t>& pixels, const View& view, int type) {
  return {view.height, view.width, type, pixels.data()};
}

void write_pictures(const std::filesystem::path& folder, const nlohmann::ordered_json& entry,
                    const View& view, Picture picture) {
  cv::Mat bgr;
  cv::cvtColor(as_image(picture.colour, view, CV_8UC3), bgr, cv::COLOR_RGB2BGR);
  write_png(folder / entry.at("image").get<std::string>(), bgr);
  const cv::Mat mask = as_image(picture.silhouette, view, CV_8UC1) * 255;
  write_png(folder / entry.at("silhouette").get<std::string>(), mask);
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw GraderError("cannot make the folder " + folder.string() + ": " + error.message());
}

}  // namespace

void write_turntable(const std::filesystem::path& folder, const TurntableOptions& options,
                     const std::function<void(int, int)>& progress) {
  const std::vector<View> views = ring(options);
  for (const char* part : {"images", "silhouettes"}) make_folder(folder / part);
  const Tracer tracer(animal(), 96);
  nlohmann::ordered_json entries = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < views.size(); ++i) {
    entries.push_back(entry_of(views[i], fmt::format("{:03}", i)));
    write_pictures(folder, entries.back(), views[i], take_picture(tracer, views[i], i));
    if (progress) progress(static_cast<int>(i) + 1, options.views);
  }
  // Last, so that a folder with cameras.json in it is complete.
  const nlohmann::ordered_json file = {
      {"format", "pset3-views"}, {"version", 1}, {"views", entries}};
  write_file(folder / "cameras.json", file.dump(1) + "\n");
}

}  // namespace pset3::worlds
