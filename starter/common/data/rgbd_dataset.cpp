#include "starter/common/data/rgbd_dataset.hpp"

#include <algorithm>
#include <limits>
#include <opencv2/imgcodecs.hpp>
#include <stdexcept>
#include <system_error>

#include "starter/common/data/colour_picture.hpp"
#include "starter/common/data/data_file.hpp"
#include "starter/common/data/image_bytes.hpp"
#include "starter/common/data/rgbd_names.hpp"
#include "starter/common/data/rgbd_source.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;

template <typename Value>
DepthMap brightness_of(const cv::Mat_<Value>& values) {
  constexpr float kWhite = std::numeric_limits<Value>::max();
  DepthMap map{size_of(values), {}, std::vector<std::uint8_t>(values.total(), 1)};
  map.values.reserve(values.total());
  for (const Value value : values) map.values.push_back(static_cast<float>(value) / kWhite);
  return map;
}

DepthMap brightness_map(const cv::Mat& values) {
  return values.depth() == CV_8U ? brightness_of<std::uint8_t>(values)
                                 : brightness_of<std::uint16_t>(values);
}

DepthMap metres_map(const cv::Mat& millimetres) {
  constexpr std::uint16_t kOutOfReach = 65535;
  DepthMap map;
  map.size = size_of(millimetres);
  map.values.reserve(millimetres.total());
  map.valid.reserve(millimetres.total());
  for (const std::uint16_t reading : cv::Mat_<std::uint16_t>(millimetres)) {
    const bool is_valid = reading != 0 && reading != kOutOfReach;
    map.valid.push_back(is_valid ? 1 : 0);
    map.values.push_back(is_valid ? static_cast<float>(reading) / 1000.0F : 0.0F);
  }
  return map;
}

std::string type_text(const cv::Mat& image) {
  const std::string bits = image.depth() == CV_16U  ? "16-bit"
                           : image.depth() == CV_8U ? "8-bit"
                                                    : "other";
  return bits + " values in " + std::to_string(image.channels()) +
         (image.channels() == 1 ? " channel" : " channels");
}

/// Decodes the pictures of one view and sees that they belong together.
class ViewReader {
 public:
  ViewReader(const RgbdDataset::Source& source, DepthUnit unit, const RgbdOptions& options)
      : source_(source), unit_(unit), options_(options) {}

  ColourPicture colour(const std::string& name) {
    const cv::Mat image = decode_image(source_.bytes(name), cv::IMREAD_COLOR, source_.path(), name);
    check_size(image, name);
    return colour_picture(image, options_.size);
  }

  DepthMap depth(const std::string& name) {
    const bool is_grey = unit_ == DepthUnit::kBrightness;
    // Metres are checked to be stored as they should; brightness may come as a colour picture.
    const int flags = is_grey ? cv::IMREAD_GRAYSCALE | cv::IMREAD_ANYDEPTH : cv::IMREAD_UNCHANGED;
    const cv::Mat image = decode_image(source_.bytes(name), flags, source_.path(), name);
    const bool is_known =
        is_grey ? image.depth() == CV_8U || image.depth() == CV_16U : image.type() == CV_16UC1;
    if (!is_known) {
      throw data_error(
          {source_.path(), name,
           is_grey ? "8-bit or 16-bit grey values" : "16-bit values in 1 channel, millimetres",
           type_text(image), "Get the data set again, or restore this file."});
    }
    check_size(image, name);
    const cv::Mat values = resized(image, options_.size, Resizing::kNearest);
    return is_grey ? brightness_map(values) : metres_map(values);
  }

 private:
  void check_size(const cv::Mat& image, const std::string& name) {
    if (first_.empty()) {
      first_ = name;
      size_ = size_of(image);
    }
    if (size_of(image) == size_) return;
    throw data_error({source_.path(), name, "the size of " + first_ + ", " + text_of(size_),
                      text_of(size_of(image)), "Use the pictures of the same view."});
  }

  const RgbdDataset::Source& source_;
  DepthUnit unit_;
  const RgbdOptions& options_;
  std::string first_;  ///< the picture that the others are compared with
  PictureSize size_;
};

