#pragma once

#include <atomic>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "grader/pipeline/explaining.hpp"
#include "grader/pipeline/origin.hpp"
#include "grader/pipeline/part_run.hpp"
#include "grader/pipeline/picture_rules.hpp"
#include "grader/pipeline/prepared_part.hpp"
#include "grader/report/results.hpp"

namespace pset3::pipeline {

/// Nothing of a part can be graded, whoever hands it in. No std::exception, so that nobody takes it
/// for one submission's misfortune.
struct CannotPrepare {
  std::exception_ptr why;
};

/// Grades one part of any number of submissions: prepares what they share once, then for each one
/// builds, runs, judges and explains.
///
/// The cases are made and the reference is run when the first files come, while these are compiled;
/// with PartOptions::only_what_changed at once. With PartOptions::keeps_verdicts, part files that
/// were graded before cost one look into the store.
class PartGrader {
 public:
  /// @throws as PreparedPart.
  PartGrader(const Course& course, const judge::Rubric& rubric, const Store& store,
             PartOptions options);

  /// May be called from several threads.
  /// @param files     name -> bytes, as handed in.
  /// @param left_out  checks that are not judged; cases that only they have are not run.
  /// @throws CannotPrepare
  report::PartReport grade(const std::map<std::string, std::string>& files,
                           const std::set<std::string>& left_out = {});

  /// What all submissions share, prepared when it is first asked for.
  const PreparedPart& part();
  const Origin& origin() const { return origin_; }

 private:
  void prepare_while_building(const std::map<std::string, std::string>& files);
  report::PartReport judge(const std::map<std::string, std::string>& files,
                           const std::set<std::string>& left_out, const std::string& key);
  nlohmann::json provenance(const BuiltProgram& program,
                            const std::map<std::string, std::string>& files) const;

  const Course& course_;
  const judge::Rubric& rubric_;
  const Store& store_;
  PartOptions options_;
  build::Toolkit toolkit_;
  Origin origin_;
  std::once_flag is_prepared_;
  std::atomic<bool> is_ready_ = false;  ///< part_ is there
  std::unique_ptr<PreparedPart> part_;
  std::unique_ptr<Explainer> explainer_;
  PictureRules pictures_;
};

}  // namespace pset3::pipeline
