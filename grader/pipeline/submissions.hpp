#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "grader/pipeline/part_grader.hpp"

namespace pset3::pipeline {

struct SubmissionOptions {
  std::set<std::string> parts;   ///< short names; empty = all
  std::set<std::string> checks;  ///< ids; empty = all
  bool hidden = false;
  Draw draw;
  std::function<void(const std::string&)> progress;  ///< see PartOptions
};

/// Grades submissions one after the other. What a submission does wrong, or what goes wrong with
/// it, ends up in its own report and touches no other.
class SubmissionGrader {
 public:
  /// @throws InputError, GraderError when nothing could be graded at all.
  SubmissionGrader(const Course& course, const Store& store, const SubmissionOptions& options);

  /// Never throws for the submission's sake: a refusal or a fault of ours is in the report.
  report::SubmissionReport grade(const std::filesystem::path& path, const std::string& name);

 private:
  void grade_parts(const intake::Submission& submission, report::SubmissionReport& report);

  const Course& course_;
  SubmissionOptions options_;
  std::vector<const judge::Rubric*> rubrics_;
  std::vector<std::unique_ptr<PartGrader>> graders_;
};

}  // namespace pset3::pipeline
