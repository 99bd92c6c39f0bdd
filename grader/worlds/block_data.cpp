#include "grader/worlds/block_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/parallel.hpp"
#include "grader/base/zip.hpp"
#include "grader/worlds/random.hpp"

namespace pset3::worlds {
namespace {

struct NamedBytes {
  std::string name;
  std::vector<unsigned char> bytes;
};

std::vector<unsigned char> png(const cv::Mat& image) {
  std::vector<unsigned char> bytes;
  if (!cv::imencode(".png", image, bytes)) throw GraderError("OpenCV cannot write PNG files");
  return bytes;
}

void add_pictures(const BlockView& view, const std::string& side, int index,
                  const DepthRange& range, std::vector<NamedBytes>& into) {
  std::vector<std::uint8_t> colour = view.colour;
  const cv::Mat rgb(view.height, view.width, CV_8UC3, colour.data());
  cv::Mat bgr;
  cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
  std::vector<std::uint8_t> depth = depth_picture(view, range);
  const std::string end = fmt::format("_{}_{:06}.png", side, index);
  into.push_back({"CLEVR-D/CLEVR" + end, png(bgr)});
  into.push_back(
      {"CLEVR-D/CLEVR-D" + end, png(cv::Mat(view.height, view.width, CV_8UC1, depth.data()))});
}

/// The pictures of one scene.
std::vector<NamedBytes> take(int index, const BlockDataOptions& options) {
  const std::uint64_t seed = mixed(options.seed) + static_cast<std::uint64_t>(index);
  const BlockScene scene = random_block_scene(seed, options.world);
  std::vector<NamedBytes> files;
  if (options.stereo) {
    const StereoPicture both = photograph(scene);
    add_pictures(both.right, "right", index, options.depth, files);
    add_pictures(both.left, "left", index, options.depth, files);
  } else {
    add_pictures(photograph_right(scene), "right", index, options.depth, files);
  }
  return files;
}

}  // namespace

void BlockDataOptions::check() const {
  if (views < 1 || views > 999999) {
    throw InputError(
        fmt::format("block data option views must be from 1 to 999999, but is {}", views));
  }
  // Written so that a NaN is refused too.
  if (!(depth.near > 0.0 && depth.far > depth.near)) {
    throw InputError(
        fmt::format("block data option depth must have 0 < near < far, but is {} to {}", depth.near,
                    depth.far));
  }
  world.check();
}

void write_block_data(const std::filesystem::path& folder, const BlockDataOptions& options,
                      const std::function<void(int, int)>& progress) {
  options.check();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw GraderError("cannot make the folder " + folder.string() + ": " + error.message());
  }
  ZipWriter zip(ZipWriter::Packing::kStored);
  constexpr int kChunk = 20;
  for (int begin = 0; begin < options.views; begin += kChunk) {
    const int count = std::min(kChunk, options.views - begin);
    std::vector<std::vector<NamedBytes>> taken(static_cast<std::size_t>(count));
    parallel_for(count,
                 [&](int i) { taken[static_cast<std::size_t>(i)] = take(begin + i, options); });
    for (const std::vector<NamedBytes>& files : taken) {
      for (const NamedBytes& file : files) {
        zip.add(file.name, {reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()});
      }
    }
    if (progress) progress(begin + count, options.views);
  }
  write_file(folder / "CLEVR-D.zip", zip.finish());
}

}  // namespace pset3::worlds
