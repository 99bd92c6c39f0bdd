#include "grader/author/fairness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>

#include "grader/author/due.hpp"
#include "grader/author/graded.hpp"
#include "grader/author/measures.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/parallel.hpp"
#include "grader/pipeline/part_grader.hpp"

namespace pset3::author {
namespace {

using pipeline::Patch;
using Files = std::map<std::string, std::string>;

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::set<std::string> questions(const Patch& patch) {
  std::set<std::string> all;
  for (const std::string& check : patch.fails) all.insert(judge::question_of(check));
  return all;
}

bool in_different_questions(const Patch& a, const Patch& b) {
  const std::set<std::string> of_a = questions(a);
  const std::set<std::string> of_b = questions(b);
  return std::none_of(of_a.begin(), of_a.end(),
                      [&](const std::string& question) { return of_b.count(question) != 0; });
}

class Measuring {
 public:
  Measuring(const pipeline::Course& course, const judge::Rubric& rubric,
            const pipeline::Store& store, const FairnessOptions& options)
      : course_(course),
        rubric_(rubric),
        grader_(course, rubric, store, pipeline::options_for_patches(options.draw)),
        patches_(pipeline::read_patches(course.fixtures(rubric), pipeline::PatchKind::kMistake,
                                        rubric)) {}

  const std::vector<Patch>& patches() const { return patches_; }
  FairnessRow single(const Patch& patch);
  /// @returns nothing where the patches change the same lines.
  std::optional<FairnessRow> pair(const FairnessRow& a, const FairnessRow& b);

 private:
  const Patch& named(const std::string& name) const {
    return *std::find_if(patches_.begin(), patches_.end(),
                         [&](const Patch& patch) { return patch.name == name; });
  }
  report::PartReport grade(const Files& files, const std::set<std::string>& left_out) {
    return grader_.grade(files, left_out);
  }
  double lost(const report::PartReport& report) const;
  void set_due(const Patch& patch, FairnessRow& row) const;

