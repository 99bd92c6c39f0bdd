#pragma once

#include <vector>

#include "starter/common/data/rgbd_source.hpp"

namespace pset3 {

/// Which files make a view.
struct RgbdFiles {
  DepthUnit unit = DepthUnit::kBrightness;
  std::vector<RgbdDataset::Files> views;  ///< in the order of their names
};

/// @param source  whose path messages name.
/// @returns the views; none when no file is called as in one of the two formats.
/// @throws DataError when a picture is there twice or without the others that belong to it.
RgbdFiles find_rgbd_files(const RgbdDataset::Source& source, const RgbdOptions& options);

/// @returns whether a name comes before another: letter by letter, but numbers by their value.
bool comes_before(const std::string& first, const std::string& second);

}  // namespace pset3