void check(const RgbdOptions& options) {
  if (options.size && options.size->pixel_count() == 0) {
    throw std::invalid_argument("RgbdOptions::size is " + text_of(*options.size) +
                                "; both must be at least 1");
  }
  const ClevrNames& names = options.names;
  if (names.colour.empty() || names.depth.empty() || names.right.empty() || names.left.empty() ||
      names.colour == names.depth || names.right == names.left) {
    throw std::invalid_argument(
        "RgbdOptions::names must tell colour from depth and right from left, but are \"" +
        names.colour + "\", \"" + names.depth + "\", \"" + names.right + "\", \"" + names.left +
        "\"");
  }
}

/// What no file is called like.
std::string wanted_names(const RgbdOptions& options) {
  const ClevrNames& names = options.names;
  const std::string number = "_000000" + names.extension;
  const std::string colour = names.colour + "_" + names.right + number;
  std::string text = "pictures called like ";
  if (!options.other_names.empty()) text += options.other_names + ", or ";
  if (options.views == RgbdViews::kStereo) {
    return text + colour + " with " + names.colour + "_" + names.left + number;
  }
  return text + colour + " with " + names.depth + "_" + names.right + number +
         ", or NAME.color.jpg with NAME.depth.png";
}

/// The only .zip at the top of a folder.
std::optional<fs::path> only_archive(const RgbdDataset::Source& folder) {
  std::vector<std::string> archives;
  for (const std::string& name : folder.names()) {
    if (fs::path(name).extension() == ".zip" && name.find('/') == std::string::npos) {
      archives.push_back(name);
    }
  }
  if (archives.size() > 1) {
    std::sort(archives.begin(), archives.end());
    throw data_error({folder.path(), "", "one archive", archives[0] + " and " + archives[1],
                      "Name the archive itself."});
  }
  if (archives.empty()) return std::nullopt;
  return folder.path() / archives.front();
}

struct Opened {
  std::shared_ptr<RgbdDataset::Source> source;
  RgbdFiles files;
};

Opened open_source(std::unique_ptr<RgbdDataset::Source> source, const RgbdOptions& options) {
  RgbdFiles files = find_rgbd_files(*source, options);
  return {std::move(source), std::move(files)};
}

Opened open_path(const fs::path& path, const RgbdOptions& options) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_regular_file(status)) {
    return open_source(open_rgbd_archive(path, options.limits), options);
  }
  if (!fs::is_directory(status)) {
    throw data_error({path, "", "a folder or a .zip archive",
                      fs::exists(status) ? "a device" : "nothing", "Check the path after --data."});
  }
  Opened opened = open_source(open_rgbd_folder(path, options.limits), options);
  if (!opened.files.views.empty()) return opened;
  const std::optional<fs::path> archive = only_archive(*opened.source);
  if (!archive) return opened;
  return open_source(open_rgbd_archive(*archive, options.limits), options);
}

std::set<std::string> names_of(const std::vector<RgbdDataset::Files>& views) {
  std::set<std::string> names;
  for (const RgbdDataset::Files& view : views) {
    names.insert({view.colour, view.depth, view.left_colour, view.left_depth});
  }
  names.erase("");
  return names;
}

}  // namespace

RgbdDataset::RgbdDataset(std::shared_ptr<const Source> source, std::vector<Files> files,
                         DepthUnit unit, const RgbdOptions& options)
    : source_(std::move(source)), files_(std::move(files)), unit_(unit), options_(options) {}

RgbdDataset RgbdDataset::open(const fs::path& path, const RgbdOptions& options) {
  check(options);
  Opened opened = open_path(path, options);
  if (opened.files.views.empty()) {
    throw data_error({opened.source->path(), "", wanted_names(options),
                      "none among " + std::to_string(opened.source->names().size()) + " files",
                      "Check the path after --data."});
  }
  opened.source->keep(names_of(opened.files.views));
  return {opened.source, std::move(opened.files.views), opened.files.unit, options};
}

const std::string& RgbdDataset::name(std::size_t index) const { return files_.at(index).name; }

RgbdView RgbdDataset::read(std::size_t index) const {
  const Files& files = files_.at(index);
  ViewReader reader(*source_, unit_, options_);
  RgbdView view;
  view.name = files.name;
  view.colour = reader.colour(files.colour);
  view.depth = reader.depth(files.depth);
  if (!files.left_colour.empty()) view.left_colour = reader.colour(files.left_colour);
  if (!files.left_depth.empty()) view.left_depth = reader.depth(files.left_depth);
  return view;
}

}  // namespace pset3
