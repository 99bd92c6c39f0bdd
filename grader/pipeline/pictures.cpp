#include "grader/pipeline/pictures.hpp"

#include <optional>

#include "grader/judge/answer.hpp"
#include "grader/pipeline/picture_data.hpp"

namespace pset3::pipeline {
namespace {

using arrays::Array;
using arrays::Arrays;
using nlohmann::json;

constexpr std::size_t kPicturesOfACase = 3;

const Array* find(const Arrays& arrays, const std::string& name) {
  const auto found = arrays.find(name);
  return found == arrays.end() ? nullptr : &found->second;
}

/// The shape of an array that comes as a single row stands in another one.
std::vector<std::int64_t> shape_of(const PictureRule& rule, const Arrays& arrays,
                                   const Array& array) {
  const Array* shape = rule.shape.empty() ? nullptr : find(arrays, rule.shape);
  if (shape == nullptr || shape->dtype() != arrays::DType::kI64) return array.shape();
  const auto* sizes = shape->data<std::int64_t>();
  return {sizes, sizes + shape->element_count()};
}

/// The same rule for rows that are feature maps, flattened; nothing where they are something else.
std::optional<PictureRule> rule_for_maps(const PictureRule& rule,
                                         const std::vector<std::int64_t>& shape) {
  if (rule.maps.empty() || shape.size() != 2) return std::nullopt;
  if (shape[1] != rule.maps[0] * rule.maps[1] * rule.maps[2]) return std::nullopt;
  PictureRule own = rule;
  own.layout = "BCHW";
  own.title = rule.maps_title;
  return own;
}

json picture_of(const std::string& name, const PictureRule& rule, const judge::CaseView& view) {
  const Array* expected = find(view.expected, name);
  const Array* got = find(view.outputs, name);
  if (expected == nullptr || got == nullptr) return nullptr;
  if (rule.kind == PictureKind::kVoxels) {
    return picture_of_voxels(rule, *expected, *got, view.inputs);
  }
  if (rule.kind == PictureKind::kBox) return picture_of_box(rule, *expected, *got, view.outputs);
  const std::vector<std::int64_t> shape = shape_of(rule, view.expected, *expected);
  if (shape != shape_of(rule, view.outputs, *got)) return nullptr;
  if (const auto own = rule_for_maps(rule, shape)) {
    json picture = picture_of_planes(*own, *expected, *got,
                                     {shape[0], rule.maps[0], rule.maps[1], rule.maps[2]}, nullptr);
    if (!picture.is_null()) picture["title"] = own->title;
    return picture;
  }
  return picture_of_planes(rule, *expected, *got, shape, find(view.inputs, rule.before));
}

/// Of a check that did not pass, what its first wrong case that returned arrays shows.
json pictures_of_check(const PreparedPart& part, const PictureRules& rules, const PartRun& run,
                       const judge::CheckSpec& check, const judge::CheckResult& result) {
  const CheckEvidence evidence = evidence_for(part, check, run);
  for (std::size_t i = 0; i < evidence.cases.size() && i < result.findings.size(); ++i) {
    const judge::CaseEvidence& one = evidence.cases[i];
    const bool wrong = result.findings[i].verdict != judge::Verdict::kPassed;
    if (!wrong || one.outcome->ended != run::Ended::kReturned) continue;
    const judge::Answer answer = judge::read_answer(one);
    if (!answer.valid()) continue;
    json pictures = pictures_of_case(rules, {check, *one.inputs, *one.expected, answer.outputs});
    for (json& picture : pictures) picture["case"] = one.id;
    return pictures;
  }
  return json::array();
}

}  // namespace

json pictures_of_case(const PictureRules& rules, const judge::CaseView& view) {
  json pictures = json::array();
  for (const auto& [name, rule] : rules) {
    if (pictures.size() == kPicturesOfACase) break;
    json picture = picture_of(name, rule, view);
    if (picture.is_null()) continue;
    picture["array"] = name;
    if (!picture.contains("title")) picture["title"] = rule.title;
    if (!rule.unit.empty()) picture["unit"] = rule.unit;
    if (!rule.note.empty()) picture["note"] = rule.note;
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

json pictures_of(const PreparedPart& part, const PictureRules& rules, const JudgedPart& judged,
                 const std::vector<judge::CheckResult>& results) {
  json all = json::object();
  const std::vector<const PartRun*> runs = judged.deciding();
  for (std::size_t i = 0; i < results.size(); ++i) {
    const judge::Verdict verdict = results[i].verdict;
    if (verdict == judge::Verdict::kPassed || verdict == judge::Verdict::kBlocked) continue;
    json pictures = pictures_of_check(part, rules, *runs[i], *judged.own.checks[i], results[i]);
    if (!pictures.empty()) all[results[i].check] = std::move(pictures);
  }
  return all;
}

}  // namespace pset3::pipeline
