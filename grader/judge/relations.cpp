#include "grader/judge/relations.hpp"

namespace pset3::judge {

std::optional<Relation> relation_between(const std::vector<OutputPair>& pairs) {
  for (const auto& family : {scaled, mapped, rearranged, wrong_in_places}) {
    if (auto found = family(pairs)) return found;
  }
  return std::nullopt;
}

}  // namespace pset3::judge
