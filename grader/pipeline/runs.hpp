#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/program.hpp"
#include "grader/pipeline/store.hpp"
#include "grader/run/outcome.hpp"

namespace pset3::pipeline {

/// How a case ended, and where in the student's own file when it crashed.
struct PlacedOutcome {
  run::CaseOutcome outcome;
  std::string student_frame;  ///< "carve.cpp:42 in carve"; empty when there is none
  bool is_kept = true;  ///< in the store; not where it says more of the machine than of the program
};

/// Case id -> how it ended.
using Outcomes = std::map<std::string, PlacedOutcome>;

/// Case id -> how long it may take.
using TimeLimits = std::map<std::string, std::chrono::milliseconds>;

/// Runs a program on cases, taking from the store what has been run before. Public and hidden cases
/// never share a box. What looks like our fault or a busy machine's is run once more, with no other
/// run of ours beside it, before it counts, and is not stored. After the runs, the stack of a crash
/// is turned into the student's own place, and the place is stored with the outcome: what is in the
/// store does not need the program again. The rubric's budget is for all cases together.
/// @param only  ids; empty = all of `cases`.
/// @throws NotStored where the part may not run.
Outcomes run_stored(const PartContext& part, const BuiltProgram& program,
                    const std::vector<PreparedCase>& cases, const TimeLimits& limits,
                    const std::set<std::string>& only = {});

/// How many threads libraries may use in a case on this machine.
int thread_count(const judge::Rubric& rubric);

/// Whether the program alone is the reason for an outcome. A box that failed is not, and neither is
/// a timeout of a program that did not get its processor time: it slept, or the machine was busy.
bool says_something_of_the_program(const run::CaseOutcome& outcome,
                                   std::chrono::milliseconds limit);

/// The opposite, but for what the budget left no time for.
bool deserves_another_try(const run::CaseOutcome& outcome, std::chrono::milliseconds limit);

/// @returns the least power of two times the rubric's floor that is at least factor times the
/// reference's own processor time on this machine. Powers, so that the noise of a measurement does
/// not change a key.
std::chrono::milliseconds time_limit(const judge::Rubric& rubric, double reference_ms);

/// How long a fixed piece of arithmetic takes on this machine, in ms; carries the reference's times
/// from the machine where the fixtures were made to one that has no reference.
double machine_speed_ms();

}  // namespace pset3::pipeline
