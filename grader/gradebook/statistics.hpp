#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/report/document.hpp"

namespace pset3::gradebook {

/// Something about a submission that a person should look at; never a verdict of its own.
struct Flag {
  std::string kind;  ///< "memorised", "slow", "memory"
  std::string text;  ///< with the evidence
};

/// A submission that passes every public check of a question and fails every hidden one, in two
/// questions of a part or in all that have both: it may know the public inputs and not solve the
/// task. Blocked checks do not count.
std::vector<Flag> memorised_answers(const report::Document& document);

/// How well a check tells strong submissions from weak ones: the correlation of passing it with the
/// score on everything else (point-biserial).
/// @param passed, rest  one entry a submission. @returns nothing where all passed, nobody did, or
/// all have the same rest
std::optional<double> discrimination(const std::vector<bool>& passed,
                                     const std::vector<double>& rest);

/// Five numbers of a distribution, by linear interpolation between the sorted values.
struct Distribution {
  std::size_t count = 0;
  double mean = 0.0;
  double deviation = 0.0;  ///< of the sample
  double low = 0.0, quarter = 0.0, median = 0.0, three_quarters = 0.0, high = 0.0;
  std::vector<std::size_t>
      tenths;  ///< how many have 0 to 10 %, … of the maximum; 100 % is in the last
};
/// @param values  may be empty. @param maximum  what a tenth is a tenth of
Distribution distribution_of(std::vector<double> values, double maximum);

/// What one submission needed.
struct Cost {
  std::string name;
  double wall_ms = 0.0;   ///< of all of its cases
  double peak_mib = 0.0;  ///< of its largest case
};
Cost cost_of(const report::Document& document);

/// Those that need far more than the others: more than twice the median and more than five times
/// the median distance from it above it. Nobody in a class of fewer than five.
std::vector<std::pair<std::string, Flag>> unusual_costs(const std::vector<Cost>& costs);

/// A check whose verdict differs between two gradings although nothing that is known changed:
/// files, rubric, judge, toolchain, inputs, machine.
struct Wavering {
  std::string submission;
  std::string check;
  std::string first, second;  ///< verdicts
};
std::vector<Wavering> wavering_checks(const report::Document& first,
                                      const report::Document& second);

}  // namespace pset3::gradebook
