#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pset3::judge {

enum class Verdict {
  kPassed,
  kPartial,
  kFailed,
  kNotAttempted,  ///< the stub still throws
  kBlocked,       ///< cannot be judged because of something that is scored elsewhere
  kTimeout,
  kOutOfMemory,
  kCrashed,  ///< a signal, an exception or an exit
  kBuildFailed,
  kInvalidOutput,  ///< wrong shape, wrong type or not finite
  kForbidden,      ///< an API that the part bans
  kGraderError,    ///< our fault: retried, never 0 points
};

/// @returns the word in results.json: "passed", "not_attempted", …
std::string_view name_of(Verdict verdict);
/// @throws InputError for a word that is no verdict.
Verdict verdict_named(std::string_view name);

/// What the judge has to say about one case of a check.
struct CaseFinding {
  std::string case_id;
  Verdict verdict = Verdict::kFailed;
  std::string expected;  ///< one line, in the student's terms
  std::string got;       ///< one line
  std::string detail;    ///< where and how much: worst index, counts; may be empty; may have lines
  std::string blocked_by;
  double wall_ms = 0.0;
  double peak_mib = 0.0;
};

/// A mistake that the submission's outputs show.
struct Diagnosis {
  std::string mistake;      ///< the patch's name
  std::string explanation;  ///< in the words a student should read
};

/// One check, judged.
struct CheckResult {
  std::string check;
  Verdict verdict = Verdict::kFailed;
  double points = 0.0;
  double max_points = 0.0;
  std::vector<CaseFinding> findings;  ///< a finding a case, in the rubric's order
  std::vector<Diagnosis>
      diagnoses;  ///< usually none or one; several when they cannot be told apart
};

}  // namespace pset3::judge
