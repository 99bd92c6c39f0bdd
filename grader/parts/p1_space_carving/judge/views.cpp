#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p1_space_carving/judge/alone.hpp"
#include "grader/parts/p1_space_carving/judge/checks.hpp"
#include "grader/parts/p1_space_carving/judge/dependence.hpp"
#include "grader/parts/p1_space_carving/judge/projection.hpp"

namespace pset3::judge::p1 {
namespace {

std::string text(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

/// A program whose carve has nothing to do with the silhouette agrees with itself, too.
std::optional<CaseFinding> blocked_by_carve(const CaseView& view, const RowIndex& index,
                                            const Alone& alone, const std::string& expected) {
  const auto some = [](const RowMatch& kept) {
    return std::any_of(kept.copies.begin(), kept.copies.end(), [](auto n) { return n > 0; });
  };
  if (std::none_of(alone.views.begin(), alone.views.end(), some)) {
    return blocked("p1.b.survivors", expected, "with each view alone, carve keeps no voxel");
  }
  const std::size_t middle = alone.views.size() / 2;
  const RowMatch changed = match(index, rows_of(get(view.outputs, "changed")));
  const double dependence =
      dependence_on_image(view_among(view.inputs, middle), rows_of(get(view.inputs, "voxels")),
                          alone.views[middle], changed);
  if (follows_image(dependence)) return std::nullopt;
  return blocked(
      "p1.b.survivors", expected,
      "where the silhouette is changed, carve does not keep other voxels: it does not carve by "
      "the silhouette");
}

struct Comparison {
  std::size_t common = 0;
  std::size_t missing = 0;
  std::size_t surplus = 0;
  std::optional<std::size_t> first;
};

Comparison compare(const Alone& alone, const RowMatch& matched, std::size_t voxels) {
  Comparison result;
  for (std::size_t i = 0; i < voxels; ++i) {
    const bool in_all = alone.keep(i) == alone.views.size();
    result.common += in_all ? 1 : 0;
    if (in_all == matched.has(i)) continue;
    ++(in_all ? result.missing : result.surplus);
    if (!result.first) result.first = i;
  }
  return result;
}

/// What carve keeps after calls with other views, compared with its answer in a process of its own.
CaseFinding after_other_calls(const std::string& expected, const Alone& alone,
                              const RowMatch& fresh, const RowMatch& after, Rows voxels) {
  std::size_t missing = 0;
  std::size_t surplus = 0;
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < voxels.count; ++i) {
    if (fresh.has(i) == after.has(i)) continue;
    ++(fresh.has(i) ? missing : surplus);
    if (!first) first = i;
  }
  const std::size_t foreign = alone.foreign > 0 ? 0 : after.foreign;
  const std::size_t repeated = alone.repeated > 0 ? 0 : after.repeated;
  if (!first && foreign + repeated == 0) return passed(expected, "the same");
  const std::string got = fmt::format(
      "afterwards {} voxels are missing, {} others are kept, {} rows are no voxels, {} occur twice",
      text(missing), text(surplus), text(foreign), text(repeated));
  const std::string advice =
      "Something is kept from one call to the next. Look for static and global variables.";
  if (!first) return failed(expected, got, advice);
  return failed(expected, got,
                fmt::format("first: voxel {}, {} the first time\n{}", point(voxels[*first]),
                            fresh.has(*first) ? "kept" : "carved", advice));
}

CaseFinding finding_of(const Alone& alone, const RowMatch& matched, Rows voxels) {
  const Comparison found = compare(alone, matched, voxels.count);
  const std::size_t views = alone.views.size();
  // Rows that are no voxels, or twice, cost in (b) where one view alone returns them, too.
  const std::size_t foreign = alone.foreign > 0 ? 0 : matched.foreign;
  const std::size_t repeated = alone.repeated > 0 ? 0 : matched.repeated;
  const std::string expected = fmt::format(
      "the {} voxels that each of the {} views keeps on its own", text(found.common), views);
  if (!found.first && foreign + repeated == 0) return passed(expected, "just these");
  const std::string got =
      fmt::format("{} of them missing, {} others, {} rows that are no voxels, {} twice",
                  text(found.missing), text(found.surplus), text(foreign), text(repeated));
  if (!found.first) return failed(expected, got);
  return failed(expected, got,
                fmt::format("first: row {} {}, kept by {} of {} views alone and {} by all in turn",
                            *found.first, point(voxels[*found.first]), alone.keep(*found.first),
                            views, matched.has(*found.first) ? "kept" : "carved"));
}

}  // namespace

CaseFinding judge_all_views(const CaseView& view) {
  const Rows voxels = rows_of(get(view.inputs, "voxels"));
  const std::string expected = "the voxels that each view keeps on its own";
  const RowIndex index(voxels);
  const auto alone = alone_of(view.outputs, index, view_count(view.inputs));
  if (!alone) return failed(expected, "alone_counts does not add up to the rows of alone");
  if (auto finding = blocked_by_carve(view, index, *alone, expected)) return *finding;
  CaseFinding finding =
      finding_of(*alone, match(index, rows_of(get(view.outputs, "survivors"))), voxels);
  if (finding.verdict != Verdict::kPassed) return finding;
  const auto matched = [&](const char* name) {
    return match(index, rows_of(get(view.outputs, name)));
  };
  finding = after_other_calls(
      "carve with the first view keeps the same voxels before and after the calls with the others",
      *alone, alone->views.front(), matched("again"), voxels);
  if (finding.verdict != Verdict::kPassed) return finding;
  finding = after_other_calls(
      "carve with a smaller silhouette keeps the same voxels before and after the calls with "
      "larger ones",
      *alone, matched("smaller_alone"), matched("smaller"), voxels);
  return finding.verdict == Verdict::kPassed ? passed(expected, "just these") : finding;
}

}  // namespace pset3::judge::p1
