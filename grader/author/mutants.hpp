#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/author/fixtures.hpp"
#include "grader/author/graded.hpp"
#include "grader/author/mutations.hpp"
#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/course.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::author {

/// What became of one mutant.
enum class MutantFate {
  kRefused,     ///< it does not compile
  kSameCode,    ///< the compiler makes the same program of it
  kCaught,      ///< it loses points
  kEquivalent,  ///< it loses none, and equivalent.json says why it need not
  kSurvived,    ///< it loses none
};

struct MutantRow : Graded {
  Mutation mutation;
  MutantFate fate = MutantFate::kSurvived;
  double due = 0.0;              ///< the dearest check that finds it, or the questions that it
                                 ///< leaves without an answer
  bool gives_no_value = false;   ///< in a question: see due.hpp
  bool answers_nothing = false;  ///< as a mistake that the report names says

  /// Whether one of them was written by hand, and is no recorded mutant.
  bool is_named_by_mistake() const;

  double ratio() const { return lost / due; }
};

/// A mutant that does what it should, and the reason.
struct Equivalent {
  std::string file;
  std::string function;
  std::string before;
  std::string after;
  std::string reason;
};

struct Mutants {
  std::string part;
  std::size_t possible = 0;  ///< before a sample was drawn
  std::vector<MutantRow> rows;
  /// What equivalent.json lists and no mutation of today's solution is, or what is caught.
  std::vector<std::string> stale;

  /// Whether each mutant that compiles is caught or known to be equivalent, and the list is right.
  bool all_seen() const;
  /// Whether the caught ones are named and cost as the goals say.
  bool reaches_goals() const;
};

struct MutantOptions {
  std::optional<int> sample;  ///< how many are drawn at random, the same in each run
  int jobs = 0;               ///< at a time; 0 = as many as there are cores
  pipeline::Draw draw;
};

/// @returns all mutations of a part's solution. What clang shows of it is kept in the store.
std::vector<Mutation> mutations_of(const pipeline::Course& course, const judge::Rubric& rubric,
                                   const pipeline::Store& store);

/// Reads fixtures/<part>/equivalent.json; a part without one has none.
/// @throws InputError for a document of another form.
std::vector<Equivalent> read_equivalents(const pipeline::Course& course,
                                         const judge::Rubric& rubric);

/// Grades mutants of a part, hidden checks included. What is learnt is judged only where no other
/// check finds the mutant.
Mutants mutants(const pipeline::Course& course, const judge::Rubric& rubric,
                const pipeline::Store& store, const MutantOptions& options,
                const Progress& progress);

/// "carve.cpp:33 in carve: operator `>=` becomes `>` in `const bool in_image = u >= 0.0 && …`".
std::string to_text(const Mutation& mutation);

/// The table for a terminal. @param every  a line for each mutant, and not only for survivors.
std::string to_text(const Mutants& mutants, bool every);

}  // namespace pset3::author
