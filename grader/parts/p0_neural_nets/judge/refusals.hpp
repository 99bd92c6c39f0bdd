#pragma once

#include <optional>

#include "grader/judge/checks.hpp"

namespace pset3::judge::p0 {

/// Windows that do not fit: std::invalid_argument for each of them. Blocked where the student's own
/// conv_output_shape does the same wrong thing. Nothing where the case asks something else.
std::optional<CaseFinding> judge_refusals(const CaseView& view);
/// For each way not to fit, whether everything was refused, and how.
Sketch sketch_refusals(const CaseView& view);

}  // namespace pset3::judge::p0
