#include <fmt/format.h>

#include <cstdint>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/rows.hpp"

namespace pset3::judge::p1 {
namespace {

/// How get_voxel_bounds ended, as the adapter says.
enum class Ending : std::int64_t { kReturned = 0, kRuntimeError = 1, kOtherException = 2 };

Ending ending_of(const CaseView& view, const char* name) {
  return static_cast<Ending>(get(view.outputs, name).item<std::int64_t>());
}

/// A box that is neither the default one nor empty or without an end, as the adapter says.
constexpr std::int64_t kOtherBox = 2;

const char* in_words(Ending ending) {
  return ending == Ending::kReturned       ? "it returned a box"
         : ending == Ending::kRuntimeError ? "it threw std::runtime_error"
                                           : "it threw an exception of another type";
}

}  // namespace

CaseFinding judge_nothing_left(const CaseView& view) {
  const std::string expected =
      "get_voxel_bounds throws std::runtime_error, since one silhouette is empty and the quick "
      "carve "
      "leaves nothing";
  const std::size_t left = rows_of(get(view.outputs, "left")).count;
  if (left > 0) {
    return blocked("p1.b.survivors", expected,
                   fmt::format("your carve leaves {} voxels here, though one silhouette is empty",
                               grouped(static_cast<std::int64_t>(left))));
  }
  // A function that always throws says nothing about this case.
  if (ending_of(view, "refused_when_full") != Ending::kReturned) {
    return blocked("p1.d.better", expected,
                   "it throws an exception even when that silhouette is full, where an object is "
                   "left");
  }
  const Ending ending = ending_of(view, "refused");
  if (ending != Ending::kRuntimeError) return failed(expected, in_words(ending));
  // Who leaves the last view out has voxels left, and loses points for that elsewhere.
  const bool other_box = get(view.outputs, "returned_when_last").item<std::int64_t>() == kOtherBox;
  if (other_box) return passed(expected, in_words(ending));
  const Ending when_last = ending_of(view, "refused_when_last");
  if (when_last == Ending::kRuntimeError) return passed(expected, in_words(ending));
  return failed(expected, fmt::format("{} when the last view is the empty one, and else it threw",
                                      in_words(when_last)));
}

Sketch sketch_nothing_left(const CaseView& view) {
  return {static_cast<double>(ending_of(view, "refused")),
          static_cast<double>(ending_of(view, "refused_when_last")),
          get(view.outputs, "returned_when_last").item<std::int64_t>() == kOtherBox ? 1.0 : 0.0,
          static_cast<double>(ending_of(view, "refused_when_full")),
          rows_of(get(view.outputs, "left")).count > 0 ? 1.0 : 0.0};
}

}  // namespace pset3::judge::p1
