#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/base/diagnostic.hpp"
#include "grader/judge/rubric.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::report {

/// One part of a submission, judged.
struct PartReport {
  const judge::Rubric* rubric = nullptr;
  std::vector<judge::CheckResult> checks;  ///< in the rubric's order; only those that were judged
  std::vector<Diagnostic> diagnostics;
  nlohmann::json provenance;  ///< hashes, seeds, limits: copied into extra_data
  /// Check id -> what an HTML report draws of it, see html/src/model.ts; in no results file.
  nlohmann::json pictures = nlohmann::json::object();
};

/// One submission, judged: all that a report is made from.
struct SubmissionReport {
  std::string name;
  std::vector<std::string> notes;  ///< from intake
  std::string refused;  ///< intake's reason, when it was not taken; then there are no parts
  std::string box_level;
  double wall_ms = 0.0;
  std::vector<PartReport> parts;
};

/// @returns whether our own fault kept a check from being judged.
bool has_grader_error(const SubmissionReport& report);

/// @returns whether every judged check passed. Extra credit that nobody has tried does not count.
bool all_passed(const SubmissionReport& report);

/// Who reads it: students never see the inputs, values or diagnoses of hidden checks.
enum class Audience { kStudent, kStaff };

/// The Gradescope results file with our schema in extra_data (report/results.schema.json).
///
/// All strings of the report are taken for foreign: they come out as printable UTF-8 of bounded
/// length. A check with our own fault has no `score` (never a silent 0); a refused submission has
/// no tests, score 0 and the reason.
/// @throws std::invalid_argument for a part without rubric, a check that its rubric does not have,
/// or points that are not finite.
nlohmann::json to_results_json(const SubmissionReport& report);

/// The bytes of a results file: indented JSON that is also safe inside an HTML <script> element.
std::string to_file_text(const nlohmann::json& document);

/// The characters that marks and rules are made of.
enum class Glyphs {
  kUnicode,  ///< one column each, none that a terminal may draw as a coloured emoji
  kAscii,    ///< everything, foreign text too, in ASCII
};

struct TextStyle {
  bool colour = false;               ///< ANSI colours; only when a terminal reads it
  int width = 96;                    ///< columns; less than 48 is taken as 48
  Glyphs glyphs = Glyphs::kUnicode;  ///< kAscii for terminals without UTF-8
  bool show_output = false;          ///< also what a failed case's program printed
};

/// A report for a terminal, from results.json alone. Ends with a newline.
/// @param results what to_results_json made, perhaps read back from a file.
/// @throws InputError when it is no results file of this program.
std::string to_text(const nlohmann::json& results, Audience audience, const TextStyle& style);

/// The same for a student who checks again and again: it begins with what changed since an earlier
/// check of the same files, and with what to do next.
/// @param before  the earlier results; null, or of another form, when there are none.
std::string to_check_text(const nlohmann::json& results, const nlohmann::json& before,
                          const TextStyle& style);

}  // namespace pset3::report
