#include "grader/pipeline/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::pipeline {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// Chances are told down to this one: below, the tail of a normal distribution is a guess.
constexpr double kLeastChance = 1e-6;

double rounded(double value) { return std::round(value * 1e6) / 1e6; }

ordered_json to_json(const Measured& measured) {
  ordered_json values = ordered_json::array();
  for (const double value : measured.values) values.push_back(rounded(value));
  return {{"mean", rounded(measured.mean)},
          {"deviation", rounded(measured.deviation)},
          {"values", values}};
}

Measured measured_from(const json& entry) {
  return {entry.at("values").get<std::vector<double>>(), entry.at("mean").get<double>(),
          entry.at("deviation").get<double>()};
}

CheckCalibration check_from(const json& entry) {
  CheckCalibration check;
  check.metric = entry.at("metric").get<std::string>();
  check.threshold = entry.at("threshold").get<double>();
  check.false_fail = entry.at("false_fail").get<double>();
  check.reference = measured_from(entry.at("reference"));
  for (const auto& [name, mistake] : entry.at("mistakes").items()) {
    check.mistakes[name] = measured_from(mistake);
    check.false_passes[name] = mistake.at("false_pass").get<double>();
  }
  return check;
}

}  // namespace

Calibration read_calibration(const std::filesystem::path& file) {
  try {
    Calibration calibration;
    const json document = json::parse(read_file(file));
    for (const auto& [id, entry] : document.at("checks").items()) {
      calibration[id] = check_from(entry);
    }
    return calibration;
  } catch (const json::exception& error) {
    throw InputError(file.string() + " is no calibration: " + error.what() +
                     "; `pset3 author calibrate` writes it");
  }
}

std::string to_json(const Calibration& calibration) {
  ordered_json checks = ordered_json::object();
  for (const auto& [id, check] : calibration) {
    ordered_json mistakes = ordered_json::object();
    for (const auto& [name, measured] : check.mistakes) {
      mistakes[name] = to_json(measured);
      mistakes[name]["false_pass"] = std::max(kLeastChance, rounded(check.false_passes.at(name)));
    }
    checks[id] = {{"metric", check.metric},
                  {"threshold", rounded(check.threshold)},
                  {"false_fail", std::max(kLeastChance, rounded(check.false_fail))},
                  {"reference", to_json(check.reference)},
                  {"mistakes", mistakes}};
  }
  return ordered_json{{"made_by", "pset3 author calibrate"}, {"checks", checks}}.dump(2) + "\n";
}

void apply_calibration(const Calibration& calibration, judge::Rubric& rubric) {
  for (const auto& [id, check] : calibration) {
    const auto spec =
        std::find_if(rubric.checks.begin(), rubric.checks.end(),
                     [&wanted = id](const auto& other) { return other.id == wanted; });
    if (spec == rubric.checks.end()) {
      throw InputError("calibration.json of " + rubric.folder + " has a check " + id +
                       " that the rubric does not have; `pset3 author calibrate` writes it anew");
    }
    if (spec->tolerance.is_null()) spec->tolerance = json::object();
    if (!spec->tolerance.contains("threshold")) spec->tolerance["threshold"] = check.threshold;
  }
}

}  // namespace pset3::pipeline
