#pragma once

#include <string>
#include <utility>

#include "grader/judge/verdict.hpp"

namespace pset3::judge {

/// What a judging function answers; the engine fills in the case's id, time and memory.
inline CaseFinding passed(std::string expected, std::string got) {
  CaseFinding finding;
  finding.verdict = Verdict::kPassed;
  finding.expected = std::move(expected);
  finding.got = std::move(got);
  return finding;
}

inline CaseFinding failed(std::string expected, std::string got, std::string detail = {}) {
  CaseFinding finding = passed(std::move(expected), std::move(got));
  finding.verdict = Verdict::kFailed;
  finding.detail = std::move(detail);
  return finding;
}

/// @param check the id of the check that scores what stands in the way.
inline CaseFinding blocked(std::string check, std::string expected, std::string got) {
  CaseFinding finding = passed(std::move(expected), std::move(got));
  finding.verdict = Verdict::kBlocked;
  finding.blocked_by = std::move(check);
  return finding;
}

}  // namespace pset3::judge
