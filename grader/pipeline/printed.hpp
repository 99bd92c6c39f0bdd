#pragma once

#include <vector>

#include "grader/pipeline/part_run.hpp"

namespace pset3::pipeline {

/// Adds to the findings of public checks what the submission printed in each case that it did not
/// pass. Never for a hidden case: its inputs could stand in it.
/// @param decided_by  the run that each of `results` comes from.
void add_what_was_printed(const PreparedPart& part, const std::vector<const PartRun*>& decided_by,
                          std::vector<judge::CheckResult>& results);

}  // namespace pset3::pipeline