  const pipeline::Course& course_;
  const judge::Rubric& rubric_;
  pipeline::PartGrader grader_;
  std::vector<Patch> patches_;
};

double Measuring::lost(const report::PartReport& report) const {
  double sum = 0.0;
  for (const judge::CheckResult& check : report.checks) {
    sum += rubric_.find_check(check.check)->points - check.points;
  }
  return sum;
}

void Measuring::set_due(const Patch& patch, FairnessRow& row) const {
  for (const std::string& question : patch.costs) {
    row.due_for += (row.due_for.empty() ? "" : " ") + question;
  }
  for (const judge::CheckSpec& check : rubric_.checks) {
    const bool unanswered =
        contains(patch.costs, check.id) || contains(patch.costs, judge::question_of(check.id));
    if (unanswered) row.due += check.points;
    const bool dearer = contains(patch.fails, check.id) && check.points > row.due;
    if (!patch.costs.empty() || !dearer) continue;
    row.due = check.points;
    row.due_for = check.id;
  }
}

FairnessRow Measuring::single(const Patch& patch) {
  const auto folder = course_.solution(rubric_);
  const Files solution = pipeline::read_files(folder, rubric_.files);
  const Files files = pipeline::apply_patch(patch, folder, rubric_.files);
  FairnessRow row;
  row.mistakes = {patch.name};
  const report::PartReport report =
      grade(files, pipeline::not_worth_a_training(patch, rubric_, course_.checks, solution, files));
  row.lost = lost(report);
  set_due(patch, row);
  const std::set<std::string> without = without_a_value(report);
  const double due = due_of(report, without);
  if (without.empty() || due <= row.due) return row;
  row.due = due;
  row.due_for = joined({without.begin(), without.end()});
  return row;
}

std::optional<FairnessRow> Measuring::pair(const FairnessRow& a, const FairnessRow& b) {
  const TemporaryFolder first;
  for (const auto& [name, bytes] :
       pipeline::apply_patch(named(a.mistakes[0]), course_.solution(rubric_), rubric_.files)) {
    write_file(first.path() / name, bytes);
  }
  try {
    const Files both = pipeline::apply_patch(named(b.mistakes[0]), first.path(), rubric_.files);
    FairnessRow row;
    row.mistakes = {a.mistakes[0], b.mistakes[0]};
    row.lost = lost(grade(both, learnt_checks(rubric_, course_.checks)));
    row.due = a.lost + b.lost;
    row.due_for = "both";
    return row;
  } catch (const InputError&) {  // both change the same lines
    return std::nullopt;
  }
}

/// The same pairs in each run.
std::vector<std::pair<std::size_t, std::size_t>> draw_pairs(const std::vector<Patch>& patches,
                                                            int count) {
  std::vector<std::pair<std::size_t, std::size_t>> all;
  for (std::size_t i = 0; i < patches.size(); ++i) {
    for (std::size_t j = i + 1; j < patches.size(); ++j) {
      if (in_different_questions(patches[i], patches[j])) all.emplace_back(i, j);
    }
  }
  std::shuffle(all.begin(), all.end(), std::mt19937(1));
  all.resize(std::min(all.size(), static_cast<std::size_t>(count)));
  return all;
}

std::vector<double> ratios(const Fairness& fairness, bool pairs) {
  std::vector<double> all;
  for (const FairnessRow& row : fairness.rows) {
    if (row.is_pair() == pairs && row.due > 0.0) all.push_back(row.ratio());
  }
  return all;
}

std::string summary(const char* what, const std::vector<double>& all) {
  if (all.empty()) return "";
  return fmt::format("{} {}: median {:.2f}, 95 of 100 at most {:.2f}, worst {:.2f}\n", all.size(),
                     what, quantile(all, 0.5), quantile(all, 0.95), quantile(all, 1.0));
}

}  // namespace

bool Fairness::reaches_goals() const {
  const std::vector<double> singles = ratios(*this, false);
  return quantile(singles, 0.5) <= kMedianGoal + kRounding &&
         quantile(singles, 0.95) <= kTailGoal + kRounding;
}

Fairness fairness(const pipeline::Course& course, const judge::Rubric& rubric,
                  const pipeline::Store& store, const FairnessOptions& options,
                  const Progress& progress) {
  Measuring measuring(course, rubric, store, options);
  const std::vector<Patch>& patches = measuring.patches();
  const auto pairs = draw_pairs(patches, options.pairs);
  const std::size_t total = patches.size() + pairs.size();
  Fairness result;
  result.rows.resize(patches.size());
  std::mutex mutex;  // over what follows
  std::size_t done = 0;
  std::vector<FairnessRow> of_pairs;
  for_each_submission(static_cast<int>(patches.size()), [&](int index) {
    const auto i = static_cast<std::size_t>(index);
    result.rows[i] = measuring.single(patches[i]);
    const std::lock_guard lock(mutex);
    progress(patches[i].name, done++, total);
  });
  for_each_submission(static_cast<int>(pairs.size()), [&](int index) {
    const auto [a, b] = pairs[static_cast<std::size_t>(index)];
    const auto row = measuring.pair(result.rows[a], result.rows[b]);
    const std::lock_guard lock(mutex);
    progress(patches[a].name + " and " + patches[b].name, done++, total);
    if (row) of_pairs.push_back(*row);
    if (!row) ++result.pairs_left_out;
  });
  std::sort(of_pairs.begin(), of_pairs.end(),
            [](const FairnessRow& a, const FairnessRow& b) { return a.mistakes < b.mistakes; });
  result.rows.insert(result.rows.end(), of_pairs.begin(), of_pairs.end());
  return result;
}

std::string to_text(const Fairness& fairness) {
  std::string text = fmt::format("{:<60} {:>6} {:>6} {:>6} {:>12}  {}\n", "mistake", "lost", "due",
                                 "ratio", "consequence", "due for");
  for (const FairnessRow& row : fairness.rows) {
    std::string name = row.mistakes[0];
    if (row.is_pair()) name += " + " + row.mistakes[1];
    text += fmt::format("{:<60} {:>6.4g} {:>6.4g} {:>6.2f} {:>12.4g}  {}\n", name, row.lost,
                        row.due, row.ratio(), row.consequence(), row.due_for);
  }
  text += summary("mistakes, by their dearest check", ratios(fairness, false));
  text += summary("pairs in different questions, by the sum of both", ratios(fairness, true));
  if (fairness.pairs_left_out > 0) {
    text +=
        fmt::format("{} pairs change the same lines and were left out\n", fairness.pairs_left_out);
  }
  text += fmt::format("goals: median {:.1f}, 95 of 100 at most {:.1f}: {}\n", kMedianGoal,
                      kTailGoal, fairness.reaches_goals() ? "reached" : "NOT reached");
  return text;
}

}  // namespace pset3::author
