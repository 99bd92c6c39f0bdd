#include "grader/author/further.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

#include "grader/author/measures.hpp"
#include "grader/author/slips.hpp"
#include "grader/base/parallel.hpp"
#include "grader/pipeline/part_grader.hpp"

namespace pset3::author {
namespace {

using pipeline::PatchKind;
using Files = std::map<std::string, std::string>;

/// Spread over the list, so that each file of the part has some.
std::vector<pipeline::Patch> sample_of(const std::vector<pipeline::Patch>& all,
                                       const std::optional<int>& count) {
  const std::size_t wanted = count ? static_cast<std::size_t>(*count) : all.size();
  if (wanted >= all.size()) return all;
  std::vector<pipeline::Patch> sample;
  for (std::size_t i = 0; i < wanted; ++i) sample.push_back(all[i * all.size() / wanted]);
  return sample;
}

}  // namespace

bool FurtherRow::is_named(const std::string& mistake) const {
  return std::find(named.begin(), named.end(), mistake) != named.end();
}

bool Further::all_caught() const {
  return std::all_of(rows.begin(), rows.end(),
                     [](const FurtherRow& row) { return row.lost > kRounding; });
}

Further further(const pipeline::Course& course, const judge::Rubric& rubric,
                const pipeline::Store& store, const FurtherOptions& options,
                const Progress& progress) {
  pipeline::PartGrader grader(course, rubric, store, pipeline::options_for_patches(options.draw));
  const std::set<std::string> learnt = learnt_checks(rubric, course.checks);
  Further result;
  result.part = rubric.part;
  for (const pipeline::Patch& patch :
       sample_of(pipeline::read_patches(course.fixtures(rubric), PatchKind::kFurther, rubric),
                 options.sample)) {
    result.rows.emplace_back();
    result.rows.back().patch = patch;
  }
  std::mutex telling;
  std::size_t done = 0;
  for_each_submission(static_cast<int>(result.rows.size()), [&](int index) {
    FurtherRow& row = result.rows[static_cast<std::size_t>(index)];
    const Files files = pipeline::apply_patch(row.patch, course.solution(rubric), rubric.files);
    Graded& own = row;
    own = graded(grader.grade(files, learnt));
    if (own.lost <= kRounding && !learnt.empty()) own = graded(grader.grade(files));
    const std::lock_guard lock(telling);
    progress(row.patch.name, done++, result.rows.size());
  });
  return result;
}

std::vector<judge::KnownMistake> to_record(const pipeline::Course& course,
                                           const judge::Rubric& rubric,
                                           const pipeline::Store& store, const Further& further) {
  const pipeline::PreparedPart part = part_to_record(course, rubric, store);
  const auto mistakes =
      pipeline::read_patches(course.fixtures(rubric), PatchKind::kMistake, rubric);
  std::vector<judge::KnownMistake> all;
  for (const FurtherRow& row : further.rows) {
    const bool is_known =
        std::any_of(mistakes.begin(), mistakes.end(),
                    [&](const pipeline::Patch& patch) { return row.is_named(patch.name); });
    if (is_known || row.failed.empty()) continue;
    auto known =
        shown_by(part, pipeline::apply_patch(row.patch, course.solution(rubric), rubric.files),
                 row.failed, row.blocked);
    if (!known || !shows_a_value(*known) ||
        std::any_of(all.begin(), all.end(), [&](const judge::KnownMistake& other) {
          return show_the_same(*known, other, rubric, course.checks);
        })) {
      continue;
    }
    known->name = row.patch.name;
    known->explanation = row.patch.explanation;
    all.push_back(std::move(*known));
  }
  return all;
}

std::string to_text(const Further& further) {
  std::string text;
  std::size_t named = 0;
  for (const FurtherRow& row : further.rows) {
    named += row.named.empty() ? 0 : 1;
    text += fmt::format("{:<36} loses {:>6.4g}  {}  named: {}\n", row.patch.name, row.lost,
                        joined(row.failed), row.named.empty() ? "-" : joined(row.named));
    if (row.lost <= kRounding) text += "    PROBLEM: it loses nothing\n";
  }
  return text + fmt::format("{}: {} further mistakes, {} named\n", further.part,
                            further.rows.size(), named);
}

}  // namespace pset3::author
