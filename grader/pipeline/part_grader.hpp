#pragma once

#include <map>
#include <set>
#include <string>

#include "grader/pipeline/explaining.hpp"
#include "grader/pipeline/part_run.hpp"
#include "grader/pipeline/picture_rules.hpp"
#include "grader/pipeline/prepared_part.hpp"
#include "grader/report/results.hpp"

namespace pset3::pipeline {

/// Grades one part of any number of submissions: prepares what they share once, then for each one
/// builds, runs, judges and explains.
class PartGrader {
 public:
  /// @throws as PreparedPart.
  PartGrader(const Course& course, const judge::Rubric& rubric, const Store& store,
             PartOptions options)
      : part_(course, rubric, store, std::move(options)), explainer_(part_) {
    if (part_.options().pictures) pictures_ = read_picture_rules(course.fixtures(rubric));
  }

  /// May be called from several threads.
  /// @param files     name -> bytes, as handed in.
  /// @param left_out  checks that are not judged; cases that only they have are not run.
  report::PartReport grade(const std::map<std::string, std::string>& files,
                           const std::set<std::string>& left_out = {});

  const PreparedPart& part() const { return part_; }

 private:
  PreparedPart part_;
  Explainer explainer_;
  PictureRules pictures_;
};

}  // namespace pset3::pipeline
