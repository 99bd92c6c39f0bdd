#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "grader/build/toolkit.hpp"
#include "grader/pipeline/course.hpp"

namespace pset3::pipeline {

struct PartOptions;

/// Everything that the verdicts on a part depend on, beside the submission: a hash each. It stands
/// in results.json, so that a later comparison can say why a grade is another.
struct Origin {
  std::string rubric;
  std::string fixtures;   ///< expected arrays, calibration, known mistakes
  std::string reference;  ///< our solution and the stubs
  std::string judge;      ///< this program: generators, judges, sketches
  std::string toolkit;    ///< compiler, libraries, headers, flags
  std::string inputs;     ///< which cases are drawn, and which checks are judged
  std::string machine;    ///< in words: the box and the number of threads

  nlohmann::json to_json() const;
  /// The hash of all of it.
  std::string key() const;
};

Origin origin_of(const Course& course, const judge::Rubric& rubric, const build::Toolkit& toolkit,
                 const PartOptions& options);

/// Part files as they were handed in: the same key for equal files, whoever has handed them in.
std::string key_of_files(const judge::Rubric& rubric,
                         const std::map<std::string, std::string>& files);

}  // namespace pset3::pipeline
