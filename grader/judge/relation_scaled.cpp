#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grader/judge/input_sizes.hpp"
#include "grader/judge/relations.hpp"

namespace pset3::judge {
namespace {

/// How well a factor must agree with a number that people write.
constexpr double kSameFactor = 5e-4;
/// Of larger ones too many are near.
constexpr double kLargestPlain = 64.0;

/// @returns c where `to` is c times `from` throughout, and `from` says something.
std::optional<double> factor_between(const OutputPair& pair, const std::vector<double>& from,
                                     const std::vector<double>& to) {
  double numerator = 0.0;
  double denominator = 0.0;
  double largest = 0.0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    numerator += from[i] * to[i];
    denominator += from[i] * from[i];
    largest = std::max(largest, std::abs(from[i]));
  }
  if (!(largest > 100.0 * pair.noise)) return std::nullopt;
  const double factor = numerator / denominator;
  if (std::abs(factor) < kSameFactor || std::abs(factor - 1.0) < kSameFactor) return std::nullopt;
  const double allowed = (std::abs(factor) + 1e-3) * pair.noise;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (!(std::abs(to[i] - factor * from[i]) <= allowed)) return std::nullopt;
  }
  return factor;
}

bool all_same(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [&](double value) {
    return std::abs(value - values[0]) <= kSameFactor * std::abs(values[0]);
  });
}

/// @returns the nearest number that people write, such as 3 or 2.5; 255 is one too.
std::optional<double> plain_number(double value) {
  for (const double candidate : {std::round(value), std::round(2.0 * value) / 2.0}) {
    const bool is_plain = std::abs(candidate) <= kLargestPlain || std::abs(candidate) == 255.0;
    if (candidate == 0.0 || !is_plain) continue;
    if (std::abs(value - candidate) <= kSameFactor * std::abs(candidate)) return candidate;
  }
  return std::nullopt;
}

/// What a factor is applied to, and how the factor -1 is said.
struct Subject {
  std::string slug;
  std::string words;
  Relation negated;
};

/// @returns "; 3 is the number of columns of "x"" where a number is such a size in each case.
std::string as_size(const std::vector<OutputPair>& pairs, double number) {
  const auto size = size_with(pairs, std::vector<double>(pairs.size(), number));
  if (!size || std::abs(number) < 3.0) return "";
  return fmt::format("; {:g} is {}", number, size->words);
}

/// A factor that is the same everywhere; of few numbers, a plain one.
std::optional<Relation> by_constant(const std::vector<OutputPair>& pairs, double factor,
                                    const Subject& subject) {
  const std::optional<double> times = plain_number(factor);
  if (times && *times == -1.0) return subject.negated;
  if (count_of(pairs) < 2) return std::nullopt;  // any two numbers have a factor
  if (times && std::abs(*times) > 1.0) {
    return Relation{fmt::format("{}times_{:g}", subject.slug, *times),
                    fmt::format("{} times {:g}{}", subject.words, *times, as_size(pairs, *times))};
  }
  if (const auto by = plain_number(1.0 / factor)) {
    return Relation{fmt::format("{}divided_by_{:g}", subject.slug, *by),
                    fmt::format("{} divided by {:g}{}", subject.words, *by, as_size(pairs, *by))};
  }
  if (count_of(pairs) < 4) return std::nullopt;
  return Relation{subject.slug + "times_a_constant",
                  fmt::format("{} times {:.4g}", subject.words, factor)};
}

/// Small numbers are the size of something in most cases, and mean nothing by it.
bool is_telling(const std::vector<double>& factors) {
  return !all_same(factors) || std::max(std::abs(factors[0]), std::abs(1.0 / factors[0])) > 4.0;
}

std::optional<Relation> by_factors(const std::vector<OutputPair>& pairs,
                                   const std::vector<double>& factors, const Subject& subject) {
  std::vector<double> inverse;
  for (const double factor : factors) inverse.push_back(1.0 / factor);
  if (is_telling(factors)) {
    if (const auto size = size_with(pairs, factors)) {
      return Relation{subject.slug + "times_" + size->slug,
                      fmt::format("{} times {} ({:g})", subject.words, size->words, factors[0])};
    }
    if (const auto size = size_with(pairs, inverse)) {
      return Relation{
          subject.slug + "divided_by_" + size->slug,
          fmt::format("{} divided by {} ({:g})", subject.words, size->words, inverse[0])};
    }
  }
  if (!all_same(factors)) return std::nullopt;
  return by_constant(pairs, factors[0], subject);
}

using Values = std::vector<double>;

Values difference(const Values& a, const Values& b) {
  Values result(a.size());
  std::transform(a.begin(), a.end(), b.begin(), result.begin(),
                 [](double x, double y) { return x - y; });
  return result;
}

std::optional<Relation> times(const std::vector<OutputPair>& pairs) {
  Values factors;
  for (const OutputPair& pair : pairs) {
    const auto factor = factor_between(pair, pair.right, pair.got);
    if (!factor) return std::nullopt;
    factors.push_back(*factor);
  }
  return by_factors(pairs, factors,
                    {"", "are the right ones", {"negated", "are the right ones, negated"}});
}

/// The input that an output is the new state of: weights before a step, for weights.
std::optional<Values> before(const OutputPair& pair) {
  const auto found = pair.inputs->find(pair.name);
  if (found == pair.inputs->end() || found->second.element_count() != pair.right.size())
    return std::nullopt;
  return numbers_of(found->second);
}

std::optional<Relation> change_times(const std::vector<OutputPair>& pairs) {
  Values factors;
  for (const OutputPair& pair : pairs) {
    const auto old = before(pair);
    if (!old) return std::nullopt;
    if (pair.near(pair.got, *old)) return std::nullopt;
    const auto factor =
        factor_between(pair, difference(pair.right, *old), difference(pair.got, *old));
    if (!factor) return std::nullopt;
    factors.push_back(*factor);
  }
  return by_factors(pairs, factors,
                    {"change_",
                     "change the input by the right amount",
                     {"change_negated", "change the input in the opposite direction"}});
}

std::optional<Relation> unchanged(const std::vector<OutputPair>& pairs) {
  const bool all = std::all_of(pairs.begin(), pairs.end(), [](const OutputPair& pair) {
    const auto old = before(pair);
    return old && pair.near(pair.got, *old);
  });
  if (!all) return std::nullopt;
  return Relation{"unchanged", "are the input's, unchanged"};
}

std::optional<Relation> shifted_by(const std::vector<OutputPair>& pairs) {
  Values offsets;
  for (const OutputPair& pair : pairs) {
    const double offset = pair.got[0] - pair.right[0];
    for (std::size_t i = 0; i < pair.got.size(); ++i) {
      if (!pair.near(pair.got[i] - pair.right[i], offset)) return std::nullopt;
    }
    offsets.push_back(offset);
  }
  if (offsets[0] == 0.0 || !all_same(offsets) || count_of(pairs) < 2) return std::nullopt;
  const auto plain = plain_number(offsets[0]);
  if (!plain && count_of(pairs) < 4) return std::nullopt;
  const double offset = plain ? *plain : offsets[0];
  return Relation{offset > 0.0 ? "too_large_by_a_constant" : "too_small_by_a_constant",
                  fmt::format("are the right ones {} {:.4g}", offset > 0.0 ? "plus" : "minus",
                              std::abs(offset))};
}

}  // namespace

std::optional<Relation> scaled(const std::vector<OutputPair>& pairs) {
  for (const auto& relation : {unchanged, times, change_times, shifted_by}) {
    if (auto found = relation(pairs)) return found;
  }
  return std::nullopt;
}

}  // namespace pset3::judge
