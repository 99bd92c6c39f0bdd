#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "grader/judge/engine.hpp"
#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/program.hpp"
#include "grader/pipeline/runs.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::pipeline {

struct PartOptions {
  bool hidden = false;  ///< also judge what students do not see; needs a draw and the solution
  Draw draw;
  std::set<std::string> only;  ///< check ids; empty = all
  /// Expected arrays of public cases come from the reference, not from the fixtures.
  bool from_reference = false;
  /// For patches of ours alone: a case that no changed file has a part in is not run, and ends as
  /// the reference's did; public and hidden cases share a box. The reference has to be run.
  bool only_what_changed = false;
  bool pictures = false;  ///< also make what HTML reports draw
  /// Verdicts are kept in the store, and taken from there where nothing that they depend on has
  /// changed.
  bool keeps_verdicts = false;
  /// No file of a submission is compiled or run: what is not in the store is NotStored.
  bool only_stored = false;
  /// Told what is under way where it takes long; may be empty.
  std::function<void(const std::string&)> progress = {};
};

/// @throws GraderError
build::Toolkit prepare_part_toolkit(const Course& course, const judge::Rubric& rubric);

/// How patches of ours are graded: on public and hidden cases, and only where they change
/// something.
PartOptions options_for_patches(const Draw& draw);

/// What all submissions of one part share: toolkit, cases, expected arrays, time limits, and what
/// the known mistakes show on public cases. It is prepared once and then only read, so many threads
/// may use it.
class PreparedPart {
 public:
  /// @throws InputError when the fixtures are missing or stale; GraderError when the toolkit or the
  ///         reference does not work.
  PreparedPart(const Course& course, const judge::Rubric& rubric, const Store& store,
               PartOptions options);
  PreparedPart(const Course& course, const judge::Rubric& rubric, const Store& store,
               PartOptions options, build::Toolkit toolkit);

  const Course& course() const { return course_; }
  const judge::Rubric& rubric() const { return rubric_; }
  const PartOptions& options() const { return options_; }
  const build::Toolkit& toolkit() const { return toolkit_; }
  /// Whether our own functions can stand in for a student's: where the solution is.
  bool has_solution() const { return course_.has_solution(rubric_); }
  /// What programs of the part are built from.
  PartContext context(Whose whose = Whose::kSubmission) const {
    const bool may_run = whose == Whose::kOurs || !options_.only_stored;
    return {course_, rubric_, toolkit_, store_, options_.only_what_changed, may_run};
  }

  /// @returns the checks that are judged, in the rubric's order, but for those left out.
  std::vector<const judge::CheckSpec*> judged_checks(const std::set<std::string>& left_out) const;
  /// The cases of all judged checks, in the rubric's order.
  const std::vector<PreparedCase>& cases() const { return cases_; }
  const PreparedCase& case_named(const std::string& id) const;
  /// Case id -> the reference's outputs.
  const std::map<std::string, arrays::Arrays>& expected() const { return expected_; }
  const TimeLimits& limits() const { return limits_; }
  /// What the known mistakes show on public cases, as recorded with the fixtures.
  const std::vector<judge::KnownMistake>& public_mistakes() const { return public_mistakes_; }
  /// How the reference's runs ended; empty when it was not needed.
  const Outcomes& reference_outcomes() const { return reference_; }

 private:
  bool is_judged(const judge::CheckSpec& check) const;
  void prepare_cases();
  void run_reference();
  void read_fixtures();
  void prepare_expected();

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
};

}  // namespace pset3::pipeline
