#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/author/fixtures.hpp"
#include "grader/author/graded.hpp"
#include "grader/judge/engine.hpp"
#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/course.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::author {

/// What became of one further mistake.
struct FurtherRow : Graded {
  pipeline::Patch patch;

  bool is_named(const std::string& mistake) const;
};

struct Further {
  std::string part;
  std::vector<FurtherRow> rows;

  /// Whether each loses points.
  bool all_caught() const;
};

struct FurtherOptions {
  std::optional<int> sample;  ///< so many, spread over the list; all, if none
  pipeline::Draw draw;
};

/// Grades fixtures/<part>/further/*.patch, hidden checks included. What is learnt is judged only
/// where no other check finds the mistake.
Further further(const pipeline::Course& course, const judge::Rubric& rubric,
                const pipeline::Store& store, const FurtherOptions& options,
                const Progress& progress);

/// Those that lose points and show a value, as known mistakes. Left out is what a mistake of the
/// selftest names, and of those that show the same all but the first.
/// @param further  all of a part.
std::vector<judge::KnownMistake> to_record(const pipeline::Course& course,
                                           const judge::Rubric& rubric,
                                           const pipeline::Store& store, const Further& further);

/// The table for a terminal.
std::string to_text(const Further& further);

}  // namespace pset3::author
