#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "grader/judge/naming.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/part_run.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::pipeline {

/// What came of looking for known mistakes.
struct Explained {
  bool all_work = true;    ///< each could be tried; one that could not costs no points
  judge::Fitting fitting;  ///< all that fit, named or not
};

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
  Explained explain(const std::vector<const PartRun*>& runs,
                    std::vector<judge::CheckResult>& checks);

  /// The known mistakes, with what they show on public cases. @returns a reference that lasts as
  /// long as the explainer.
  const std::vector<judge::KnownMistake>& known();

 private:
  using Files = std::map<std::string, std::string>;
  /// A mistake that can be built.
  struct Suspect {
    std::string name;
    std::string explanation;
    std::function<std::optional<Files>()> files;  ///< nothing when it cannot be made
  };
  /// The mistakes that a submission may have made, in the order in which they are tried.
  struct Suspects {
    std::vector<Suspect> diagnosed;  ///< those that other checks have shown already
    std::vector<Suspect> others;
  };
  using Results = std::span<const judge::CheckResult>;

  void explain_hidden(const judge::CheckSpec& check,
                      const std::vector<judge::CaseEvidence>& evidence, Results all,
                      judge::CheckResult& result);
  Suspects suspects(const judge::CheckSpec& check, Results all);
  std::vector<Suspect> slips_shown_by(Results all);
  using Shown = std::optional<judge::KnownMistake>;  ///< nothing for one that does not work
  void show(const std::vector<Suspect>& suspects, const judge::CheckSpec& check);
  std::optional<std::promise<Shown>> claim(const Suspect& suspect, const judge::CheckSpec& check);
  Shown shown_by(const Suspect& suspect, const judge::CheckSpec& check);
  std::vector<judge::KnownMistake> shown_by(const std::vector<Suspect>& suspects,
                                            const judge::CheckSpec& check);
  const std::vector<Patch>& patches();
  const std::vector<SlipChange>& slip_changes();

  const PreparedPart& part_;
  std::atomic<bool> all_work_ = true;
  std::mutex mutex_;  ///< over what follows, filled when it is first needed, and over progress
  std::optional<std::vector<Patch>> patches_;
  std::optional<std::vector<SlipChange>> slip_changes_;
  std::optional<std::vector<judge::KnownMistake>> known_;
  /// What mistakes show in hidden checks, by the names of both; some are being made by a thread.
  std::map<std::pair<std::string, std::string>, std::shared_future<Shown>> shown_;
};

}  // namespace pset3::pipeline
