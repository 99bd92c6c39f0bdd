#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/judge/rubric.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::judge {

/// What a judging function sees of a case that ended well: its outputs have the names, types and
/// shapes that the case asks for, and their floating-point values are finite.
struct CaseView {
  const CheckSpec& check;
  const arrays::Arrays& inputs;
  const arrays::Arrays& expected;  ///< the reference's outputs for the same inputs
  const arrays::Arrays& outputs;
};

/// Judges one case. A pure function: no I/O, no clock, no randomness.
/// Sets verdict (kPassed, kFailed, kBlocked, or kInvalidOutput for a shape that only it can tell),
/// expected, got, detail; the engine sets the rest.
/// A comparison is written `!(error <= tolerance)`, so that a NaN never passes.
using JudgeFunction = std::function<CaseFinding(const CaseView&)>;

/// The numbers that tell one mistake from another, free of what may legitimately differ between
/// right solutions.
using Sketch = std::vector<double>;
using SketchFunction = std::function<Sketch(const CaseView&)>;

/// The one number that a check on something learnt compares with its threshold; higher is better.
struct Metric {
  std::string name;  ///< "accuracy on unseen images"
  std::function<double(const CaseView&)> value;
  explicit operator bool() const { return value != nullptr; }
};

struct Check {
  JudgeFunction judge;
  SketchFunction sketch;  ///< empty where outputs do not tell one mistake from another
  /// How far numbers of two sketches may differ, relatively, and still show the same mistake: more
  /// than the noise of another processor's arithmetic.
  double sketch_tolerance = 1e-6;
  /// Empty for exact checks. Else `author calibrate` measures it, and the judging function finds
  /// "threshold" in its tolerance.
  Metric metric = {};
};

/// Check functions by the name that rubrics use, e.g. "p1.survivors".
using Checks = std::map<std::string, Check>;

/// A sketch for outputs that are arrays of definite values: sizes, moments and fixed random
/// projections of each output.
Sketch sketch_arrays(const CaseView& view);

/// A check whose sketch is made from some of the outputs: the others are not what it is about, and
/// so do not tell one mistake from another.
/// @param names      of the outputs; empty = all of them.
/// @param tolerance  see Check.
Check sketched(JudgeFunction judge, const std::vector<std::string>& names, double tolerance);

}  // namespace pset3::judge
