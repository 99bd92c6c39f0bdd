#include "grader/pipeline/submissions.hpp"

#include <chrono>
#include <future>

#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"
#include "grader/pipeline/kept.hpp"
#include "grader/pipeline/source_places.hpp"

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

double points_in(const report::SubmissionReport& report) {
  double points = 0.0;
  for (const report::PartReport& part : report.parts) {
    for (const judge::CheckResult& check : part.checks) points += check.points;
  }
  return points;
}

/// Whether the second report is to be kept instead of the first.
bool is_better(const report::SubmissionReport& first, const report::SubmissionReport& second) {
  if (second.refused.empty() != first.refused.empty()) return second.refused.empty();
  return points_in(second) >= points_in(first);
}

/// Only in a hand-in: files that are being worked on differ from an old receipt, and may.
intake::Submission with_receipt_notes(intake::Submission submission) {
  submission.notes.insert(submission.notes.end(), submission.receipt_notes.begin(),
                          submission.receipt_notes.end());
  return submission;
}

}  // namespace

SubmissionGrader::SubmissionGrader(const Course& course, const Store& store,
                                   const SubmissionOptions& options)
    : course_(course), store_(store), options_(options) {
  PartOptions part_options;
  part_options.hidden = options.hidden;
  part_options.draw = options.draw;
  part_options.only = options.checks;
  part_options.progress = options.progress;
  part_options.pictures = options.pictures;
  // Without the reference, time limits come from this moment's speed of the machine.
  part_options.keeps_verdicts = options.hidden;
  part_options.only_stored = options.only_stored;
  if (options.progress) options.progress("compiling the libraries' headers");
  // Side by side: the first time, each part's libraries take ten seconds or more.
  std::vector<std::future<std::unique_ptr<PartGrader>>> graders;
  for (const judge::Rubric& rubric : course.parts) {
    if (!is_wanted(rubric, options)) continue;
    rubrics_.push_back(&rubric);
    graders.push_back(std::async(std::launch::async, [&, of = rubrics_.back()] {
      return std::make_unique<PartGrader>(course, *of, store, part_options);
    }));
  }
  for (auto& grader : graders) graders_.push_back(grader.get());
}

report::PartReport SubmissionGrader::grade_part(std::size_t index,
                                                const std::map<std::string, std::string>& files) {
  const UnderWay::Turn turn(under_way_, key_of_files(*rubrics_[index], files));
  constexpr int kTries = 2;  // what failed by our own fault may have been a full machine
  for (int i = 1;; ++i) {
    try {
      return graders_[index]->grade(files);
    } catch (const NotStored&) {
      throw;
    } catch (const std::exception& error) {
      if (i == kTries) return not_judged(*rubrics_[index], options_, error.what());
    }
  }
}

void SubmissionGrader::grade_parts(const intake::Submission& submission,
                                   report::SubmissionReport& report) {
  static const std::map<std::string, std::string> kNothing;
  const std::size_t count = graders_.size();
  report.parts.resize(count);
  // Workers that begin together begin with different parts: each part's cases are made once.
  const std::size_t first = next_first_++;
  for (std::size_t step = 0; step < count; ++step) {
    const std::size_t i = (first + step) % count;
    const std::string& folder = rubrics_[i]->folder;
    const auto found = submission.parts.find(folder);
    const auto& files = found == submission.parts.end() ? kNothing : found->second;
    const auto paths = submission.paths.find(folder);
    report.parts[i] = grade_part(i, files);
    report.parts[i].provenance["places"] = source_places(
        *rubrics_[i], files, paths == submission.paths.end() ? kNothing : paths->second);
  }
}

intake::Submission SubmissionGrader::take(const std::vector<intake::Piece>& pieces) const {
  std::set<std::string> asked;
  for (const judge::Rubric* rubric : rubrics_) asked.insert(rubric->part);
  return intake::take(pieces, course_.wanted_files(asked));
}

report::SubmissionReport SubmissionGrader::grade(const std::filesystem::path& path,
                                                 const std::string& name) {
  try {
    return grade_taken(name, [&] {
      std::set<std::string> asked;
      for (const judge::Rubric* rubric : rubrics_) asked.insert(rubric->part);
      return intake::take(path, course_.wanted_files(asked));
    });
  } catch (const CannotPrepare& fault) {
    std::rethrow_exception(fault.why);
  }
}

report::SubmissionReport SubmissionGrader::grade(const intake::HandIn& hand_in, Several several) {
  const std::size_t count = hand_in.attempts.size();
  if (!hand_in.refused.empty() || count == 0) {
    return grade_taken(hand_in.name,
                       [&]() -> intake::Submission { throw intake::Refused(hand_in.refused); });
  }
  report::SubmissionReport best;
  std::size_t counted_one = count;
  for (std::size_t i = several == Several::kBest ? 0 : count - 1; i < count; ++i) {
    report::SubmissionReport next = grade_taken(
        hand_in.name, [&] { return with_receipt_notes(take(hand_in.attempts[i].pieces)); });
    if (counted_one != count && !is_better(best, next)) continue;
    best = std::move(next);
    counted_one = i;
  }
  if (count > 1) {
    best.notes.push_back(counted(count, "hand-in") + ": number " + std::to_string(counted_one + 1) +
                         (several == Several::kBest ? ", the best, counts" : ", the last, counts"));
  }
  best.notes.insert(best.notes.end(), hand_in.notes.begin(), hand_in.notes.end());
  return best;
}

report::SubmissionReport SubmissionGrader::judge_again(const Graded& graded) {
  report::SubmissionReport report = graded.report;
  for (std::size_t i = 0; i < graders_.size(); ++i) {
    const auto key = graded.files.find(rubrics_[i]->part);
    if (key == graded.files.end()) continue;
    const auto files = kept_files(store_, key->second);
    if (!files) throw NotStored("its files of " + rubrics_[i]->part + " are not there");
    report.parts.push_back(grade_part(i, *files));
  }
  return report;
}

report::SubmissionReport SubmissionGrader::grade_taken(const std::string& name, const Take& take) {
  const auto begin = std::chrono::steady_clock::now();
  report::SubmissionReport report;
  report.name = name;
  report.box_level = box::name_of(box::probe());
  try {
    const intake::Submission submission = take();
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
