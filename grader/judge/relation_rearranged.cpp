#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "grader/judge/relations.hpp"

namespace pset3::judge {
namespace {

using Index = std::vector<std::size_t>;

/// @returns where each number of an array of this shape stands, outermost first.
Index place_of(std::size_t position, const std::vector<std::int64_t>& shape) {
  Index place(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    const auto size = static_cast<std::size_t>(shape[axis]);
    place[axis] = position % size;
    position /= size;
  }
  return place;
}

std::size_t position_of(const Index& place, const std::vector<std::int64_t>& shape) {
  std::size_t position = 0;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    position = position * static_cast<std::size_t>(shape[axis]) + place[axis];
  }
  return position;
}

/// @param moved  makes of a place the one where its number should stand; false where none should.
template <typename Moved>
bool is_moved(const OutputPair& pair, const Moved& moved) {
  for (std::size_t i = 0; i < pair.got.size(); ++i) {
    Index place = place_of(i, pair.shape);
    if (!moved(place)) continue;
    if (!pair.near(pair.got[i], pair.right[position_of(place, pair.shape)])) return false;
  }
  return true;
}

std::size_t size_along(const OutputPair& pair, std::size_t axis) {
  return static_cast<std::size_t>(pair.shape[axis]);
}

bool is_reversed(const OutputPair& pair, std::size_t axis) {
  return size_along(pair, axis) > 1 && is_moved(pair, [&](Index& place) {
           place[axis] = size_along(pair, axis) - 1 - place[axis];
           return true;
         });
}

bool is_swapped(const OutputPair& pair, std::size_t a, std::size_t b) {
  return pair.shape[a] == pair.shape[b] && is_moved(pair, [&](Index& place) {
           std::swap(place[a], place[b]);
           return true;
         });
}

bool is_pushed(const OutputPair& pair, std::size_t axis, int by) {
  const auto size = static_cast<int>(size_along(pair, axis));
  return size > 3 && is_moved(pair, [&](Index& place) {
           const int from = static_cast<int>(place[axis]) - by;
           if (from < 0 || from >= size) return false;
           place[axis] = static_cast<std::size_t>(from);
           return true;
         });
}

bool is_in_order(const OutputPair& pair, const Index& order) {
  const std::size_t axis = pair.shape.size() - 1;
  return size_along(pair, axis) == order.size() && is_moved(pair, [&](Index& place) {
           place[axis] = order[place[axis]];
           return true;
         });
}

/// Small last axes hold coordinates or channels, which programs mix up.
std::optional<Relation> reordered(const std::vector<OutputPair>& pairs) {
  const std::size_t size = size_along(pairs[0], pairs[0].shape.size() - 1);
  if (size < 2 || size > 4) return std::nullopt;
  Index order(size);
  std::iota(order.begin(), order.end(), 0u);
  while (std::next_permutation(order.begin(), order.end())) {
    const auto holds = [&](const OutputPair& pair) { return is_in_order(pair, order); };
    if (!std::all_of(pairs.begin(), pairs.end(), holds)) continue;
    std::string words;
    for (const std::size_t from : order)
      words += (words.empty() ? "" : ", ") + std::to_string(from);
    return Relation{"columns_in_another_order",
                    "are the right ones with the columns in the order " + words};
  }
  return std::nullopt;
}

/// Whether an output is, in each case, the array of that name among others of the case.
bool is_in_each(const std::vector<OutputPair>& pairs, const std::string& name,
                const arrays::Arrays* OutputPair::*where) {
  return std::all_of(pairs.begin(), pairs.end(), [&](const OutputPair& pair) {
    const auto found = (pair.*where)->find(name);
    if (found == (pair.*where)->end() || pair.got.size() < 2) return false;
    if (shape_of(name, found->second, *(pair.*where)) != pair.shape) return false;
    std::vector<double> other = numbers_of(found->second);
    other.resize(pair.got.size());
    return pair.near(pair.got, other);
  });
}

/// An input of the same shape, or what another output should have been.
std::optional<Relation> something_else(const std::vector<OutputPair>& pairs) {
  for (const auto& [name, unused] : *pairs[0].inputs) {
    if (is_in_each(pairs, name, &OutputPair::inputs)) {
      return Relation{"input_" + name, "are those of the input \"" + name + "\""};
    }
  }
  for (const auto& [name, unused] : *pairs[0].expected) {
    if (name == pairs[0].name || name.rfind("own_", 0) == 0) continue;
    if (is_in_each(pairs, name, &OutputPair::expected)) {
      return Relation{"as_" + name, "are those that \"" + name + "\" should have"};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Relation> rearranged(const std::vector<OutputPair>& pairs) {
  if (auto found = something_else(pairs)) return found;
  const std::size_t rank = pairs[0].shape.size();
  const bool same_rank = std::all_of(pairs.begin(), pairs.end(), [&](const OutputPair& pair) {
    return pair.shape.size() == rank && pair.got.size() > 2;
  });
  if (rank == 0 || !same_rank) return std::nullopt;
  const auto in_all = [&](const auto& test) {
    return std::all_of(pairs.begin(), pairs.end(), test);
  };
  for (std::size_t axis = 0; axis < rank; ++axis) {
    if (in_all([&](const OutputPair& pair) { return is_reversed(pair, axis); })) {
      return Relation{
          fmt::format("reversed_along_axis_{}", axis),
          "are the right ones with the order of the " + pairs[0].axes[axis] + "s reversed"};
    }
    for (std::size_t other = axis + 1; other < rank; ++other) {
      if (in_all([&](const OutputPair& pair) { return is_swapped(pair, axis, other); })) {
        return Relation{fmt::format("axes_{}_and_{}_swapped", axis, other),
                        fmt::format("are the right ones with {}s and {}s exchanged",
                                    pairs[0].axes[axis], pairs[0].axes[other])};
      }
    }
    for (const int by : {1, -1, 2, -2}) {
      if (!in_all([&](const OutputPair& pair) { return is_pushed(pair, axis, by); })) continue;
      return Relation{fmt::format("moved_along_axis_{}", axis),
                      fmt::format("are the right ones moved by {} {}{} towards the {}",
                                  std::abs(by), pairs[0].axes[axis], std::abs(by) > 1 ? "s" : "",
                                  by > 0 ? "end" : "beginning")};
    }
  }
  return reordered(pairs);
}

}  // namespace pset3::judge
