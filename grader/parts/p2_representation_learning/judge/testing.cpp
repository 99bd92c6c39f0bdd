#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p2_representation_learning/judge/call_log.hpp"
#include "grader/parts/p2_representation_learning/judge/checks.hpp"

namespace pset3::judge::p2 {
namespace {

CallRange all_calls(const CallLog& log) { return {0, log.calls().size()}; }

std::optional<CaseFinding> blocked_by_pass(const CallLog& log, const std::string& expected) {
  if (log.complaint().empty()) return std::nullopt;
  return blocked("p2.d.pass", expected, log.complaint());
}

}  // namespace

CaseFinding judge_test_pass(const CaseView& view) {
  const CallLog log(view);
  const std::string expected = fmt::format(
      "each of {} examples is looked at once, and the weights stay", log.example_count());
  if (!log.complaint().empty()) return failed(expected, log.complaint());
  if (!each_once(log, all_calls(log))) {
    return failed(expected, "some examples were looked at several times or not at all");
  }
  const auto& calls = log.calls();
  const bool moved = log.frozen_changed() || difference(log.after(), log.before()) > 0.0 ||
                     std::any_of(calls.begin(), calls.end(), [&](const Call& call) {
                       return difference(call.weights, log.before()) > 0.0;
                     });
  if (moved) return failed(expected, "the weights changed");
  const std::string left = state_left(view);
  return left.empty() ? passed(expected, "the same") : failed(expected, left);
}

CaseFinding judge_test_mode(const CaseView& view) {
  const CallLog log(view);
  const std::string expected = "a model in evaluation mode, whatever mode it was in before";
  if (auto finding = blocked_by_pass(log, expected)) return *finding;
  const auto& calls = log.calls();
  const auto wrong =
      std::count_if(calls.begin(), calls.end(), [](const Call& call) { return call.training; });
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected, fmt::format("training mode in {} of {} batches", wrong, calls.size()));
}

CaseFinding judge_test_loss(const CaseView& view) {
  const CallLog log(view);
  if (auto finding = blocked_by_pass(log, "the mean cross entropy of the batches")) {
    return *finding;
  }
  const Tally right = tally(log, all_calls(log));
  const double loss = get(view.outputs, "loss").item<double>();
  const std::string expected =
      fmt::format("the mean cross entropy of the batches: {:.6g}", right.mean_of_batches);
  const std::string got = fmt::format("{:.6g}", loss);
  return right.is_loss(loss) ? passed(expected, got) : failed(expected, got);
}

CaseFinding judge_test_accuracy(const CaseView& view) {
  const CallLog log(view);
  if (auto finding = blocked_by_pass(log, "the share of images that got their label")) {
    return *finding;
  }
  const Tally right = tally(log, all_calls(log));
  const double accuracy = get(view.outputs, "accuracy").item<double>();
  const std::string expected =
      fmt::format("the share of images that got their label: {:.6g}", right.accuracy());
  const std::string got = fmt::format("{:.6g}", accuracy);
  return right.is_accuracy(accuracy) ? passed(expected, got) : failed(expected, got);
}

CaseFinding judge_test(const CaseView& view) {
  CaseFinding finding = judge_test_pass(view);
  for (const auto judge : {judge_test_mode, judge_test_loss, judge_test_accuracy}) {
    if (finding.verdict == Verdict::kPassed) finding = judge(view);
  }
  return finding;
}

}  // namespace pset3::judge::p2
