#include "starter/common/image_file.hpp"

#include <algorithm>
#include <array>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "starter/common/data_file.hpp"

namespace pset3 {
namespace {

using Bytes = std::vector<unsigned char>;

const char* const kAdvice = "Get the data set again, or restore this file.";

bool starts_with(const Bytes& bytes, const std::string& magic) {
  return bytes.size() >= magic.size() &&
         std::equal(magic.begin(), magic.end(), bytes.begin(),
                    [](char expected, unsigned char found) {
                      return static_cast<unsigned char>(expected) == found;
                    });
}

/// A PNG is 8 bytes and then chunks, each with its length in front; the last is called IEND.
bool png_is_complete(const Bytes& bytes) {
  constexpr std::size_t kChunkFrame = 12;  // length, name, checksum
  std::size_t at = 8;
  while (at + kChunkFrame <= bytes.size()) {
    const std::size_t length = std::size_t{bytes[at]} << 24 | std::size_t{bytes[at + 1]} << 16 |
                               std::size_t{bytes[at + 2]} << 8 | std::size_t{bytes[at + 3]};
    const std::string name(bytes.begin() + static_cast<std::ptrdiff_t>(at) + 4,
                           bytes.begin() + static_cast<std::ptrdiff_t>(at) + 8);
    at += kChunkFrame + length;
    if (name == "IEND") return at <= bytes.size();
  }
  return false;
}

/// Decoders fill the missing part of a cut off JPEG with grey, so its end marker is looked for. A
/// few bytes behind it, which some cameras write, do no harm.
bool jpeg_is_complete(const Bytes& bytes) {
  constexpr std::ptrdiff_t kTail = 64;
  constexpr std::array<unsigned char, 2> kEndOfImage{0xFF, 0xD9};
  const auto size = static_cast<std::ptrdiff_t>(bytes.size());
  const auto tail = bytes.end() - std::min(kTail, size);
  return std::search(tail, bytes.end(), kEndOfImage.begin(), kEndOfImage.end()) != bytes.end();
}

void check_complete(const std::filesystem::path& file, const Bytes& bytes) {
  const bool cut_off = (starts_with(bytes, "\x89PNG\r\n\x1a\n") && !png_is_complete(bytes)) ||
                       (starts_with(bytes, "\xff\xd8\xff") && !jpeg_is_complete(bytes));
  if (cut_off) {
    throw data_error({file, "", "a whole image",
                      "one that is cut off after " + std::to_string(bytes.size()) + " bytes",
                      kAdvice});
  }
}

cv::Mat decode(const std::filesystem::path& file, int flags) {
  const Bytes bytes = read_data_file(file, kAdvice);
  check_complete(file, bytes);
  std::string reason = "bytes that are none or are damaged";
  cv::Mat image;
  try {
    image = cv::imdecode(bytes, flags | cv::IMREAD_IGNORE_ORIENTATION);
  } catch (const cv::Exception& error) {
    reason = "what OpenCV refuses: " + error.err;
  }
  if (image.empty()) throw data_error({file, "", "a PNG, JPEG or PPM image", reason, kAdvice});
  return image;
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
