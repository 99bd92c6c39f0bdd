#pragma once

#include "grader/judge/verdict.hpp"
#include "grader/report/page.hpp"

namespace pset3::report {

/// The one-column mark of a verdict, in its colour: ✓ passed, ½ partial, ✗ wrong in any way,
/// ○ not attempted, – blocked, ! our own fault.
Span mark_of(judge::Verdict verdict);

}  // namespace pset3::report
