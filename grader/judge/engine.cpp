#include "grader/judge/engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/judge/answer.hpp"
#include "grader/judge/endings.hpp"

namespace pset3::judge {
namespace {

using run::Ended;

/// What a check reports when its cases fare differently: the first of these that occurs.
constexpr std::array<Verdict, 10> kPrecedence = {
    Verdict::kGraderError, Verdict::kForbidden, Verdict::kBuildFailed, Verdict::kNotAttempted,
    Verdict::kCrashed,     Verdict::kTimeout,   Verdict::kOutOfMemory, Verdict::kInvalidOutput,
    Verdict::kFailed,      Verdict::kBlocked,
};

const Check& check_for(const CheckSpec& spec, const Checks& checks) {
  const auto found = checks.find(spec.judge);
  if (found != checks.end() && found->second.judge) return found->second;
  std::vector<std::string> names;
  for (const auto& [name, unused] : checks) names.push_back(name);
  const std::string near = nearest(spec.judge, names);
  throw InputError(fmt::format("check {}: there is no judge \"{}\"{}", spec.id, spec.judge,
                               near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

void require_complete(const CheckSpec& spec, const CaseEvidence& evidence) {
  if (evidence.inputs != nullptr && evidence.output_specs != nullptr &&
      evidence.expected != nullptr && evidence.outcome != nullptr) {
    return;
  }
  throw GraderError(fmt::format("check {}: case {} lacks inputs, specs, expected values or outcome",
                                spec.id, evidence.id));
}

template <typename T>
std::string first_not_finite(const std::string& name, const arrays::Array& array) {
  const T* values = array.data<T>();
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    if (std::isfinite(values[i])) continue;
    std::string index;
    std::size_t rest = i;
    for (std::size_t axis = array.shape().size(); axis-- > 0;) {
      const auto size = static_cast<std::size_t>(array.shape()[axis]);
      index = fmt::format("{}{}{}", rest % size, index.empty() ? "" : ", ", index);
      rest /= size;
    }
    // A NaN's sign says nothing.
    return fmt::format("{}[{}] is {}", name, index,
                       std::isnan(values[i]) ? std::abs(values[i]) : values[i]);
  }
  return {};
}

CaseFinding invalid_output(const std::string& complaint) {
  CaseFinding finding;
  finding.verdict = Verdict::kInvalidOutput;
  finding.expected = "arrays of the right type and shape with finite values";
  finding.got = complaint;
  return finding;
}

/// A judge that cannot cope with an answer is our fault, and must not end the whole run.
CaseFinding judged(const CheckSpec& spec, const CaseEvidence& evidence, const Check& check,
                   const arrays::Arrays& outputs) {
  try {
    CaseFinding finding = check.judge({spec, *evidence.inputs, *evidence.expected, outputs});
    if (finding.verdict == Verdict::kPassed || finding.verdict == Verdict::kFailed ||
        finding.verdict == Verdict::kBlocked || finding.verdict == Verdict::kInvalidOutput) {
      return finding;
    }
    finding.got = fmt::format("the judge {} answered \"{}\"", spec.judge, name_of(finding.verdict));
    finding.verdict = Verdict::kGraderError;
    return finding;
  } catch (const std::exception& error) {
    CaseFinding finding;
    finding.verdict = Verdict::kGraderError;
    finding.expected = "a judgement by " + spec.judge;
    finding.got = printable(error.what(), 600);
    return finding;
  }
}

CaseFinding judge_case(const CheckSpec& spec, const CaseEvidence& evidence, const Check& check) {
  if (evidence.outcome->ended != Ended::kReturned) {
    return finding_of_ending(spec, *evidence.outcome, evidence.student_frame);
  }
  const Answer answer = read_answer(evidence);
  if (!answer.valid()) return invalid_output(answer.complaint);
  return judged(spec, evidence, check, answer.outputs);
}

Verdict worst_of(const std::vector<CaseFinding>& findings) {
  for (const Verdict verdict : kPrecedence) {
    const auto has = [&](const CaseFinding& finding) { return finding.verdict == verdict; };
    if (std::any_of(findings.begin(), findings.end(), has)) return verdict;
  }
  return Verdict::kFailed;
}

void give_points(const CheckSpec& spec, CheckResult& result) {
  const auto passed =
      std::count_if(result.findings.begin(), result.findings.end(),
                    [](const CaseFinding& finding) { return finding.verdict == Verdict::kPassed; });
  const double share = static_cast<double>(passed) / static_cast<double>(result.findings.size());
  const bool all = static_cast<std::size_t>(passed) == result.findings.size();
  result.verdict = all ? Verdict::kPassed : worst_of(result.findings);
  // A case that was our fault leaves the whole check open: it is run again, not given points.
  const bool open = result.verdict == Verdict::kGraderError;
  if (!all && passed > 0 && spec.partial && !open) result.verdict = Verdict::kPartial;
  const double earned = all || result.verdict == Verdict::kPartial ? share * spec.points : 0.0;
  result.points = std::round(earned * 1e9) / 1e9;
}

}  // namespace

Answer read_answer(const CaseEvidence& evidence) {
  Answer answer;
  try {
    answer.outputs = arrays::decode(evidence.outcome->output, *evidence.output_specs);
  } catch (const arrays::FormatError& error) {
    answer.complaint = printable(error.what(), 600);
    return answer;
  }
  for (const auto& [name, array] : answer.outputs) {
    if (array.dtype() == arrays::DType::kF64) {
      answer.complaint = first_not_finite<double>(name, array);
    } else if (array.dtype() == arrays::DType::kF32) {
      answer.complaint = first_not_finite<float>(name, array);
    }
    if (!answer.valid()) break;
  }
  return answer;
}

CheckResult judge_check(const CheckSpec& spec, const std::vector<CaseEvidence>& cases,
                        const Checks& checks) {
  const Check& check = check_for(spec, checks);
  if (cases.empty()) throw GraderError("check " + spec.id + " has no cases to judge");
  CheckResult result;
  result.check = spec.id;
  result.max_points = spec.max_points();
  for (const CaseEvidence& evidence : cases) {
    require_complete(spec, evidence);
    CaseFinding finding = judge_case(spec, evidence, check);
    finding.case_id = evidence.id;
    finding.wall_ms = evidence.outcome->wall_ms;
    finding.peak_mib = evidence.outcome->peak_mib;
    result.findings.push_back(std::move(finding));
  }
  give_points(spec, result);
  return result;
}

bool can_be_blocked(Verdict verdict) {
  switch (verdict) {
    case Verdict::kFailed:
    case Verdict::kPartial:
    case Verdict::kTimeout:
    case Verdict::kOutOfMemory:
    case Verdict::kCrashed:
    case Verdict::kInvalidOutput:
      return true;
    default:
      return false;
  }
}

void block_by_needs(const std::vector<std::string>& needs, const std::vector<CheckResult>& earlier,
                    CheckResult& result) {
  if (!can_be_blocked(result.verdict)) return;
  const auto cause = std::find_if(earlier.begin(), earlier.end(), [&](const CheckResult& other) {
    return other.verdict != Verdict::kPassed &&
           std::find(needs.begin(), needs.end(), other.check) != needs.end();
  });
  if (cause == earlier.end()) return;
  for (CaseFinding& finding : result.findings) {
    if (finding.verdict == Verdict::kPassed) continue;
    finding.verdict = Verdict::kBlocked;
    finding.blocked_by = cause->check;
  }
  if (result.verdict != Verdict::kPartial) result.verdict = Verdict::kBlocked;
}

Symptom symptom_of(const CheckSpec& spec, const CaseEvidence& evidence, const Checks& checks) {
  const Check& check = check_for(spec, checks);
  require_complete(spec, evidence);
  Symptom symptom{ending_name(*evidence.outcome), {}};
  if (evidence.outcome->ended != Ended::kReturned) return symptom;
  const Answer answer = read_answer(evidence);
  if (!answer.valid()) {
    symptom.ending = "invalid output";
    return symptom;
  }
  try {
    if (check.sketch) {
      symptom.sketch = check.sketch({spec, *evidence.inputs, *evidence.expected, answer.outputs});
    }
  } catch (const std::exception&) {
    symptom.ending = "returned what cannot be sketched";  // costs a diagnosis, never the run
  }
  return symptom;
}

}  // namespace pset3::judge
