#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "starter/common/errors.hpp"

namespace pset3 {

/// Numbers with a shape.
struct WeightsArray {
  std::vector<std::int64_t> shape;  ///< empty = a single number
  std::vector<float> values;        ///< as many as the shape says, the last index fastest
};

/// What a safetensors file holds, as far as networks need it. In Python:
/// `safetensors.numpy.load_file(path)`.
struct Weights {
  std::map<std::string, std::string> notes;    ///< the format's "__metadata__"
  std::map<std::string, WeightsArray> arrays;  ///< 32-bit floats
};

/// Writes the file beside `file` first and renames it then: whoever looks finds the old one or the
/// new one, whole.
///
/// @throws std::invalid_argument when a shape and its values differ, or an array is called
///         "__metadata__"; DataError when the file cannot be written.
void write_weights(const std::filesystem::path& file, const Weights& weights);

/// @throws DataError when the file is missing, cut off or longer than it says, holds other types
///         than 32-bit floats, or is no safetensors file.
Weights read_weights(const std::filesystem::path& file);

}  // namespace pset3
