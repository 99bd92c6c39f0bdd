#pragma once

#include <map>
#include <string>
#include <vector>

#include "grader/judge/engine.hpp"

namespace pset3::judge {

/// The names of one-token changes of the solution begin so.
inline constexpr const char* kSlip = "slip_in_";
bool is_slip(const std::string& mistake);

/// @returns whether the checks show one mistake: it was recognised in each check that it fails and
/// that has something to compare, and none of them passed.
bool explains(const KnownMistake& mistake, const std::vector<CheckResult>& results);

/// @returns whether a mistake is among those that a check shows.
bool shows(const CheckResult& result, const std::string& mistake);

/// Check id -> all known mistakes that fit there, also where they are too many to be named.
using Fitting = std::map<std::string, std::vector<Diagnosis>>;

/// @returns whether a mistake is among those that fit a check, named or not.
bool fits(const Fitting& fitting, const std::string& check, const std::string& mistake);

/// @returns whether one mistake fits each check that it fails and that has something to compare, a
/// value among it, and none of them passed. It may be one of many that do, and so have no name.
bool fits_everywhere(const KnownMistake& mistake, const Fitting& fitting,
                     const std::vector<CheckResult>& results);

/// Chooses among the mistakes that each check by itself leaves possible, with all checks in view:
/// one whose other checks passed is out; one that is found wherever it should be goes before one
/// that is not; then the one that agrees with most. More than three that cannot be told apart are
/// none, and how a program ended, without any value, speaks only for a mistake that is alone.
/// A mistake without an explanation is never named. Changes the diagnoses and nothing else.
/// @returns those that were possible before the choice.
Fitting settle_diagnoses(const std::vector<KnownMistake>& known, std::vector<CheckResult>& results);

}  // namespace pset3::judge
