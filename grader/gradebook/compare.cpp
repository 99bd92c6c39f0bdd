#include "grader/gradebook/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "grader/base/text.hpp"
#include "grader/gradebook/record.hpp"
#include "grader/report/document.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using nlohmann::json;
using report::CheckEntry;
using report::Document;

/// Points are sums of thirds: less than this is no difference.
constexpr double kSame = 1e-6;

constexpr const char* kNothingKnown = "nothing that is known: it may differ from run to run";

/// The keys of provenance.made_with, in a TA's words.
const std::vector<std::pair<const char*, const char*>> kMadeWith = {
    {"rubric", "rubric"},     {"fixtures", "fixtures"},
    {"judge", "judge"},       {"reference", "reference solution"},
    {"toolkit", "toolchain"}, {"inputs", "other hidden inputs or checks"},
    {"machine", "machine"}};

const json& provenance_of(const Document& document, const std::string& part) {
  static const json kNone = json::object();
  for (const report::PartEntry& entry : document.parts) {
    if (entry.part == part && entry.provenance.is_object()) return entry.provenance;
  }
  return kNone;
}

/// The part files that differ, by name.
std::vector<std::string> other_files(const json& before, const json& after) {
  std::vector<std::string> names;
  const json none = json::object();
  const json first = before.value("files", none);
  const json second = after.value("files", none);
  for (const json* one : {&first, &second}) {
    const json& other = one == &first ? second : first;
    for (const auto& [name, hash] : one->items()) {
      const bool is_other = other.value(name, json()) != hash;
      if (is_other && std::count(names.begin(), names.end(), name) == 0) names.push_back(name);
    }
  }
  return names;
}

/// What of that which both were made from is another; empty where nothing is.
std::vector<std::string> reasons(const json& before, const json& after) {
  const json none = json::object();
  const json first = before.value("made_with", none);
  const json second = after.value("made_with", none);
  if (first.empty() || second.empty()) {
    return {"not known: one of the two does not say what it was graded with"};
  }
  std::vector<std::string> because;
  for (const std::string& file : other_files(before, after))
    because.push_back("submission: " + file);
  for (const auto& [key, word] : kMadeWith) {
    if (first.value(key, "") != second.value(key, "")) because.emplace_back(word);
  }
  return because;
}

CheckChange::Side side_of(const CheckEntry& check) {
  return {check.verdict, check.points, check.max_points};
}

bool differ(const CheckChange::Side& a, const CheckChange::Side& b) {
  return a.verdict != b.verdict || std::abs(a.points - b.points) > kSame ||
         std::abs(a.max_points - b.max_points) > kSame;
}

std::string points_text(const CheckChange::Side& side) {
  return fmt::format("{} of {}, {}", report::points_text(side.points),
                     report::points_text(side.max_points), judge::name_of(side.verdict));
}

/// "35/35", or "nothing handed in".
std::string sum_text(double points, double max_points, const std::string& refused) {
  if (refused == kNothingHandedIn) return "nothing handed in";
  if (!refused.empty()) return "refused";
  return report::points_text(points) + "/" + report::points_text(max_points);
}

/// "29.17/35 -> 29.27/35 (+0.11)", or "15/35 as before".
std::string sums_text(const GradeChange& change) {
  const std::string before = sum_text(change.before, change.max_before, change.refused_before);
  const std::string after = sum_text(change.after, change.max_after, change.refused_after);
  if (before == after) return after + " as before";
  const bool are_graded = change.refused_before.empty() && change.refused_after.empty();
  if (!are_graded || std::abs(change.difference()) <= kSame) return before + " -> " + after;
  return fmt::format("{} -> {} ({}{})", before, after, change.difference() > 0.0 ? "+" : "",
                     report::points_text(change.difference()));
}

double share(double points, double max_points) {
  return max_points > 0.0 ? points / max_points : points;
}

double share_gained(const GradeChange& change) {
  return share(change.after, change.max_after) - share(change.before, change.max_before);
}

/// "1 has the same sum".
std::string have(std::size_t count, const char* what) {
  return fmt::format("{} {} {}", count, count == 1 ? "has" : "have", what);
}

