#include "starter/common/data/image_bytes.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <opencv2/imgcodecs.hpp>
#include <optional>

#include "starter/common/data/data_file.hpp"

namespace pset3 {
namespace {

using Bytes = std::vector<unsigned char>;

const char* const kRestoreImage = "Get the data set again, or restore this file.";

bool starts_with(const Bytes& bytes, const std::string& magic) {
  return bytes.size() >= magic.size() &&
         std::equal(magic.begin(), magic.end(), bytes.begin(),
                    [](char expected, unsigned char found) {
                      return static_cast<unsigned char>(expected) == found;
                    });
}

bool is_png(const Bytes& bytes) { return starts_with(bytes, "\x89PNG\r\n\x1a\n"); }
bool is_jpeg(const Bytes& bytes) { return starts_with(bytes, "\xff\xd8\xff"); }

/// A number of two or four bytes, the most significant first. There must be as many.
std::size_t number_at(const Bytes& bytes, std::size_t at, std::size_t size) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number = number << 8 | bytes[at + i];
  return number;
}

std::string cut_off_after(const Bytes& bytes) {
  return "one that is cut off after " + std::to_string(bytes.size()) + " bytes";
}

/// What is no letter becomes "?", so that a message stays a message.
std::string printable_letters(std::string name) {
  for (char& letter : name) {
    if (std::isalpha(static_cast<unsigned char>(letter)) == 0) letter = '?';
  }
  return name;
}

/// A PNG is 8 bytes and then chunks, each with its length in front and a checksum behind; the last
/// is called IEND. libpng would tell of a wrong checksum on stderr, and not of which file.
///
/// @returns what is wrong with it; empty = nothing.
std::string damage_of_png(const Bytes& bytes) {
  constexpr std::size_t kChunkFrame = 12;  // length, name, checksum
  std::size_t at = 8;
  while (at + kChunkFrame <= bytes.size()) {
    const std::size_t length = number_at(bytes, at, 4);
    if (length > bytes.size() - at - kChunkFrame) break;
    const unsigned char* const named = bytes.data() + at + 4;
    const std::string name(named, named + 4);
    if (crc32_z(0, named, length + 4) != number_at(bytes, at + 8 + length, 4)) {
      return "one that is damaged in its part " + printable_letters(name);
    }
    if (name == "IEND") return "";
    at += kChunkFrame + length;
  }
  return cut_off_after(bytes);
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

struct Sides {
  std::size_t width = 0;
  std::size_t height = 0;
};

/// What a PNG's first chunk says.
std::optional<Sides> png_sides(const Bytes& bytes) {
  if (bytes.size() < 24) return std::nullopt;
  return Sides{number_at(bytes, 16, 4), number_at(bytes, 20, 4)};
}

/// What a JPEG's frame header says. Before it there are segments, each with its length behind the
/// marker of two bytes.
std::optional<Sides> jpeg_sides(const Bytes& bytes) {
  for (std::size_t at = 2; at + 9 <= bytes.size() && bytes[at] == 0xFF;) {
    const unsigned char marker = bytes[at + 1];
    if (marker == 0xFF) {  // a byte that fills up
      ++at;
      continue;
    }
    const bool is_table = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
    if (marker >= 0xC0 && marker <= 0xCF && !is_table) {
      return Sides{number_at(bytes, at + 7, 2), number_at(bytes, at + 5, 2)};
    }
    at += 2 + number_at(bytes, at + 2, 2);
  }
  return std::nullopt;
}

void check_whole(const Bytes& bytes, const std::filesystem::path& file, const std::string& place) {
  std::string damage;
  if (is_png(bytes)) damage = damage_of_png(bytes);
  if (is_jpeg(bytes) && !jpeg_is_complete(bytes)) damage = cut_off_after(bytes);
  if (!damage.empty()) throw data_error({file, place, "a whole image", damage, kRestoreImage});
}

void check_size(const Bytes& bytes, const std::filesystem::path& file, const std::string& place) {
  std::optional<Sides> sides;
  if (is_png(bytes)) sides = png_sides(bytes);
  if (is_jpeg(bytes)) sides = jpeg_sides(bytes);
  if (!sides || sides->height == 0 || sides->width <= kMostPixels / sides->height) return;
  throw data_error(
      {file, place, "an image of at most " + std::to_string(kMostPixels >> 20) + " million pixels",
       std::to_string(sides->width) + " x " + std::to_string(sides->height) + " (width x height)",
       kRestoreImage});
}

}  // namespace

cv::Mat decode_image(const std::vector<unsigned char>& bytes, int flags,
                     const std::filesystem::path& file, const std::string& place) {
  check_size(bytes, file, place);
  check_whole(bytes, file, place);
  std::string reason = "bytes that are none or are damaged";
  cv::Mat image;
  try {
    image = cv::imdecode(bytes, flags | cv::IMREAD_IGNORE_ORIENTATION);
  } catch (const cv::Exception& error) {
    reason = "what OpenCV refuses: " + error.err;
  }
  if (image.empty())
    throw data_error({file, place, "a PNG, JPEG or PPM image", reason, kRestoreImage});
  return image;
}

}  // namespace pset3
