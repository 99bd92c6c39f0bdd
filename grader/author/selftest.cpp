#include "grader/author/selftest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "grader/author/due.hpp"
#include "grader/author/measures.hpp"
#include "grader/base/parallel.hpp"
#include "grader/pipeline/part_grader.hpp"

namespace pset3::author {
namespace {

using judge::Verdict;

/// A submission to grade and what must come of it.
struct Known {
  std::string kind;
  std::string name;
  std::map<std::string, std::string> files;
  std::vector<std::string> fails;
  std::vector<std::string> blocks;
  std::vector<std::string> costs;
  std::set<std::string> left_out;  ///< checks that are not_worth_a_training()
};

/// A mistake may cost this much more than the dearest check that finds it.
constexpr double kMostCost = 1.5;

std::vector<Known> known_submissions(const pipeline::Course& course, const judge::Rubric& rubric) {
  using pipeline::PatchKind;
  const auto fixtures = course.fixtures(rubric);
  const auto solution = pipeline::read_files(course.solution(rubric), rubric.files);
  std::vector<Known> known;
  known.push_back({"reference", "solution", solution, {}, {}, {}, {}});
  known.push_back({"starter",
                   "starter",
                   pipeline::read_files(course.starter(rubric), rubric.files),
                   {},
                   {},
                   {},
                   {}});
  for (const PatchKind kind : {PatchKind::kMistake, PatchKind::kVariant}) {
    const char* word = kind == PatchKind::kMistake ? "mistake" : "variant";
    for (const pipeline::Patch& patch : pipeline::read_patches(fixtures, kind, rubric)) {
      auto files = pipeline::apply_patch(patch, course.solution(rubric), rubric.files);
      auto left_out = pipeline::not_worth_a_training(patch, rubric, course.checks, solution, files);
      known.push_back({word, patch.name, std::move(files), patch.fails, patch.blocks, patch.costs,
                       std::move(left_out)});
    }
  }
  return known;
}

/// @returns "passed", "failed" or "blocked": what a patch's header speaks of.
std::string outcome_of(Verdict verdict) {
  if (verdict == Verdict::kPassed) return "passed";
  return verdict == Verdict::kBlocked ? "blocked" : "failed";
}

std::string should_be(const Known& known, const std::string& check) {
  const auto is_in = [&](const std::vector<std::string>& checks) {
    return std::find(checks.begin(), checks.end(), check) != checks.end();
  };
  if (is_in(known.fails)) return "failed";
  return is_in(known.blocks) ? "blocked" : "passed";
}

/// What stands in the way of a check in most cases may by chance leave enough to judge.
bool may_pass(const Known& known, const std::string& check) {
  return should_be(known, check) == "blocked";
}

std::string first_words(const judge::CheckResult& check) {
  for (const judge::CaseFinding& finding : check.findings) {
    if (finding.verdict != Verdict::kPassed) {
      return fmt::format("{}: {} {}", finding.case_id, finding.got, finding.detail);
    }
  }
  return "";
}

void look_for_problems(const Known& known, const report::PartReport& report, SelftestRow& row) {
  for (const judge::CheckResult& check : report.checks) {
    const bool starter = known.kind == "starter";
    const std::string is =
        starter ? std::string(judge::name_of(check.verdict)) : outcome_of(check.verdict);
    const std::string should = starter ? "not_attempted" : should_be(known, check.check);
    if (check.verdict == Verdict::kGraderError) row.problems.push_back("grader error");
    if (is == should) continue;
    if (is == "passed" && may_pass(known, check.check)) continue;
    row.problems.push_back(fmt::format("{} is {} ({}), should be {}; {}", check.check, is,
                                       judge::name_of(check.verdict), should, first_words(check)));
  }
}

/// A mistake costs about its dearest check, or the questions that it does not answer.
void look_at_cost(const Known& known, const report::PartReport& report, SelftestRow& row) {
  double lost = 0.0;
  const double due = due_of(report, without_a_value(report));
  for (const judge::CheckResult& check : report.checks) {
    const double points = report.rubric->find_check(check.check)->points;
    lost += points - check.points;
    const auto is_in_costs = [&](const std::string& name) {
      return std::find(known.costs.begin(), known.costs.end(), name) != known.costs.end();
    };
    const bool unanswered =
        is_in_costs(check.check) || is_in_costs(judge::question_of(check.check));
    if (unanswered && check.points > 0.0) {
      row.problems.push_back(fmt::format("{} gives {:.4g} points, and the question has no answer",
                                         check.check, check.points));
    }
  }
  if (known.costs.empty() && lost > kMostCost * due + 1e-6) {
    row.problems.push_back(
        fmt::format("it costs {:.4g} points, and the dearest check that finds it "
                    "has {:.4g}",
                    lost, due));
  }
}

/// Whether a mistake can be told from others: how a program ended may be the same for many.
bool can_be_named(const Known& known, const std::vector<judge::KnownMistake>& recorded) {
  const auto mistake = std::find_if(recorded.begin(), recorded.end(),
                                    [&](const auto& item) { return item.name == known.name; });
  if (mistake == recorded.end()) return true;
  for (const std::string& check : known.fails) {
    const auto cases = mistake->symptoms.find(check);
    if (cases == mistake->symptoms.end()) continue;  // hidden: not recorded
    for (const auto& [id, symptom] : cases->second) {
      if (!judge::is_bare(symptom)) return true;
    }
  }
  return false;
}

SelftestRow row_of(const Known& known, const report::PartReport& report,
                   const std::vector<judge::KnownMistake>& recorded) {
  SelftestRow row{known.kind, known.name, 0.0, 0.0, {}, {}, "", {}};
  std::set<std::string> diagnosed;
  for (const judge::CheckResult& check : report.checks) {
    row.points += check.points;
    row.max_points += check.max_points;
    const std::string outcome = outcome_of(check.verdict);
    if (outcome == "failed") row.failed.push_back(check.check);
    if (outcome == "blocked") row.blocked.push_back(check.check);
    for (const judge::Diagnosis& diagnosis : check.diagnoses) diagnosed.insert(diagnosis.mistake);
  }
  for (const std::string& name : diagnosed)
    row.diagnosed += (row.diagnosed.empty() ? "" : ", ") + name;
  look_for_problems(known, report, row);
  for (const std::string& check : known.blocks) {
    if (known.left_out.count(check) == 0) continue;
    row.problems.push_back("what comes of " + check +
                           " is known without a training: take it out of Blocks");
  }
  const bool in_doubt = std::any_of(recorded.begin(), recorded.end(), [&](const auto& other) {
    return !other.costs.empty() && diagnosed.count(other.name) != 0;
  });
  if (known.kind == "mistake" && (!in_doubt || !known.costs.empty())) {
    look_at_cost(known, report, row);
  }
  if (known.kind == "mistake" && known.costs.empty() && diagnosed.count(known.name) == 0 &&
      can_be_named(known, recorded)) {
    row.problems.push_back("its own outputs are not recognised");
  }
  return row;
}

std::vector<std::string> checks_without_mistake(const judge::Rubric& rubric,
                                                const std::vector<SelftestRow>& rows) {
  std::set<std::string> failed;
  for (const SelftestRow& row : rows) {
    if (row.kind == "mistake") failed.insert(row.failed.begin(), row.failed.end());
  }
  std::vector<std::string> problems;
  for (const judge::CheckSpec& check : rubric.checks) {
    if (failed.count(check.id) == 0) problems.push_back("no mistake fails " + check.id);
  }
  return problems;
}

}  // namespace

bool SelftestResult::clean() const {
  return problems.empty() && std::all_of(rows.begin(), rows.end(), [](const SelftestRow& row) {
           return row.problems.empty();
         });
}

SelftestResult selftest(const pipeline::Course& course, const judge::Rubric& rubric,
                        const pipeline::Store& store, const pipeline::Draw& draw,
                        const Progress& progress) {
  pipeline::PartGrader grader(course, rubric, store, pipeline::options_for_patches(draw));
  const std::vector<Known> known = known_submissions(course, rubric);
  SelftestResult result;
  result.rows.resize(known.size());
  std::mutex telling;
  std::size_t done = 0;
  for_each_submission(static_cast<int>(known.size()), [&](int index) {
    const auto i = static_cast<std::size_t>(index);
    result.rows[i] = row_of(known[i], grader.grade(known[i].files, known[i].left_out),
                            grader.part().public_mistakes());
    const std::lock_guard lock(telling);
    progress(known[i].name, done++, known.size());
  });
  result.problems = checks_without_mistake(rubric, result.rows);
  return result;
}

std::string to_text(const SelftestResult& result) {
  std::string text = fmt::format("{:<10} {:<36} {:>13}  {}\n", "kind", "name", "points", "loses");
  for (const SelftestRow& row : result.rows) {
    std::string failed = joined(row.failed);
    if (!row.blocked.empty()) failed += "  blocked: " + joined(row.blocked);
    if (row.kind == "starter" && row.problems.empty()) failed = "everything: not attempted";
    text += fmt::format("{:<10} {:<36} {:>6.4g} /{:>5.4g}  {}\n", row.kind, row.name, row.points,
                        row.max_points, failed);
    for (const std::string& problem : row.problems) text += "    PROBLEM: " + problem + "\n";
  }
  for (const std::string& problem : result.problems) text += "PROBLEM: " + problem + "\n";
  const auto count = [&](const char* kind) {
    return std::count_if(result.rows.begin(), result.rows.end(),
                         [&](const SelftestRow& row) { return row.kind == kind; });
  };
  text += fmt::format("{} mistakes and {} variants: {}\n", count("mistake"), count("variant"),
                      result.clean() ? "clean" : "NOT clean");
  return text;
}

}  // namespace pset3::author