/// "2 of 3 submissions differ: 1 fell, 0 rose, 1 has the same sum".
std::string summary_of(const Comparison& comparison) {
  std::size_t fell = 0;
  std::size_t rose = 0;
  std::size_t same = 0;
  for (const GradeChange& change : comparison.changes) {
    fell += change.fell() ? 1 : 0;
    rose += change.rose() ? 1 : 0;
    same += std::abs(change.difference()) <= kSame ? 1 : 0;
  }
  const std::size_t others = comparison.changes.size() - fell - rose - same;
  return fmt::format(" {} of {} differ: {} fell, {} rose, {}{}\n", comparison.changes.size(),
                     counted(comparison.compared, "submission"), fell, rose,
                     have(same, "the same sum"),
                     others == 0 ? "" : ", " + have(others, "the same share of another maximum"));
}

std::string line_of(const CheckChange& check) {
  const std::string before = check.before ? points_text(*check.before) : "not judged";
  const std::string after = check.after ? points_text(*check.after) : "not judged";
  std::string because;
  for (const std::string& reason : check.because) because += (because.empty() ? "" : "; ") + reason;
  return fmt::format("     {}: {} -> {}. Changed: {}\n", report::one_line(check.id), before, after,
                     report::one_line(because));
}

}  // namespace

bool GradeChange::fell() const { return difference() < -kSame && share_gained(*this) < -kSame; }

bool GradeChange::rose() const { return difference() > kSame && share_gained(*this) > kSame; }

std::optional<GradeChange> compare(const json& before, const json& after) {
  return compare(report::read_document(before), report::read_document(after));
}

std::optional<GradeChange> compare(const Document& first, const Document& second) {
  GradeChange change;
  change.name = second.submission;
  change.before = report::total(first.points());
  change.after = report::total(second.points());
  change.max_before = report::total(first.max_points());
  change.max_after = report::total(second.max_points());
  change.refused_before = first.refused;
  change.refused_after = second.refused;
  if (first.refused.empty() != second.refused.empty()) return change;
  std::map<std::string, CheckChange> checks;
  std::vector<std::string> order;
  for (const Document* document : {&first, &second}) {
    for (const CheckEntry& check : document->checks) {
      const auto [place, is_new] = checks.try_emplace(check.id);
      if (is_new) order.push_back(check.id);
      place->second.id = check.id;
      (document == &first ? place->second.before : place->second.after) = side_of(check);
    }
  }
  for (const report::PartEntry& part : second.parts) {
    const json& old = provenance_of(first, part.part);
    if (!other_files(old, provenance_of(second, part.part)).empty()) change.has_other_files = true;
  }
  for (const std::string& id : order) {
    CheckChange& check = checks.at(id);
    if (check.before && check.after && !differ(*check.before, *check.after)) continue;
    const std::string part = id.substr(0, id.find('.'));
    check.because = reasons(provenance_of(first, part), provenance_of(second, part));
    check.is_unexplained = check.because.empty();
    if (check.is_unexplained) check.because.emplace_back(kNothingKnown);
    change.checks.push_back(std::move(check));
  }
  const bool same = change.checks.empty() && std::abs(change.difference()) <= kSame &&
                    first.refused == second.refused;
  if (same) return std::nullopt;
  return change;
}

std::map<std::string, std::size_t> Comparison::reasons() const {
  std::map<std::string, std::size_t> counts;
  for (const GradeChange& change : changes) {
    std::set<std::string> of_this;
    for (const CheckChange& check : change.checks) {
      of_this.insert(check.because.begin(), check.because.end());
    }
    for (const std::string& reason : of_this) ++counts[reason];
  }
  return counts;
}

std::string to_text(const Comparison& comparison) {
  std::string text;
  for (const GradeChange& change : comparison.changes) {
    text += fmt::format(" {}  {}\n", report::one_line(change.name), sums_text(change));
    for (const CheckChange& check : change.checks) text += line_of(check);
  }
  for (const std::string& name : comparison.only_before) {
    text += fmt::format(" {}  only in the first\n", report::one_line(name));
  }
  for (const std::string& name : comparison.only_after) {
    text += fmt::format(" {}  only in the second\n", report::one_line(name));
  }
  text += summary_of(comparison);
  for (const auto& [reason, count] : comparison.reasons()) {
    text += fmt::format("   {}: {}\n", report::one_line(reason), counted(count, "submission"));
  }
  return text;
}

}  // namespace pset3::gradebook
