#pragma once

#include <vector>

#include "grader/judge/engine.hpp"
#include "grader/judge/naming.hpp"

namespace pset3::judge {

/// Reports what fails after a check that it needs as blocked by that check, unless our file stood
/// in for the one which that check is about.
void block_by_needs(const Rubric& rubric, std::vector<CheckResult>& results);

/// Lets one bug cost once, after the diagnosis. Changes points and remarks, and no verdict.
///
/// - A known mistake that leaves a question unanswered costs all points of that question.
/// - A known mistake that explains several failed checks costs the dearest public one of them.
///   One that shows by no value, only by how the program ended, does so only in questions that gave
///   more than half of their public points.
/// - So do checks that name nobody where one known mistake, or several that cannot be told apart,
///   fit all of them.
/// - A blocked check gives the share of its points that was earned in what it rests on. Half of
///   them or less is nothing: that much is earned by doing nothing. Where half of its own cases
///   passed, what it rests on may have failed in a hidden check alone. Where what stands in its way
///   passed in most of its cases, it gives all: the bug costs there.
/// - A hidden check costs only what the public checks that it repeats have not taken, where these
///   gave more than half of their points; each of its cases is worth its part of the points.
/// @param known  the mistakes that the results' diagnoses name.
/// @param fitting  all that fit, see settle_diagnoses().
void count_bugs_once(const Rubric& rubric, const std::vector<KnownMistake>& known,
                     const Fitting& fitting, std::vector<CheckResult>& results);

}  // namespace pset3::judge
