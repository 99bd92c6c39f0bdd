#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/app/class_progress.hpp"
#include "grader/gradebook/class_summary.hpp"
#include "grader/intake/collect.hpp"
#include "grader/pipeline/submissions.hpp"

namespace pset3::app {

/// A row that an earlier grading has left in the same folder.
struct EarlierRow {
  std::string name;
  nlohmann::json hand_in;   ///< hand_in.json; what it would be where there is none
  bool is_nothing = false;  ///< of a student on the roster who had handed in nothing
};

std::vector<EarlierRow> earlier_rows(const std::filesystem::path& out);
intake::EarlierNames names_of(const std::vector<EarlierRow>& rows);

/// Takes out students of the roster who hand in nothing this time and have a graded row: it stays.
void keep_graded_rows(const std::vector<EarlierRow>& rows, std::vector<intake::HandIn>& hand_ins);

/// What hand_in.json says of a row: whose it is and what was handed in.
nlohmann::json hand_in_json(const intake::HandIn& hand_in);

/// Writes what stands in a row's folder.
/// @param results  the file's form of the document
void write_reports(const std::filesystem::path& folder, const report::Document& document,
                   const nlohmann::json& results, const nlohmann::json& hand_in);

struct ClassOptions {
  std::filesystem::path out;  ///< empty = write no reports: the store has them then
  std::size_t jobs = 0;       ///< workers; 0 = one more than there are cores
  pipeline::Several several = pipeline::Several::kLast;
  bool html = false;   ///< also write report.html
  bool staff = false;  ///< and staff.html
};

/// Grades a class with several workers and writes each one's reports. What is written does not
/// depend on their number, nor on which of them is first.
/// @returns the exit status. @throws Interrupted when Ctrl-C has come; what ran has ended then.
int grade_class(pipeline::SubmissionGrader& grader, const std::vector<intake::HandIn>& hand_ins,
                const ClassOptions& options, gradebook::ClassSummary& summary,
                ClassProgress& progress);

/// Adds the rows of earlier gradings that this one has not made anew.
/// @returns how many
std::size_t add_earlier(const std::vector<EarlierRow>& rows,
                        const std::vector<intake::HandIn>& hand_ins,
                        const std::filesystem::path& out, gradebook::ClassSummary& summary);

/// What `grade --dry-run` prints: who hands in what, and why not. @returns the exit status
int show_class(const pipeline::Course& course, const std::set<std::string>& parts,
               const intake::Class& found);

}  // namespace pset3::app
