#include "grader/judge/verdict.hpp"

#include <array>
#include <string>
#include <utility>

#include "grader/base/error.hpp"

namespace pset3::judge {
namespace {

constexpr std::array<std::pair<Verdict, std::string_view>, 12> kNames = {{
    {Verdict::kPassed, "passed"},
    {Verdict::kPartial, "partial"},
    {Verdict::kFailed, "failed"},
    {Verdict::kNotAttempted, "not_attempted"},
    {Verdict::kBlocked, "blocked"},
    {Verdict::kTimeout, "timeout"},
    {Verdict::kOutOfMemory, "out_of_memory"},
    {Verdict::kCrashed, "crashed"},
    {Verdict::kBuildFailed, "build_failed"},
    {Verdict::kInvalidOutput, "invalid_output"},
    {Verdict::kForbidden, "forbidden"},
    {Verdict::kGraderError, "grader_error"},
}};

}  // namespace

std::string_view name_of(Verdict verdict) {
  for (const auto& [value, name] : kNames) {
    if (value == verdict) return name;
  }
  throw GraderError("no name for verdict " + std::to_string(static_cast<int>(verdict)));
}

Verdict verdict_named(std::string_view name) {
  std::string known;
  for (const auto& [value, word] : kNames) {
    if (word == name) return value;
    known += (known.empty() ? "" : ", ") + std::string(word);
  }
  throw InputError("\"" + std::string(name) + "\" is no verdict; expected one of " + known);
}

std::string sentence_of(const StandIn& stand_in) {
  return "judged with our " + stand_in.name + ", since yours " + stand_in.why;
}

}  // namespace pset3::judge
