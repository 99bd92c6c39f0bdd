#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p2_representation_learning/judge/checks.hpp"
#include "grader/parts/p2_representation_learning/judge/record.hpp"

namespace pset3::judge::p2 {
namespace {

CallRange all_calls(const Record& record) { return {0, record.calls().size()}; }

std::optional<CaseFinding> blocked_by_pass(const Record& record, const std::string& expected) {
  if (record.complaint().empty()) return std::nullopt;
  return blocked("p2.d.pass", expected, record.complaint());
}

}  // namespace

CaseFinding judge_test_pass(const CaseView& view) {
  const Record record(view);
  const std::string expected = fmt::format(
      "each of {} examples is looked at once, and the weights stay", record.example_count());
  if (!record.complaint().empty()) return failed(expected, record.complaint());
  if (!each_once(record, all_calls(record))) {
    return failed(expected, "some examples were looked at several times or not at all");
  }
  const auto& calls = record.calls();
  const bool moved = record.frozen_changed() || difference(record.after(), record.before()) > 0.0 ||
                     std::any_of(calls.begin(), calls.end(), [&](const Call& call) {
                       return difference(call.weights, record.before()) > 0.0;
                     });
  return moved ? failed(expected, "the weights changed") : passed(expected, "the same");
}

CaseFinding judge_test_mode(const CaseView& view) {
  const Record record(view);
  const std::string expected = "a model in evaluation mode, whatever mode it was in before";
  if (auto finding = blocked_by_pass(record, expected)) return *finding;
  const auto& calls = record.calls();
  const auto wrong =
      std::count_if(calls.begin(), calls.end(), [](const Call& call) { return call.training; });
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected, fmt::format("training mode in {} of {} batches", wrong, calls.size()));
}

CaseFinding judge_test_loss(const CaseView& view) {
  const Record record(view);
  if (auto finding = blocked_by_pass(record, "the mean cross entropy of the batches")) {
    return *finding;
  }
  const Tally right = tally(record, all_calls(record));
  const double loss = get(view.outputs, "loss").item<double>();
  const std::string expected =
      fmt::format("the mean cross entropy of the batches: {:.6g}", right.mean_of_batches);
  const std::string got = fmt::format("{:.6g}", loss);
  return right.is_loss(loss) ? passed(expected, got) : failed(expected, got);
}

CaseFinding judge_test_accuracy(const CaseView& view) {
  const Record record(view);
  if (auto finding = blocked_by_pass(record, "the share of images that got their label")) {
    return *finding;
  }
  const Tally right = tally(record, all_calls(record));
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
