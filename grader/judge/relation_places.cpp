#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "grader/judge/relations.hpp"

namespace pset3::judge {
namespace {

/// A set of places in an array: the last column, where the right number is negative.
struct Places {
  std::string slug;
  std::string words;
  std::function<bool(const OutputPair&, std::size_t)> has;
  bool is_rest = false;  ///< all but a few places: it may be large
};

/// At least this share of a set must be wrong, and the set must be no larger part of the array, so
/// that no other reason is likely.
constexpr double kShare = 0.3;
constexpr double kLargestPart = 0.6;
constexpr double kShareOfRest = 0.6;  ///< for a set that is all but a few places

bool is_wrong(const OutputPair& pair, std::size_t i) {
  return !pair.near(pair.got[i], pair.right[i]);
}

bool at_index(const OutputPair& pair, std::size_t i, std::size_t axis, std::int64_t index) {
  std::size_t stride = 1;
  for (std::size_t later = axis + 1; later < pair.shape.size(); ++later)
    stride *= static_cast<std::size_t>(pair.shape[later]);
  return static_cast<std::int64_t>(i / stride) % pair.shape[axis] == index;
}

/// All wrong numbers are in the set, and a good part of the set is wrong, in each case.
bool are_wrong_alone(const OutputPair& pair, const Places& places) {
  std::size_t members = 0;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < pair.got.size(); ++i) {
    const bool has = places.has(pair, i);
    members += has;
    if (!is_wrong(pair, i)) continue;
    if (!has) return false;
    ++wrong;
  }
  const auto part = static_cast<double>(members) / static_cast<double>(pair.got.size());
  const auto share =
      static_cast<double>(wrong) / static_cast<double>(std::max<std::size_t>(members, 1));
  if (wrong == 0 || members == pair.got.size()) return false;
  return places.is_rest ? share >= kShareOfRest : share >= kShare && part <= kLargestPart;
}

bool is_first(const OutputPair& pair, std::size_t i, std::size_t axis) {
  return pair.shape[axis] > 2 && at_index(pair, i, axis, 0);
}

bool is_last(const OutputPair& pair, std::size_t i, std::size_t axis) {
  return pair.shape[axis] > 2 && at_index(pair, i, axis, pair.shape[axis] - 1);
}

void add_ends(std::size_t axis, const std::string& word, std::vector<Places>& all) {
  all.push_back({"wrong_in_the_first_" + word, "are wrong only in the first " + word,
                 [=](const OutputPair& pair, std::size_t i) { return is_first(pair, i, axis); }});
  all.push_back({"wrong_in_the_last_" + word, "are wrong only in the last " + word,
                 [=](const OutputPair& pair, std::size_t i) { return is_last(pair, i, axis); }});
  all.push_back({"wrong_in_the_outer_" + word + "s",
                 fmt::format("are wrong only in the first and the last {}", word),
                 [=](const OutputPair& pair, std::size_t i) {
                   return is_first(pair, i, axis) || is_last(pair, i, axis);
                 }});
}

/// The first one is done for all.
void add_all_but_first(std::size_t axis, const std::string& word, std::vector<Places>& all) {
  // A first column is often right by chance: images that move sideways stand still there.
  if (word == "column") return;
  all.push_back({"wrong_after_the_first_" + word, "are wrong only after the first " + word,
                 [=](const OutputPair& pair, std::size_t i) {
                   return pair.shape[axis] > 1 && !at_index(pair, i, axis, 0);
                 },
                 true});
}

bool is_at_border(const OutputPair& pair, std::size_t i) {
  for (std::size_t axis = 0; axis < pair.axes.size(); ++axis) {
    const bool is_of_image = pair.axes[axis] == "row" || pair.axes[axis] == "column";
    if (is_of_image && (is_first(pair, i, axis) || is_last(pair, i, axis))) return true;
  }
  return false;
}

std::vector<Places> places_of(const OutputPair& first) {
  std::vector<Places> all;
  for (std::size_t axis = 0; axis < first.axes.size(); ++axis) {
    add_ends(axis, first.axes[axis], all);
  }
  all.push_back(
      {"wrong_at_the_border", "are wrong only in the outermost rows and columns", is_at_border});
  const auto right = [](auto test) {
    return
        [test](const OutputPair& pair, std::size_t i) { return test(pair.right[i], pair.noise); };
  };
  all.push_back({"wrong_where_negative", "are wrong only where the right number is negative",
                 right([](double x, double noise) { return x < -noise; })});
  all.push_back({"wrong_where_positive", "are wrong only where the right number is positive",
                 right([](double x, double noise) { return x > noise; })});
  all.push_back({"wrong_where_zero", "are wrong only where the right number is 0",
                 right([](double x, double noise) { return std::abs(x) <= noise; })});
  for (std::size_t axis = 0; axis < first.axes.size(); ++axis) {
    add_all_but_first(axis, first.axes[axis], all);
  }
  return all;
}

}  // namespace

std::optional<Relation> wrong_in_places(const std::vector<OutputPair>& pairs) {
  const std::size_t rank = pairs[0].shape.size();
  std::size_t count = 0;
  for (const OutputPair& pair : pairs) {
    if (pair.shape.size() != rank || pair.got.size() < 4) return std::nullopt;
    for (std::size_t i = 0; i < pair.got.size(); ++i) count += is_wrong(pair, i);
  }
  if (count < 2) return std::nullopt;
  for (const Places& places : places_of(pairs[0])) {
    const auto in_it = [&](const OutputPair& pair) { return are_wrong_alone(pair, places); };
    if (!std::all_of(pairs.begin(), pairs.end(), in_it)) continue;
    return Relation{places.slug, places.words};
  }
  return std::nullopt;
}

}  // namespace pset3::judge
