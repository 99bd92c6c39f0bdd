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
  kBlocked,       ///< nothing of the student's is left to judge; always says by what
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
  std::string printed = {};  ///< the beginning of what it printed; only of public cases
};

/// A mistake that the submission's outputs show.
struct Diagnosis {
  std::string mistake;      ///< the patch's name
  std::string explanation;  ///< in the words a student should read
  /// Whether values speak for it, and not only how the program ended.
  bool specific = true;
  std::size_t cases = 1;  ///< how many cases of the check show it
};

/// A file of ours that took the place of a student's while another function was judged.
struct StandIn {
  std::string file;
  std::string name;  ///< what it holds, "form_initial_voxels"
  std::string why;   ///< what is the matter with the student's, "fails (a)"
};

/// @returns "judged with our form_initial_voxels, since yours fails (a)".
std::string sentence_of(const StandIn& stand_in);

/// One check, judged.
struct CheckResult {
  std::string check;
  Verdict verdict = Verdict::kFailed;
  double points = 0.0;
  double max_points = 0.0;
  std::vector<CaseFinding> findings;  ///< a finding a case, in the rubric's order
  std::vector<Diagnosis>
      diagnoses;  ///< usually none or one; several when they cannot be told apart
  std::vector<StandIn> stand_ins;
  /// The check at which the same mistake costs its points; empty when it costs them here.
  std::string counted_in;
  /// Not judged here, but when the course grades: its points are not lost.
  bool open = false;
  std::vector<std::string> remarks;  ///< whole sentences on how the points came about
};

}  // namespace pset3::judge
