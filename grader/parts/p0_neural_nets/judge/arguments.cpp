#include "grader/parts/p0_neural_nets/judge/arguments.hpp"

#include <iterator>

#include "grader/judge/findings.hpp"

namespace pset3::judge::p0 {
namespace {

/// What tells a changed argument in a sketch: no moment or projection ends so.
constexpr double kMark = -7654321.0;

/// @returns 0 where all arguments are as they were given, else 1 + the place among the inputs.
std::int64_t changed_argument(const CaseView& view) {
  const auto found = view.outputs.find("own_changed");
  return found == view.outputs.end() ? 0 : found->second.item<std::int64_t>();
}

CaseFinding judge_arguments(const CaseView& view) {
  const std::int64_t changed = changed_argument(view);
  if (changed == 0) return passed("arguments that stay as they are", "the same");
  const bool is_one = changed > 0 && changed <= static_cast<std::int64_t>(view.inputs.size());
  const std::string name =
      is_one ? std::next(view.inputs.begin(), changed - 1)->first : "an argument";
  return failed(name + " after the call as before it", "other values in " + name,
                "What the function returns is right. Its argument belongs to the caller, who may "
                "use it again: compute in a copy.");
}

}  // namespace

Check keeping_arguments(Check check) {
  const JudgeFunction judge = std::move(check.judge);
  const SketchFunction sketch = std::move(check.sketch);
  check.judge = [judge](const CaseView& view) {
    CaseFinding finding = judge(view);
    return finding.verdict == Verdict::kPassed && changed_argument(view) != 0
               ? judge_arguments(view)
               : finding;
  };
  check.sketch = [sketch](const CaseView& view) {
    Sketch numbers = sketch(view);
    if (const std::int64_t changed = changed_argument(view); changed != 0) {
      numbers.insert(numbers.end(), {kMark, static_cast<double>(changed)});
    }
    return numbers;
  };
  return check;
}

}  // namespace pset3::judge::p0
