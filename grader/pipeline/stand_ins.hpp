#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "grader/pipeline/part_run.hpp"
#include "grader/pipeline/prepared_part.hpp"

namespace pset3::pipeline {

/// One part of a submission, judged so that a file which fails costs only the checks about it.
struct JudgedPart {
  PartRun own;                                  ///< the submission as it was handed in
  std::vector<std::unique_ptr<PartRun>> mixed;  ///< with files of ours in place of some
  std::vector<judge::CheckResult> results;      ///< for each of own.checks
  std::vector<const PartRun*> decided_by;       ///< a run of `mixed`, or nullptr for the own one

  /// @returns the run that each result comes from; it lasts as long as this.
  std::vector<const PartRun*> deciding() const;
};

/// Builds, runs and judges a submission. A check that does not pass, and whose function uses other
/// files of the student's that fail their own checks (or are missing, stubs, or do not compile), is
/// judged once more in a program with our files in their place; the better result counts. Our file
/// is never in a program that judges the check's own.
///
/// Where there is no solution, on a student's machine, such a check stays open instead.
/// With the rubric's "one_bug": "every_check", everything is judged as it was handed in.
JudgedPart judge_with_stand_ins(const PreparedPart& part,
                                const std::map<std::string, std::string>& files,
                                const std::vector<const judge::CheckSpec*>& checks);

}  // namespace pset3::pipeline
