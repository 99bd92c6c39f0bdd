#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/judge/output_pair.hpp"

namespace pset3::judge {

/// What wrong numbers are, seen from the right ones.
struct Relation {
  std::string slug;   ///< "negated"
  std::string words;  ///< to be read after "Your numbers": "are the right ones, negated"
};

/// @param pairs  of one output, from all cases that fail; all differ. At least one.
/// @returns the simplest relation that holds in all of them, if one is known.
std::optional<Relation> relation_between(const std::vector<OutputPair>& pairs);

/// The families of relations, each in a file of its own; see relation_between.
std::optional<Relation> scaled(const std::vector<OutputPair>& pairs);
std::optional<Relation> mapped(const std::vector<OutputPair>& pairs);
std::optional<Relation> rearranged(const std::vector<OutputPair>& pairs);
std::optional<Relation> wrong_in_places(const std::vector<OutputPair>& pairs);

}  // namespace pset3::judge
