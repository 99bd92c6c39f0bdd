#pragma once

#include <string>

#include "grader/arrays/array.hpp"
#include "grader/arrays/safetensors.hpp"
#include "grader/run/outcome.hpp"

namespace pset3::judge {

/// All that is known about one case when it is judged. It owns nothing: what it points to must
/// live until the judging is done.
struct CaseEvidence {
  std::string id;
  const arrays::Arrays* inputs = nullptr;
  const arrays::ArraySpecs* output_specs = nullptr;
  const arrays::Arrays* expected = nullptr;
  const run::CaseOutcome* outcome = nullptr;
  /// The student's own place of a crash, "carve.cpp:42 in carve"; empty when there is none.
  std::string student_frame = {};
};

}  // namespace pset3::judge
