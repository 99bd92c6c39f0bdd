#include "grader/gradebook/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "grader/base/text.hpp"
#include "grader/gradebook/compare.hpp"

namespace pset3::gradebook {
namespace {

using judge::Verdict;

constexpr std::size_t kLeastForOutliers = 5;
constexpr std::size_t kLeastForDiscrimination = 3;

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// @param sorted  not empty
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantile(values, 0.5);
}

bool is_public(const report::CheckEntry& check) {
  return check.visibility == judge::Visibility::kPublic;
}

/// The checks of a question, or of all those of a part that look known by heart. What is blocked
/// says nothing.
struct Twins {
  std::vector<std::string> passed_public, failed_hidden;
  bool any_public_failed = false;
  bool any_hidden_passed = false;

  void add(const report::CheckEntry& check) {
    if (check.verdict == Verdict::kBlocked) return;
    const bool is_passed = check.verdict == Verdict::kPassed;
    any_public_failed |= is_public(check) && !is_passed;
    any_hidden_passed |= !is_public(check) && is_passed;
    if (is_public(check)) passed_public.push_back(check.id);
    if (!is_public(check)) failed_hidden.push_back(check.id);
  }
  void add(const Twins& other) {
    passed_public.insert(passed_public.end(), other.passed_public.begin(),
                         other.passed_public.end());
    failed_hidden.insert(failed_hidden.end(), other.failed_hidden.begin(),
                         other.failed_hidden.end());
  }
  bool has_both() const {
    return (any_public_failed || !passed_public.empty()) && !failed_hidden.empty();
  }
  bool looks_known() const {
    return !any_public_failed && !any_hidden_passed && !passed_public.empty() &&
           !failed_hidden.empty();
  }
};

/// The questions of a part that look known by heart, together: at least two of them, since one bug
/// may show in the hidden checks of one question alone; or the part's only one.
Twins twins_of(const report::Document& document, const std::string& part) {
  std::map<std::string, Twins> questions;
  for (const report::CheckEntry& check : document.checks) {
    if (check.part == part) questions[judge::question_of(check.id)].add(check);
  }
  Twins all;
  int with_both = 0;
  int known = 0;
  for (const auto& [question, twins] : questions) {
    with_both += twins.has_both() ? 1 : 0;
    if (!twins.looks_known()) continue;
    ++known;
    all.add(twins);
  }
  return known >= 2 || known == with_both ? all : Twins{};
}

std::string listed(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::pair<std::string, double>> unusual(
    const std::vector<std::pair<std::string, double>>& named) {
  std::vector<double> values, distances;
  for (const auto& [name, value] : named) values.push_back(value);
  const double middle = median_of(values);
  for (const double value : values) distances.push_back(std::abs(value - middle));
  const double spread = median_of(distances);
  std::vector<std::pair<std::string, double>> found;
  for (const auto& [name, value] : named) {
    if (value > 2.0 * middle && value > middle + 5.0 * spread) found.emplace_back(name, value);
  }
  return found;
}

}  // namespace

std::vector<Flag> memorised_answers(const report::Document& document) {
  std::vector<Flag> flags;
  for (const report::PartEntry& part : document.parts) {
    const Twins twins = twins_of(document, part.part);
    if (!twins.looks_known()) continue;
    flags.push_back(
        {"memorised",
         fmt::format(
             "{}: passes the public {} and fails the hidden {}: look whether it computes its "
             "answers or knows the public inputs",
             part.part, listed(twins.passed_public), listed(twins.failed_hidden))});
  }
  return flags;
}

std::optional<double> discrimination(const std::vector<bool>& passed,
                                     const std::vector<double>& rest) {
  if (passed.size() < kLeastForDiscrimination) return std::nullopt;
  std::vector<double> ones;
  for (const bool one : passed) ones.push_back(one ? 1.0 : 0.0);
  const double mean_passed = mean_of(ones), mean_rest = mean_of(rest);
  double both = 0.0, first = 0.0, second = 0.0;
  for (std::size_t i = 0; i < ones.size(); ++i) {
    both += (ones[i] - mean_passed) * (rest[i] - mean_rest);
    first += (ones[i] - mean_passed) * (ones[i] - mean_passed);
    second += (rest[i] - mean_rest) * (rest[i] - mean_rest);
  }
  if (first <= 0.0 || second <= 1e-12) return std::nullopt;
  return both / std::sqrt(first * second);
}

Distribution distribution_of(std::vector<double> values, double maximum) {
  Distribution result;
  result.count = values.size();
  result.tenths.assign(10, 0);
  if (values.empty()) return result;
  std::sort(values.begin(), values.end());
  result.mean = mean_of(values);
  double squares = 0.0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  if (values.size() > 1) {
    result.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
  }
  result.low = values.front();
  result.quarter = quantile(values, 0.25);
  result.median = quantile(values, 0.5);
  result.three_quarters = quantile(values, 0.75);
  result.high = values.back();
  for (const double value : values) {
    const double share = maximum > 0.0 ? value / maximum : 0.0;
    ++result
          .tenths[static_cast<std::size_t>(std::clamp(std::floor(share * 10.0 + 1e-9), 0.0, 9.0))];
  }
  return result;
}

Cost cost_of(const report::Document& document) {
  Cost cost{document.submission};
  std::map<std::string, double> cases;  // several checks judge the same case
  for (const report::CheckEntry& check : document.checks) {
    for (const judge::CaseFinding& finding : check.cases) {
      cases[check.part + "/" + finding.case_id] = finding.wall_ms;
      cost.peak_mib = std::max(cost.peak_mib, finding.peak_mib);
    }
  }
  for (const auto& [name, wall_ms] : cases) cost.wall_ms += wall_ms;
  return cost;
}

std::vector<std::pair<std::string, Flag>> unusual_costs(const std::vector<Cost>& costs) {
  std::vector<std::pair<std::string, Flag>> flags;
  if (costs.size() < kLeastForOutliers) return flags;
  std::vector<std::pair<std::string, double>> times, sizes;
  for (const Cost& cost : costs) {
    times.emplace_back(cost.name, cost.wall_ms / 1000.0);
    sizes.emplace_back(cost.name, cost.peak_mib);
  }
  const auto add = [&](const auto& named, const char* kind, const char* unit) {
    std::vector<double> values;
    for (const auto& [name, value] : named) values.push_back(value);
    for (const auto& [name, value] : unusual(named)) {
      flags.push_back(
          {name,
           {kind, fmt::format("needs {:.1f} {}; half of the class needs at most {:.1f} {}", value,
                              unit, median_of(values), unit)}});
    }
  };
  add(times, "slow", "s");
  add(sizes, "memory", "MiB");
  return flags;
}

std::vector<Wavering> wavering_checks(const report::Document& first,
                                      const report::Document& second) {
  std::vector<Wavering> found;
  const std::optional<GradeChange> change = compare(first, second);
  if (!change) return found;
  for (const CheckChange& check : change->checks) {
    if (!check.is_unexplained || !check.before || !check.after) continue;
    if (check.before->verdict == check.after->verdict) continue;
    found.push_back({first.submission, check.id, std::string(judge::name_of(check.before->verdict)),
                     std::string(judge::name_of(check.after->verdict))});
  }
  return found;
}

}  // namespace pset3::gradebook
