#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/judge/rubric.hpp"
#include "grader/judge/verdict.hpp"
#include "grader/report/results.hpp"

namespace pset3::report {

/// How many checks, and what they are worth.
struct Tally {
  int count = 0;
  double points = 0.0;

  Tally& operator+=(const Tally& other);
};

/// One check as a report shows it: the judge's result joined with the rubric's words.
struct CheckEntry {
  std::string id;
  std::string part;
  std::string title;
  std::string section;
  std::string hint;
  std::vector<std::string> functions;
  std::vector<std::string> files;
  judge::Visibility visibility = judge::Visibility::kPublic;
  judge::Verdict verdict = judge::Verdict::kGraderError;
  double points = 0.0;
  double max_points = 0.0;
  std::vector<judge::CaseFinding> cases;
  std::vector<judge::Diagnosis> mistakes;
  std::vector<judge::StandIn> stand_ins;
  std::string counted_in;            ///< the check at which the same mistake costs its points
  bool open = false;                 ///< not judged here, but when the course grades
  bool extra = false;                ///< extra credit
  double extra_points = 0.0;         ///< that it may give; 0 where the file does not say
  std::vector<std::string> remarks;  ///< on how the points came about
};

struct PartEntry {
  std::string part;
  std::string title;
  std::string handout;
  double points = 0.0;      ///< sum over the checks that were judged
  double max_points = 0.0;  ///< of the checks that were judged
  double manual_points = 0.0;
  Tally not_judged;    ///< hidden checks of the rubric that this run did not judge
  Tally not_selected;  ///< public ones, when only some checks were asked for
  std::vector<Diagnostic> diagnostics;
  std::size_t diagnostics_left_out = 0;
  nlohmann::json provenance;
};

struct ManualEntry {
  std::string id;
  std::string part;
  std::string title;
  double points = 0.0;
};

/// What results.json says, with types. All its strings are printable and of bounded length.
struct Document {
  std::string submission;
  std::string refused;  ///< empty unless intake refused it
  std::string box_level;
  double wall_ms = 0.0;
  std::vector<std::string> notes;
  std::vector<PartEntry> parts;
  std::vector<CheckEntry> checks;  ///< in the rubrics' order, a part after the other
  std::vector<ManualEntry> manual;

  /// Checks that our own fault kept from being judged, hidden ones too.
  Tally our_fault;

  double points() const;
  double max_points() const;
  /// Of points(): what extra credit gave.
  double extra_points() const;
  /// What extra credit may give.
  double max_extra_points() const;
};

/// Joins a report with its rubrics and makes all text safe. @throws std::invalid_argument as
/// to_results_json.
Document document_of(const SubmissionReport& report);

/// What a student may know: hidden checks are gone, their number and points are in `not_judged`.
Document student_view(const Document& document);

/// The file's form of a document, and back. @throws InputError when it is no results file.
nlohmann::json json_of(const Document& document);
Document read_document(const nlohmann::json& results);

/// As to_text() of the file's form, see results.hpp.
std::string to_text(const Document& document, Audience audience, const TextStyle& style);

/// Gradescope's words: "visible", "hidden", "after_due_date".
std::string_view name_of(judge::Visibility visibility);

/// @returns whether our own fault kept the check from being judged.
inline bool is_grader_error(const CheckEntry& check) {
  return check.verdict == judge::Verdict::kGraderError;
}

}  // namespace pset3::report
