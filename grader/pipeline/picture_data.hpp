#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/pipeline/picture_rules.hpp"

namespace pset3::pipeline {

/// @returns the values of an array of any type.
std::vector<double> numbers_of(const arrays::Array& array);

std::string base64_of(const std::vector<std::uint8_t>& bytes);

/// Numbers for a page: 16 bits each, 0 for `low` and 65534 for `high`, 65535 for what is not
/// finite.
std::string packed(const std::vector<double>& values, double low, double high);
/// The same with 8 bits, for images.
std::string packed_bytes(const std::vector<double>& values, double low, double high);

/// An image, a map or a curve of both answers; null where their shapes differ or nothing differs.
/// @param before  what the array was made from; may be null.
nlohmann::json picture_of_planes(const PictureRule& rule, const arrays::Array& expected,
                                 const arrays::Array& got, const std::vector<std::int64_t>& shape,
                                 const arrays::Array* before);

/// The box that is due and the student's, (3, 2) both, with points in them; null where they agree.
/// Due is the extent of the student's own points, widened by the margin, where `outputs` have both.
nlohmann::json picture_of_box(const PictureRule& rule, const arrays::Array& expected,
                              const arrays::Array& got, const arrays::Arrays& outputs);

/// Voxels of both answers; null where they are the same.
/// @param inputs  of the case, for the silhouette.
nlohmann::json picture_of_voxels(const PictureRule& rule, const arrays::Array& expected,
                                 const arrays::Array& got, const arrays::Arrays& inputs);

}  // namespace pset3::pipeline
