#include "grader/parts/p0_neural_nets/judge/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"

namespace pset3::judge::p0 {
namespace {

/// In the adapter's numbers.
enum class Answer : std::int64_t { kAccepts = 0, kRefuses = 1, kThrowsAnother = 2, kUnknown = 3 };

std::vector<Answer> answers_in(const CaseView& view, const char* name) {
  const arrays::Array& array = get(view.outputs, name);
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    answers.push_back(static_cast<Answer>(array.data<std::int64_t>()[i]));
  }
  return answers;
}

const char* words_of(Answer answer) {
  return answer == Answer::kAccepts ? "a volume, and no exception" : "an exception of another type";
}

std::string words_of(const std::int64_t* row) {
  return fmt::format("input [{}, {}, {}], windows of {}x{}, stride {}, padding {}", row[0], row[1],
                     row[2], row[3], row[3], row[5], row[6]);
}

/// 0: a window that is too large, 1 to 3: a remainder along the height, the width, both.
std::size_t kind_of_misfit(const std::int64_t* row) {
  const std::int64_t down = row[0] - row[3] + 2 * row[6];
  const std::int64_t across = row[1] - row[3] + 2 * row[6];
  if (down < 0 || across < 0) return 0;
  return (down % row[5] != 0 ? 1u : 0u) + (across % row[5] != 0 ? 2u : 0u);
}

}  // namespace

std::optional<CaseFinding> judge_refusals(const CaseView& view) {
  if (view.outputs.count("answer") == 0) return std::nullopt;
  const arrays::Array& geometry = get(view.inputs, "geometry");
  const std::vector<Answer> answers = answers_in(view, "answer");
  const std::vector<Answer> own = answers_in(view, "own_answer");
  std::optional<CaseFinding> finding;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == Answer::kRefuses) continue;
    const std::string expected = words_of(geometry.data<std::int64_t>() + 7 * i) +
                                 ": std::invalid_argument, since it does not fit";
    if (own[i] != answers[i]) return failed(expected, words_of(answers[i]));
    finding =
        blocked("p0.e.shapes", expected, "your conv_output_shape does not refuse this either");
  }
  return finding ? finding : passed("std::invalid_argument where windows do not fit", "the same");
}

Sketch sketch_refusals(const CaseView& view) {
  const arrays::Array& geometry = get(view.inputs, "geometry");
  const std::vector<Answer> answers = answers_in(view, "answer");
  std::array<double, 12> counts{};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::size_t kind = kind_of_misfit(geometry.data<std::int64_t>() + 7 * i);
    counts.at(3 * kind + std::min<std::size_t>(2, static_cast<std::size_t>(answers[i]))) += 1.0;
  }
  return {counts.begin(), counts.end()};
}

}  // namespace pset3::judge::p0
