#include <algorithm>
#include <array>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>
#include <system_error>

#include "starter/common/data/colour_picture.hpp"
#include "starter/common/data/data_file.hpp"
#include "starter/common/data/image_bytes.hpp"
#include "starter/common/data/image_file.hpp"
#include "starter/common/data/rgbd_names.hpp"
#include "starter/p4_unsupervised_depth/exercise/pairs.hpp"

namespace pset3::stereo {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAdvice = "Get the pair again, or restore this file.";

/// The files of a pair; a disparity's name is empty where there is none.
struct PairFiles {
  std::string name;
  fs::path left, right, left_disparity, right_disparity;
};

bool is_picture(const fs::path& file) {
  const std::string extension = file.extension().string();
  constexpr std::array<const char*, 4> kKnown = {".png", ".jpg", ".jpeg", ".ppm"};
  return std::any_of(kKnown.begin(), kKnown.end(),
                     [&](const char* known) { return extension == known; });
}

/// @returns the picture of that name, whatever it is stored as; empty when there is none.
fs::path picture_named(const fs::path& folder, const std::string& name) {
  for (const char* extension : {".png", ".jpg", ".jpeg", ".ppm"}) {
    const fs::path file = folder / (name + extension);
    if (fs::exists(file)) return file;
  }
  return {};
}

fs::path file_or_nothing(const fs::path& file) { return fs::exists(file) ? file : fs::path(); }

void require_partner(const fs::path& found, const fs::path& missing) {
  throw data_error({missing, "", "the other view of " + found.string(), "nothing",
                    "A pair is two pictures; get the missing one."});
}

/// @returns at most one pair.
std::vector<PairFiles> single_pair(const fs::path& folder) {
  const fs::path left = picture_named(folder, "left");
  const fs::path right = picture_named(folder, "right");
  if (left.empty() && right.empty()) return {};
  if (right.empty()) require_partner(left, folder / "right.png");
  if (left.empty()) require_partner(right, folder / "left.png");
  return {{fs::absolute(folder).lexically_normal().filename().string(), left, right,
           file_or_nothing(folder / "disparity_left.png"),
           file_or_nothing(folder / "disparity_right.png")}};
}

/// What is in …/image_02/data and …/image_03/data, in the order of the names.
std::vector<PairFiles> drives(const fs::path& folder) {
  std::vector<PairFiles> pairs;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path& file = entry.path();
    const fs::path camera = file.parent_path().parent_path();
    if (!entry.is_regular_file() || !is_picture(file)) continue;
    if (file.parent_path().filename() != "data") continue;
    const bool is_left = camera.filename() == "image_02";
    if (!is_left && camera.filename() != "image_03") continue;
    const fs::path other =
        camera.parent_path() / (is_left ? "image_03" : "image_02") / "data" / file.filename();
    if (!fs::exists(other)) require_partner(file, other);
    if (is_left) pairs.push_back({file.lexically_relative(folder).string(), file, other, {}, {}});
  }
  std::sort(pairs.begin(), pairs.end(), [](const PairFiles& first, const PairFiles& second) {
    return comes_before(first.name, second.name);
  });
  return pairs;
}

class Files : public PairSource {
 public:
  Files(std::vector<PairFiles> pairs, const ExerciseOptions& options)
      : pairs_(std::move(pairs)), size_(options.size), per_pixel_(options.per_pixel) {}

  std::size_t size() const override { return pairs_.size(); }

  PairPictures read(std::size_t index) const override {
    const PairFiles& files = pairs_.at(index);
    const cv::Mat left = read_photograph(files.left);
    const cv::Mat right = read_photograph(files.right);
    check_size(right, files.right, left, files.left);
    PairPictures pair;
    pair.name = files.name;
    pair.left = colour_picture(left, size_);
    pair.right = colour_picture(right, size_);
    if (!files.left_disparity.empty()) {
      pair.left_disparity = disparity(files.left_disparity, left, files.left);
    }
    if (!files.right_disparity.empty()) {
      pair.right_disparity = disparity(files.right_disparity, left, files.left);
    }
    return pair;
  }

 private:
  static void check_size(const cv::Mat& image, const fs::path& file, const cv::Mat& first,
                         const fs::path& first_file) {
    if (image.size() == first.size()) return;
    throw data_error({file, "",
                      "the size of " + first_file.string() + ", " + text_of(size_of(first)),
                      text_of(size_of(image)), "Use the pictures of the same pair."});
  }

  DisparityMap disparity(const fs::path& file, const cv::Mat& first,
                         const fs::path& first_file) const {
    const cv::Mat stored =
        decode_image(read_data_file(file, kAdvice), cv::IMREAD_UNCHANGED, file, "");
    if (stored.type() != CV_8UC1 && stored.type() != CV_16UC1) {
      throw data_error({file, "", "8-bit or 16-bit grey values", "another kind of picture",
                        "Remove the file if it is no disparity map."});
    }
    check_size(stored, file, first, first_file);
    const double per_pixel = per_pixel_.value_or(stored.depth() == CV_8U ? 4.0 : 256.0);
    cv::Mat shares;
    resized(stored, size_, Resizing::kNearest)
        .convertTo(shares, CV_32F, 1.0 / (per_pixel * stored.cols));
    return {size_of(shares), {shares.begin<float>(), shares.end<float>()}};
  }

  std::vector<PairFiles> pairs_;
  std::optional<PictureSize> size_;
  std::optional<double> per_pixel_;
};

}  // namespace

std::unique_ptr<PairSource> open_pair_files(const ExerciseOptions& options) {
  if (!fs::is_directory(options.data)) return nullptr;
  try {
    std::vector<PairFiles> pairs = single_pair(options.data);
    if (pairs.empty()) pairs = drives(options.data);
    if (pairs.empty()) return nullptr;
    return std::make_unique<Files>(std::move(pairs), options);
  } catch (const fs::filesystem_error& error) {
    throw DataError(options.data.string() +
                    ": cannot look through the folder: " + error.code().message());
  }
}

}  // namespace pset3::stereo
