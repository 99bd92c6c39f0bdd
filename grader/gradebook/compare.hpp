#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/verdict.hpp"
#include "grader/report/document.hpp"

namespace pset3::gradebook {

/// A check whose points or verdict are others than before; the one that did not have it is empty.
struct CheckChange {
  struct Side {
    judge::Verdict verdict = judge::Verdict::kFailed;
    double points = 0.0;
    double max_points = 0.0;
  };
  std::string id;
  std::optional<Side> before;
  std::optional<Side> after;
  std::vector<std::string> because;  ///< "rubric", "carve.cpp": what its part was made from changed
  bool is_unexplained = false;       ///< nothing that is known changed
};

/// A submission that was graded twice, where something came out differently.
struct GradeChange {
  std::string name;
  double before = 0.0;
  double after = 0.0;
  double max_before = 0.0;
  double max_after = 0.0;
  std::string refused_before;  ///< why nothing was graded then; empty otherwise
  std::string refused_after;
  bool has_other_files = false;     ///< the student handed in something else
  std::vector<CheckChange> checks;  ///< empty where one of the two was refused

  double difference() const { return after - before; }
  /// Fewer or more points, and a smaller or larger share of the maximum.
  bool fell() const;
  bool rose() const;
  /// Less than before, and not by the student's own doing.
  bool fell_by_itself() const { return fell() && !has_other_files; }
};

/// Compares two results.json of one submission. Times and memory do not count.
/// @returns nothing where neither points nor verdicts differ.
/// @throws InputError when one of them is no results file of this program.
std::optional<GradeChange> compare(const nlohmann::json& before, const nlohmann::json& after);
std::optional<GradeChange> compare(const report::Document& before, const report::Document& after);

/// Two gradings of a class.
struct Comparison {
  std::vector<GradeChange> changes;      ///< in the order of their names
  std::vector<std::string> only_before;  ///< names without a row in the second
  std::vector<std::string> only_after;
  std::size_t compared = 0;

  /// What the grades of those in question changed because of, with how many of them.
  std::map<std::string, std::size_t> reasons() const;
};

/// For a terminal; ends with a newline. Printable: names and reasons are foreign.
std::string to_text(const Comparison& comparison);

}  // namespace pset3::gradebook
