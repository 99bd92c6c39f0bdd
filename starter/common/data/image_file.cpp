#include "starter/common/data/image_file.hpp"

#include <opencv2/imgcodecs.hpp>

#include "starter/common/data/data_file.hpp"
#include "starter/common/data/image_bytes.hpp"

namespace pset3 {
namespace {

cv::Mat decode(const std::filesystem::path& file, int flags) {
  return decode_image(read_data_file(file, "Get the data set again, or restore this file."), flags,
                      file);
}

}  // namespace

cv::Mat read_photograph(const std::filesystem::path& file) {
  return decode(file, cv::IMREAD_COLOR);
}

cv::Mat read_silhouette(const std::filesystem::path& file) {
  // Any depth: as 8 bits, a 16-bit value of 1 would become 0.
  const cv::Mat pixels = decode(file, cv::IMREAD_COLOR | cv::IMREAD_ANYDEPTH);
  cv::Mat background;
  cv::inRange(pixels, cv::Scalar::all(0), cv::Scalar::all(0), background);
  return (background == 0) / 255;
}

}  // namespace pset3
