#pragma once

#include <filesystem>
#include <opencv2/core.hpp>

#include "starter/common/errors.hpp"

namespace pset3 {

/// Reads a photograph as it is stored, without turning it by its EXIF orientation, since the
/// cameras are calibrated for the stored pixels.
///
/// @returns (H, W) CV_8UC3 in the order blue, green, red.
/// @throws DataError when the file is missing, cut off or no image.
cv::Mat read_photograph(const std::filesystem::path& file);

/// Reads a silhouette of any pixel type. Transparency is ignored.
///
/// @returns (H, W) CV_8UC1: 1 where any colour is not 0, else 0.
/// @throws DataError when the file is missing, cut off or no image.
cv::Mat read_silhouette(const std::filesystem::path& file);

}  // namespace pset3
