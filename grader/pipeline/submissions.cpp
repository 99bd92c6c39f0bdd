#include "grader/pipeline/submissions.hpp"

#include <chrono>

#include "grader/base/error.hpp"
#include "grader/box/box.hpp"

namespace pset3::pipeline {
namespace {

bool is_wanted(const judge::Rubric& rubric, const SubmissionOptions& options) {
  if (!options.parts.empty() && options.parts.count(rubric.part) == 0) return false;
  if (options.checks.empty()) return true;
  for (const judge::CheckSpec& check : rubric.checks) {
    if (options.checks.count(check.id) != 0) return true;
  }
  return false;
}

/// A part that our own fault kept from being judged: every check says so, none says 0 points.
report::PartReport not_judged(const judge::Rubric& rubric, const SubmissionOptions& options,
                              const std::string& why) {
  report::PartReport report;
  report.rubric = &rubric;
  for (const judge::CheckSpec& check : rubric.checks) {
    if (!options.hidden && check.visibility != judge::Visibility::kPublic) continue;
    judge::CheckResult result;
    result.check = check.id;
    result.verdict = judge::Verdict::kGraderError;
    result.max_points = check.max_points();
    judge::CaseFinding finding;
    finding.case_id = check.cases.at(0);
    finding.verdict = judge::Verdict::kGraderError;
    finding.detail = why;
    result.findings = {finding};
    report.checks.push_back(result);
  }
  return report;
}

}  // namespace

SubmissionGrader::SubmissionGrader(const Course& course, const Store& store,
                                   const SubmissionOptions& options)
    : course_(course), options_(options) {
  PartOptions part_options;
  part_options.hidden = options.hidden;
  part_options.draw = options.draw;
  part_options.only = options.checks;
  part_options.progress = options.progress;
  for (const judge::Rubric& rubric : course.parts) {
    if (!is_wanted(rubric, options)) continue;
    rubrics_.push_back(&rubric);
    graders_.push_back(std::make_unique<PartGrader>(course, rubric, store, part_options));
  }
}

void SubmissionGrader::grade_parts(const intake::Submission& submission,
                                   report::SubmissionReport& report) {
  static const std::map<std::string, std::string> kNothing;
  for (std::size_t i = 0; i < graders_.size(); ++i) {
    const auto files = submission.parts.find(rubrics_[i]->folder);
    try {
      report.parts.push_back(
          graders_[i]->grade(files == submission.parts.end() ? kNothing : files->second));
    } catch (const std::exception& error) {
      report.parts.push_back(not_judged(*rubrics_[i], options_, error.what()));
    }
  }
}

report::SubmissionReport SubmissionGrader::grade(const std::filesystem::path& path,
                                                 const std::string& name) {
  const auto begin = std::chrono::steady_clock::now();
  report::SubmissionReport report;
  report.name = name;
  report.box_level = box::name_of(box::probe());
  try {
    std::set<std::string> asked;
    for (const judge::Rubric* rubric : rubrics_) asked.insert(rubric->part);
    const intake::Submission submission = intake::take(path, course_.wanted_files(asked));
    report.notes = submission.notes;
    grade_parts(submission, report);
  } catch (const intake::Refused& refusal) {
    report.refused = refusal.what();
    for (const judge::Rubric* rubric : rubrics_) {
      report.parts.push_back({});
      report.parts.back().rubric = rubric;
    }
  }
  report.wall_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return report;
}

}  // namespace pset3::pipeline
