#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/part_run.hpp"

namespace pset3::pipeline {

/// Says which known mistakes explain the checks that failed. Comes after the judging and changes no
/// verdict.
///
/// What mistakes show on public cases is recorded with the fixtures. Hidden cases are new in every
/// run: there a mistake is built and run when a submission may have made it, once for all
/// submissions.
class Explainer {
 public:
  /// @param part  must outlive the explainer.
  explicit Explainer(const PreparedPart& part) : part_(part) {}

  /// Adds to each failed check the mistakes that explain it. May be called from several threads.
  /// @param runs    the run that decided each of `checks`, in their order.
  /// @returns whether every mistake in question could be tried; one that could not costs an
  /// explanation and no points.
  bool explain(const std::vector<const PartRun*>& runs, std::vector<judge::CheckResult>& checks);

  /// The known mistakes, with what they show on public cases. @returns a reference that lasts as
  /// long as the explainer.
  const std::vector<judge::KnownMistake>& known();

 private:
  /// The mistakes that a submission may have made, in the order in which they are tried.
  struct Suspects {
    std::vector<const Patch*> diagnosed;  ///< those that other checks have shown already
    std::vector<const Patch*> others;
  };
  using Results = std::span<const judge::CheckResult>;

  void explain_hidden(const judge::CheckSpec& check,
                      const std::vector<judge::CaseEvidence>& evidence, Results all,
                      judge::CheckResult& result);
  Suspects suspects(const judge::CheckSpec& check, Results all);
  const judge::KnownMistake* shown_by(const Patch& patch, const judge::CheckSpec& check);
  const std::vector<Patch>& patches();

  const PreparedPart& part_;
  std::atomic<bool> all_work_ = true;
  std::mutex mutex_;  ///< over what follows: filled when it is first needed
  std::optional<std::vector<Patch>> patches_;
  std::optional<std::vector<judge::KnownMistake>> known_;
  /// What mistakes show in hidden checks, by the names of both; nothing for one that does not work.
  std::map<std::pair<std::string, std::string>, std::optional<judge::KnownMistake>> shown_;
};

}  // namespace pset3::pipeline
