#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "grader/judge/engine.hpp"
#include "grader/pipeline/prepared_part.hpp"

namespace pset3::pipeline {

/// One submission's files of one part, built and run.
struct PartRun {
  std::vector<const judge::CheckSpec*> checks;  ///< those to judge, in the rubric's order
  BuiltProgram program;
  Outcomes outcomes;
  /// A file whose global variables end the program before any function is called, and the same
  /// submission without it: checks that do not use the file are judged by that.
  std::string fails_to_load;
  std::shared_ptr<const PartRun> without_it;
};

/// Builds a submission and runs it on the cases of `checks`; what the store has is taken from
/// there.
/// @param files   name -> bytes, as handed in.
/// @param checks  judged checks of the part.
/// @throws NotStored for a submission's files, with PartOptions::only_stored.
PartRun build_and_run(const PreparedPart& part, const std::map<std::string, std::string>& files,
                      const std::vector<const judge::CheckSpec*>& checks,
                      Whose whose = Whose::kSubmission);

/// The cases of one check, ready to be judged. It points into the part and the run, which must
/// outlive it.
struct CheckEvidence {
  std::vector<judge::CaseEvidence> cases;
  /// Where a file that the check needs is missing or does not compile: the outcome of all its
  /// cases, whatever the program did with a stub in its place.
  std::unique_ptr<const run::CaseOutcome> without_file;
};

/// @returns check by check of run.checks, each for itself: nothing blocks, no mistake is looked
/// for.
std::vector<judge::CheckResult> judge_run(const PreparedPart& part, const PartRun& run);

CheckEvidence evidence_for(const PreparedPart& part, const judge::CheckSpec& check,
                           const PartRun& run);

/// @returns check id -> case id -> what the run shows there: how known mistakes are recorded.
std::map<std::string, std::map<std::string, judge::Symptom>> symptoms_of(const PreparedPart& part,
                                                                         const PartRun& run);

}  // namespace pset3::pipeline
