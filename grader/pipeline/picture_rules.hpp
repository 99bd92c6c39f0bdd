#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pset3::pipeline {

/// How a report draws an array.
enum class PictureKind {
  kImage,   ///< pixels: one channel or three
  kMap,     ///< values as colours, with a scale and a map of the errors
  kCurve,   ///< values one after the other
  kVoxels,  ///< points of space, (N, 3): what is in both answers, and what in one of them only
  kBox,     ///< lower and upper ends along x, y and z, (3, 2), around points
};

/// One entry of fixtures/<part>/pictures.json.
struct PictureRule {
  PictureKind kind = PictureKind::kMap;
  std::string title = {};
  std::string unit = {};
  std::string note = {};  ///< what may differ though it is right
  /// The axes: "N", "HW", "HWC" or "BCHW"; a missing B, or B and C, counts as 1.
  std::string layout = "HW";
  std::string shape =
      {};  ///< the array that holds the real shape of one that comes as a single row
  std::string before =
      {};  ///< the input that the array is made from, drawn beside it; images alone
  /// For voxels: the inputs with the silhouette and with the projection that it was seen by.
  std::string silhouette = {};
  std::string projection = {};
  /// For boxes: the outputs with the points that lie in them, and with the margin around these.
  std::string points = {};
  std::string margin = {};
  /// For maps: the channels, rows and columns that each row of the array is drawn as where it has
  /// as many numbers, and the title then.
  std::vector<std::int64_t> maps = {};
  std::string maps_title = {};
  std::array<std::string, 2> only = {"only expected", "only yours"};  ///< voxels in one answer
};

/// An output's name -> how it is drawn. Outputs that are not in it are not drawn.
using PictureRules = std::map<std::string, PictureRule>;

/// @returns the rules of a part; none where it has no such file.
/// @throws InputError that names the file, the entry and what is wrong with it.
PictureRules read_picture_rules(const std::filesystem::path& fixtures);

}  // namespace pset3::pipeline
