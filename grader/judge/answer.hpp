#pragma once

#include <string>

#include "grader/arrays/array.hpp"
#include "grader/judge/evidence.hpp"

namespace pset3::judge {

/// What a case that returned gave: arrays fit for a judging function, or the reason why not.
struct Answer {
  arrays::Arrays outputs;
  std::string complaint;  ///< in one line; empty when `outputs` can be judged
  bool valid() const { return complaint.empty(); }
};

/// Reads the outputs of a case: names, types and shapes first, then every floating-point value
/// finite.
Answer read_answer(const CaseEvidence& evidence);

}  // namespace pset3::judge
