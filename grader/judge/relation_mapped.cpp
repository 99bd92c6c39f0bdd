#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "grader/judge/relations.hpp"

namespace pset3::judge {
namespace {

/// A function of one number that programs forget, or apply once too often.
struct Map {
  const char* slug;
  const char* words;
  double (*of)(double);
};

/// What was applied to the right numbers: got = f(right).
constexpr std::array<Map, 13> kToRight = {{
    {"without_sign", "are the right ones without their sign", [](double x) { return std::abs(x); }},
    {"never_positive", "are the right ones with all signs made negative",
     [](double x) { return -std::abs(x); }},
    {"negative_ones_zero", "are the right ones, with 0 in place of the negative ones",
     [](double x) { return std::max(x, 0.0); }},
    {"positive_ones_zero", "are the right ones, with 0 in place of the positive ones",
     [](double x) { return std::min(x, 0.0); }},
    {"squared", "are the squares of the right ones", [](double x) { return x * x; }},
    {"square_root", "are the square roots of the right ones",
     [](double x) { return std::sqrt(x); }},
    {"rounded", "are the right ones, rounded", [](double x) { return std::round(x); }},
    {"cut_off", "are the right ones without what follows the decimal point",
     [](double x) { return std::trunc(x); }},
    {"clamped_to_one", "are the right ones, limited to 0 to 1",
     [](double x) { return std::clamp(x, 0.0, 1.0); }},
    {"one_minus", "are 1 minus the right ones", [](double x) { return 1.0 - x; }},
    {"inverse", "are 1 divided by the right ones", [](double x) { return 1.0 / x; }},
    {"exponential", "are the exponentials of the right ones", [](double x) { return std::exp(x); }},
    {"logarithm", "are the logarithms of the right ones", [](double x) { return std::log(x); }},
}};

/// What is missing: right = f(got).
constexpr std::array<Map, 5> kToGot = {{
    {"some_signs_wrong", "are right but for their signs", [](double x) { return std::abs(x); }},
    {"not_limited_below",
     "are the right ones where these are not 0, and negative where they should be 0",
     [](double x) { return std::max(x, 0.0); }},
    {"not_clamped", "are the right ones, not limited to 0 to 1",
     [](double x) { return std::clamp(x, 0.0, 1.0); }},
    {"not_rounded", "are the right ones before rounding", [](double x) { return std::round(x); }},
    {"not_cut_off", "are the right ones with what follows the decimal point",
     [](double x) { return std::trunc(x); }},
}};

using Values = std::vector<double>;

bool is_image_of(const OutputPair& pair, const Values& from, const Values& to, const Map& map) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (!pair.is_made(map.of(from[i]), to[i])) return false;
  }
  return true;
}

bool says_something(const OutputPair& pair) { return pair.largest() > 0.0; }

/// Right but for the signs, and not all of them alike.
bool signs_differ(const OutputPair& pair) {
  for (std::size_t i = 0; i < pair.got.size(); ++i) {
    if (!pair.near(std::abs(pair.got[i]), std::abs(pair.right[i]))) return false;
  }
  return true;
}

/// Equal for numbers of their own size: beside a derivative of 1e12 all others are near 0, and they
/// are not all 0.
bool same_number(const OutputPair& pair, double a, double b) {
  constexpr double kNothing = 1e-12;
  return pair.near(a, b) &&
         std::abs(a - b) <= pair.relative * std::max(std::abs(a), std::abs(b)) + kNothing;
}

bool all_alike(const OutputPair& pair) {
  return std::all_of(pair.got.begin(), pair.got.end(),
                     [&](double value) { return same_number(pair, value, pair.got[0]); });
}

/// The same number everywhere, or the same within each case.
std::optional<Relation> alike(const std::vector<OutputPair>& pairs) {
  const double first = pairs[0].got[0];
  const bool in_each = std::all_of(pairs.begin(), pairs.end(), all_alike);
  const bool in_all = std::all_of(pairs.begin(), pairs.end(), [&](const OutputPair& pair) {
    return same_number(pair, pair.got[0], first);
  });
  if (in_each && in_all && same_number(pairs[0], first, 0.0))
    return Relation{"all_zero", "are all 0"};
  if (count_of(pairs) < 3) return std::nullopt;
  if (in_each && in_all) return Relation{"all_alike", fmt::format("are all {:.4g}", first)};
  const bool are_arrays = std::all_of(pairs.begin(), pairs.end(),
                                      [](const OutputPair& pair) { return pair.got.size() > 2; });
  if (in_each && are_arrays) return Relation{"all_alike", "are all the same"};
  return std::nullopt;
}

}  // namespace

std::optional<Relation> mapped(const std::vector<OutputPair>& pairs) {
  const auto in_all = [&](const auto& test) {
    return std::all_of(pairs.begin(), pairs.end(), test);
  };
  if (!in_all(says_something)) return std::nullopt;
  if (auto found = alike(pairs)) return found;
  if (count_of(pairs) < 3) return std::nullopt;
  for (const Map& map : kToRight) {
    if (in_all(
            [&](const OutputPair& pair) { return is_image_of(pair, pair.right, pair.got, map); })) {
      return Relation{map.slug, map.words};
    }
  }
  for (const Map& map : kToGot) {
    if (in_all(
            [&](const OutputPair& pair) { return is_image_of(pair, pair.got, pair.right, map); })) {
      return Relation{map.slug, map.words};
    }
  }
  if (in_all(signs_differ))
    return Relation{"some_signs_wrong", "are right but for some of their signs"};
  return std::nullopt;
}

}  // namespace pset3::judge
