#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/checks.hpp"

namespace pset3::judge::p4 {
namespace {

enum Answer : std::int64_t { kReturned = 0, kNamesBoth = 1, kSilent = 2, kOtherType = 3 };

std::vector<std::int64_t> answers_in(const CaseView& view, const std::string& name) {
  const arrays::Array& array = get(view.outputs, name);
  return {array.data<std::int64_t>(), array.data<std::int64_t>() + array.element_count()};
}

std::string shape_text(const arrays::Array& shapes, std::size_t row) {
  const std::int64_t* sizes = shapes.data<std::int64_t>() + 4 * row;
  return fmt::format("({})", fmt::join(sizes, sizes + 4, ", "));
}

/// @param function  that was called.
std::optional<CaseFinding> trouble(const CaseView& view, const std::string& function,
                                   std::size_t row, std::int64_t answer) {
  const std::string expected = fmt::format(
      "{} refuses an image {} and a disparity {}: std::invalid_argument with both shapes in its "
      "message",
      function, shape_text(get(view.inputs, "image_shapes"), row),
      shape_text(get(view.inputs, "disparity_shapes"), row));
  if (answer == kNamesBoth) return std::nullopt;
  if (answer == kReturned) return failed(expected, "a picture");
  return failed(expected, answer == kSilent
                              ? "std::invalid_argument whose message lacks some size of the two"
                              : "an exception of another type");
}

const std::string kExpected = "std::invalid_argument where B, H or W differ";

/// Who does not answer the question refuses nothing.
std::optional<CaseFinding> no_answer(const CaseView& view, const std::vector<std::string>& checks) {
  const std::vector<std::int64_t> takes = answers_in(view, "takes");
  for (std::size_t i = 0; i < takes.size() && i < checks.size(); ++i) {
    if (takes[i] != 0) continue;
    return blocked(checks[i], kExpected, "your function returns no result for shapes that fit");
  }
  return std::nullopt;
}

}  // namespace

CaseFinding judge_refusals(const CaseView& view) {
  if (auto finding = no_answer(view, {"p4.b.any"})) return *finding;
  const std::vector<std::int64_t> answers = answers_in(view, "answers");
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (auto finding = trouble(view, "bilinear_sampler()", i, answers[i])) return *finding;
  }
  return passed(kExpected, "the same");
}

CaseFinding judge_view_refusals(const CaseView& view) {
  if (auto finding = no_answer(view, {"p4.c.left", "p4.c.right"})) return *finding;
  const std::vector<std::int64_t> own = answers_in(view, "answers");
  for (const std::string side : {"left", "right"}) {
    const std::vector<std::int64_t> answers = answers_in(view, side);
    for (std::size_t i = 0; i < answers.size() && i < own.size(); ++i) {
      // What the student's own sampler does not refuse costs in (b).
      if (answers[i] == own[i]) continue;
      const std::string function = "generate_image_" + side + "()";
      if (auto finding = trouble(view, function, i, answers[i])) return *finding;
    }
  }
  return passed(kExpected, "the same");
}

Sketch sketch_refusals(const CaseView& view) {
  Sketch sketch;
  for (const std::string name : {"answers", "left", "right"}) {
    if (view.outputs.count(name) == 0) continue;
    const std::vector<std::int64_t> answers = answers_in(view, name);
    const bool all_other = std::all_of(answers.begin(), answers.end(),
                                       [](std::int64_t one) { return one == kOtherType; });
    sketch.push_back(all_other ? 1.0 : 0.0);
    // Whether shapes that nobody compared end in LibTorch's own exception depends on how places
    // are made.
    for (const std::int64_t answer : answers) {
      sketch.push_back(answer == kNamesBoth ? 1.0 : answer == kSilent ? 2.0 : 3.0);
    }
  }
  return sketch;
}

}  // namespace pset3::judge::p4
