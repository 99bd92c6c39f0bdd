#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/judge/rubric.hpp"

namespace pset3::pipeline {

/// What programs reach in one check, draw by draw.
struct Measured {
  std::vector<double> values;
  double mean = 0.0;
  double deviation = 0.0;  ///< standard deviation of the sample
};

/// Where the threshold of a check on something learnt comes from. Higher values are better.
struct CheckCalibration {
  std::string metric;
  double threshold = 0.0;
  double false_fail = 0.0;  ///< chance that a right solution stays below, for a normal distribution
  Measured reference;
  std::map<std::string, Measured> mistakes;    ///< that should fail the check
  std::map<std::string, double> false_passes;  ///< each one's chance to get above
};

/// Check id -> its calibration.
using Calibration = std::map<std::string, CheckCalibration>;

/// Reads a part's calibration.json. @throws InputError when it is no such file.
Calibration read_calibration(const std::filesystem::path& file);

std::string to_json(const Calibration& calibration);

/// Sets "threshold" in the tolerance of each calibrated check, unless the rubric has its own.
/// @throws InputError for a check that the rubric does not have.
void apply_calibration(const Calibration& calibration, judge::Rubric& rubric);

}  // namespace pset3::pipeline
