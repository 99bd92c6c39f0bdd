#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/judge/engine.hpp"
#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/runs.hpp"
#include "grader/pipeline/store.hpp"
#include "grader/report/results.hpp"

namespace pset3::pipeline {

struct PartOptions {
  bool hidden = false;  ///< also judge what students do not see; needs a draw and the solution
  Draw draw;
  std::set<std::string> only;  ///< check ids; empty = all
  bool from_reference =
      false;  ///< expected arrays of public cases come from the reference, not the fixtures
  /// Told what is under way where it takes long; may be empty.
  std::function<void(const std::string&)> progress = {};
};

/// Grades one part of any number of submissions. What they share (toolkit, cases, expected arrays,
/// time limits) is prepared once.
class PartGrader {
 public:
  /// @throws InputError when the fixtures are missing or stale; GraderError when the toolkit or the
  ///         reference does not work.
  PartGrader(const Course& course, const judge::Rubric& rubric, const Store& store,
             PartOptions options);

  /// Builds, runs and judges. May be called from several threads.
  /// @param files     name -> bytes, as handed in.
  /// @param left_out  checks that are not judged; cases that only they have are not run.
  report::PartReport grade(const std::map<std::string, std::string>& files,
                           const std::set<std::string>& left_out = {});

  /// @returns what a submission's outputs show, for every judged check but those left out: how
  /// known mistakes are recorded.
  std::map<std::string, std::map<std::string, judge::Symptom>> symptoms(
      const std::map<std::string, std::string>& files, const std::set<std::string>& left_out = {});

  /// Expected arrays and times of the public cases, from the reference itself: what `author
  /// fixtures` writes.
  const std::map<std::string, arrays::Arrays>& expected() const { return expected_; }
  const std::vector<PreparedCase>& cases() const { return cases_; }
  const Outcomes& reference_outcomes() const { return reference_; }
  const build::Toolkit& toolkit() const { return toolkit_; }

 private:
  PartContext context() const { return {course_, rubric_, toolkit_, store_}; }
  struct Suspects {
    std::vector<const Patch*> diagnosed;  ///< that public checks have shown already
    std::vector<const Patch*> others;
  };

  bool is_judged(const judge::CheckSpec& check) const;
  Outcomes run(const BuiltProgram& program, const std::set<std::string>& left_out) const;
  void prepare_cases();
  void run_reference();
  void read_recorded();
  void prepare_expected();
  judge::CaseEvidence record_of(const judge::CheckSpec& check, const std::string& case_id,
                                const BuiltProgram& program, const Outcomes& outcomes,
                                Outcomes& replaced) const;
  std::vector<judge::CaseEvidence> records_of(const judge::CheckSpec& check,
                                              const BuiltProgram& program, const Outcomes& outcomes,
                                              Outcomes& replaced) const;
  nlohmann::json provenance(const BuiltProgram& program) const;
  void find_mistakes(const judge::CheckSpec& check, const std::vector<judge::CaseEvidence>& records,
                     const report::PartReport& so_far, judge::CheckResult& result);
  Suspects suspects(const judge::CheckSpec& check, const report::PartReport& so_far);
  const judge::KnownMistake* shown_by(const Patch& patch, const judge::CheckSpec& check);

  const Course& course_;
  const judge::Rubric& rubric_;
  const Store& store_;
  PartOptions options_;
  build::Toolkit toolkit_;
  std::vector<PreparedCase> cases_;
  std::map<std::string, arrays::Arrays> expected_;
  Outcomes reference_;
  TimeLimits limits_;
  std::vector<judge::KnownMistake> public_mistakes_;
  std::optional<std::vector<Patch>> patches_;
  std::mutex
      hidden_mutex_;  ///< over patches_ and hidden_symptoms_, which are filled when first needed
  /// What mistakes show in hidden checks, by the names of both; nothing for one that does not work.
  std::map<std::pair<std::string, std::string>, std::optional<judge::KnownMistake>>
      hidden_symptoms_;
};

}  // namespace pset3::pipeline
