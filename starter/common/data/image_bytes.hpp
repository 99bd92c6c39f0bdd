#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "starter/common/errors.hpp"

namespace pset3 {

/// More than any camera has; a picture that unpacks to more is refused before it is unpacked.
constexpr std::size_t kMostPixels = std::size_t{1} << 27;

/// Decodes a picture as it is stored, without turning it by its EXIF orientation.
///
/// @param bytes        of a PNG, JPEG or PPM file.
/// @param flags        of cv::imread.
/// @param file, place  where the bytes come from, for the message; place may be empty.
/// @throws DataError when the bytes are cut off, damaged or no image, or above kMostPixels.
cv::Mat decode_image(const std::vector<unsigned char>& bytes, int flags,
                     const std::filesystem::path& file, const std::string& place = "");

}  // namespace pset3
