#include "grader/pipeline/picture_rules.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::pipeline {
namespace {

using nlohmann::json;

const std::map<std::string, PictureKind> kKinds = {{"image", PictureKind::kImage},
                                                   {"map", PictureKind::kMap},
                                                   {"curve", PictureKind::kCurve},
                                                   {"voxels", PictureKind::kVoxels},
                                                   {"box", PictureKind::kBox}};
const std::set<std::string> kLayouts = {"N", "HW", "HWC", "BCHW"};
const std::set<std::string> kKeys = {"kind",   "title",  "unit",       "note",       "layout",
                                     "shape",  "before", "silhouette", "projection", "only",
                                     "points", "margin", "maps",       "maps_title"};

PictureRule rule_of(const json& entry) {
  for (const auto& [key, value] : entry.items()) {
    if (kKeys.count(key) == 0) {
      throw InputError(fmt::format("\"{}\" is unknown; there are {}", key, fmt::join(kKeys, ", ")));
    }
  }
  PictureRule rule;
  const auto kind = kKinds.find(entry.at("kind").get<std::string>());
  if (kind == kKinds.end()) throw InputError("\"kind\" must be image, map, curve, voxels or box");
  rule.kind = kind->second;
  rule.title = entry.at("title").get<std::string>();
  rule.unit = entry.value("unit", "");
  rule.note = entry.value("note", "");
  rule.layout = entry.value("layout", "HW");
  if (kLayouts.count(rule.layout) == 0) {
    throw InputError(fmt::format("\"layout\" must be one of {}", fmt::join(kLayouts, ", ")));
  }
  rule.shape = entry.value("shape", "");
  rule.before = entry.value("before", "");
  rule.silhouette = entry.value("silhouette", "");
  rule.projection = entry.value("projection", "");
  rule.points = entry.value("points", "");
  rule.margin = entry.value("margin", "");
  rule.maps = entry.value("maps", std::vector<std::int64_t>{});
  if (!rule.maps.empty() && rule.maps.size() != 3) {
    throw InputError("\"maps\" must be three numbers: channels, rows, columns");
  }
  rule.maps_title = entry.value("maps_title", rule.title);
  if (entry.contains("only")) rule.only = entry.at("only").get<std::array<std::string, 2>>();
  return rule;
}

}  // namespace

PictureRules read_picture_rules(const std::filesystem::path& fixtures) {
  const std::filesystem::path file = fixtures / "pictures.json";
  PictureRules rules;
  if (!std::filesystem::exists(file)) return rules;
  std::string at;
  try {
    const json entries = json::parse(read_file(file));
    for (const auto& [name, entry] : entries.items()) {
      at = ": " + name;
      rules[name] = rule_of(entry);
    }
  } catch (const std::exception& error) {
    throw InputError(fmt::format("{}{}: {}", file.string(), at, error.what()));
  }
  return rules;
}

}  // namespace pset3::pipeline
