#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/judge/rubric.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::report {

/// A compiler's complaint about a submitted file.
struct Diagnostic {
  std::string file;  ///< the student's own name for it, e.g. "carve.cpp"
  int line = 0;
  int column = 0;
  std::string severity;  ///< "error", "warning", "note"
  std::string message;
};

/// One part of a submission, judged.
struct PartReport {
  const judge::Rubric* rubric = nullptr;
  std::vector<judge::CheckResult> checks;  ///< in the rubric's order; only those that were judged
  std::vector<Diagnostic> diagnostics;
  nlohmann::json provenance;  ///< hashes, seeds, limits: copied into extra_data
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

/// Who reads it: students never see the inputs, values or diagnoses of hidden checks.
enum class Audience { kStudent, kStaff };

/// The Gradescope results file with our schema in extra_data (report/results.schema.json).
nlohmann::json to_results_json(const SubmissionReport& report);

/// A report for a terminal.
struct TextStyle {
  bool colour = false;
  int width = 96;
};
std::string to_text(const nlohmann::json& results, Audience audience, const TextStyle& style);

}  // namespace pset3::report
