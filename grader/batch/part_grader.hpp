#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/batch/cases.hpp"
#include "grader/batch/mistakes.hpp"
#include "grader/batch/runs.hpp"
#include "grader/batch/store.hpp"
#include "grader/judge/engine.hpp"
#include "grader/report/results.hpp"

namespace pset3::batch {

struct PartOptions {
  bool hidden = false;  ///< also judge what students do not see; needs a draw and the solution
  Draw draw;
  std::set<std::string> only;  ///< check ids; empty = all
  bool from_reference =
      false;  ///< expected arrays of public cases come from the reference, not the fixtures
};

/// Grades one part of any number of submissions. What they share (toolkit, cases, expected arrays,
/// time limits) is prepared once.
class PartGrader {
 public:
  /// @throws InputError when the fixtures are missing or stale; GraderError when the toolkit or the
  ///         reference does not work.
  PartGrader(const Course& course, const judge::Rubric& rubric, const Store& store,
             PartOptions options);

  /// Runs the known mistakes on the hidden cases now, and not when a submission first fails one.
  /// Afterwards grade() may be called from several threads.
  void load_mistakes();

  /// Builds, runs and judges. @param files  name -> bytes, as handed in.
  report::PartReport grade(const std::map<std::string, std::string>& files);

  /// @returns what a submission's outputs show, for every judged check: how known mistakes are
  /// recorded.
  std::map<std::string, std::map<std::string, judge::Symptom>> symptoms(
      const std::map<std::string, std::string>& files);

  /// Expected arrays and times of the public cases, from the reference itself: what `author
  /// fixtures` writes.
  const std::map<std::string, arrays::Arrays>& expected() const { return expected_; }
  const std::vector<PreparedCase>& cases() const { return cases_; }
  const Outcomes& reference_outcomes() const { return reference_; }
  const build::Toolkit& toolkit() const { return toolkit_; }

 private:
  bool is_judged(const judge::CheckSpec& check) const;
  void prepare_cases();
  void run_reference();
  void read_recorded();
  void prepare_expected();
  judge::CaseRecord record_of(const judge::CheckSpec& check, const std::string& case_id,
                              const Program& program, const Outcomes& outcomes,
                              Outcomes& replaced) const;
  std::vector<judge::CaseRecord> records_of(const judge::CheckSpec& check, const Program& program,
                                            const Outcomes& outcomes, Outcomes& replaced) const;
  nlohmann::json provenance(const Program& program) const;
  const std::vector<judge::KnownMistake>& known_mistakes(bool hidden);

  const Course& course_;
  const judge::Rubric& rubric_;
  const Store& store_;
  PartOptions options_;
  build::Toolkit toolkit_;
  std::vector<PreparedCase> cases_;
  std::map<std::string, arrays::Arrays> expected_;
  Outcomes reference_;
  TimeLimits limits_;
  std::optional<std::vector<judge::KnownMistake>> public_mistakes_;
  std::optional<std::vector<judge::KnownMistake>> hidden_mistakes_;
};

}  // namespace pset3::batch
