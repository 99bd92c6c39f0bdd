#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "grader/intake/hand_in.hpp"
#include "grader/pipeline/part_grader.hpp"
#include "grader/pipeline/under_way.hpp"

namespace pset3::pipeline {

struct SubmissionOptions {
  std::set<std::string> parts;   ///< short names; empty = all
  std::set<std::string> checks;  ///< ids; empty = all
  bool hidden = false;
  Draw draw;
  bool only_stored = false;  ///< judge again what the store has, and run nothing
  std::function<void(const std::string&)> progress;  ///< see PartOptions
  bool pictures = false;                             ///< see PartOptions
};

/// Which of one student's hand-ins counts.
enum class Several { kLast, kBest };

/// A submission as an earlier grading has left it.
struct Graded {
  report::SubmissionReport report;           ///< all of it but the parts
  std::map<std::string, std::string> files;  ///< part -> key_of_files()
};

/// Grades submissions. What a submission does wrong, or what goes wrong with
/// it, ends up in its own report and touches no other.
class SubmissionGrader {
 public:
  /// @throws InputError, GraderError when nothing could be graded at all.
  SubmissionGrader(const Course& course, const Store& store, const SubmissionOptions& options);

  /// Never throws for the submission's sake: a refusal or a fault of ours is in the report.
  /// @throws InputError, GraderError when nothing could be graded at all.
  /// May be called from several threads; part files that several hand in are built and run once.
  report::SubmissionReport grade(const std::filesystem::path& path, const std::string& name);
  /// @param several  which attempt counts where there is more than one.
  /// @throws CannotPrepare when no submission could be graded: not to be taken for this one's
  /// fault.
  report::SubmissionReport grade(const intake::HandIn& hand_in, Several several);
  const Course& course() const { return course_; }
  /// Judges once more what an earlier grading has taken.
  /// @throws NotStored when the store lacks something; CannotPrepare.
  report::SubmissionReport judge_again(const Graded& graded);
  const std::vector<const judge::Rubric*>& rubrics() const { return rubrics_; }
  /// What intake takes of one attempt. @throws intake::Refused
  intake::Submission take(const std::vector<intake::Piece>& pieces) const;

 private:
  using Take = std::function<intake::Submission()>;

  report::SubmissionReport grade_taken(const std::string& name, const Take& take);
  report::PartReport grade_part(std::size_t index, const std::map<std::string, std::string>& files);
  void grade_parts(const intake::Submission& submission, report::SubmissionReport& report);

  const Course& course_;
  const Store& store_;
  SubmissionOptions options_;
  std::vector<const judge::Rubric*> rubrics_;
  std::vector<std::unique_ptr<PartGrader>> graders_;
  std::atomic<std::size_t> next_first_ = 0;
  UnderWay under_way_;
};

}  // namespace pset3::pipeline
