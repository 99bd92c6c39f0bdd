#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "grader/author/syntax_tree.hpp"

namespace pset3::author {

/// One change of a solution file, small enough to be a slip.
struct Mutation {
  std::string file;
  int line = 0;
  std::string function;   ///< that it is in
  std::string kind;       ///< "comparison", "constant", "statement left out", …
  std::size_t begin = 0;  ///< the bytes that go
  std::size_t end = 0;
  std::string removed;      ///< what stands there
  std::string replacement;  ///< what comes in their place
  /// The lines that it changes, written as one, before and after: by these and the function it is
  /// known again when lines above have moved.
  std::string before;
  std::string after;
};

/// @returns all mutations of what stands between the solution's markers, in the order of the file,
/// each once.
/// @param source  the file's bytes.
std::vector<Mutation> mutations_of(const std::string& file, const std::string& source,
                                   const SyntaxTree& tree);

/// @returns the source with the change made.
std::string mutated(const Mutation& mutation, const std::string& source);

/// @returns the names that a name may be mistaken for: "min" for "max", "rows" for "cols".
const std::vector<std::string>& siblings_of(const std::string& name);

/// @returns the operators that one may be mistaken for: "<=" for "<".
const std::vector<std::string>& operators_like(const std::string& op);

/// @returns the numbers that one may be mistaken for, as text.
std::vector<std::string> numbers_like(const SyntaxNode& literal);

/// The bytes from behind each BEGIN SOLUTION to its END SOLUTION.
std::vector<std::pair<std::size_t, std::size_t>> solution_blocks(const std::string& source);

}  // namespace pset3::author
