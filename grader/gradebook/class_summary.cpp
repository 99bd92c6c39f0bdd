#include "grader/gradebook/class_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "grader/base/error.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using judge::Verdict;
using nlohmann::json;

/// In the order of the enumeration: Half, Unbuilt, Memory and Our fault take the letters that are
/// left.
constexpr std::string_view kLetters = "phfnbtmcuixo";
static_assert(kLetters.size() == kVerdicts);
static_assert(static_cast<std::size_t>(Verdict::kGraderError) + 1 == kVerdicts);

constexpr std::size_t kNameBytes = 200;

json verdict_counts(const std::array<std::size_t, kVerdicts>& counts) {
  json object = json::object();
  for (std::size_t i = 0; i < kVerdicts; ++i) {
    if (counts[i] > 0) {
      object[std::string(judge::name_of(static_cast<Verdict>(i)))] = counts[i];
    }
  }
  return object;
}

/// @returns the number of a word in a list, where it is put when it is new.
std::uint32_t index_of(std::vector<std::string>& words, const std::string& word) {
  const auto found = std::find(words.begin(), words.end(), word);
  const auto index = static_cast<std::uint32_t>(found - words.begin());
  if (found == words.end()) words.push_back(word);
  return index;
}

}  // namespace

char letter_of(Verdict verdict) { return kLetters[static_cast<std::size_t>(verdict)]; }

Verdict verdict_of(char letter) {
  const std::size_t index = kLetters.find(letter);
  if (index == std::string_view::npos) {
    throw InputError(fmt::format("class.json: a strip may have the letters {} and -, found {}",
                                 kLetters, report::one_line(std::string(1, letter))));
  }
  return static_cast<Verdict>(index);
}

ClassSummary::ClassSummary(const json& run)
    : run_(run.is_object() ? report::clean(run) : json::object()) {}

void ClassSummary::add(const json& results, std::string_view results_path, const json& hand_in) {
  add(report::read_document(results), results_path, hand_in);
}

void ClassSummary::add(const report::Document& document, std::string_view results_path,
                       const json& hand_in) {
  Row row;
  row.name = report::one_line(document.submission, kNameBytes);
  row.results = report::one_line(results_path, 1000);
  row.refused = report::one_line(document.refused, kNameBytes);
  row.score = document.points();
  row.max = document.max_points();
  row.extra = document.extra_points();
  row.grader_error = document.our_fault.count > 0;
  for (const report::PartEntry& part : document.parts) add_part(document, part, row);
  for (std::size_t i = 0; i < document.checks.size(); ++i) add_check(document.checks[i], i, row);
  row.letters.shrink_to_fit();
  row.points.shrink_to_fit();
  row.flags = memorised_answers(document);
  for (const char* key : {"called", "disguised", "late", "at", "students", "attempts"}) {
    if (hand_in.is_object() && hand_in.contains(key))
      row.hand_in[key] = report::clean(hand_in[key]);
  }
  rows_.push_back(std::move(row));
}

void ClassSummary::add_part(const report::Document& document, const report::PartEntry& part,
                            Row& row) {
  double extra = 0.0;
  for (const report::CheckEntry& check : document.checks) {
    if (check.part == part.part && check.extra) extra += check.points;
  }
  row.parts.push_back(
      {index_of(part_names_, part.part), part.points, part.max_points, report::total(extra)});
}

void ClassSummary::add_check(const report::CheckEntry& check, std::size_t place, Row& row) {
  const auto [found, is_new] =
      check_indices_.try_emplace(check.id, static_cast<std::uint32_t>(checks_.size()));
  if (is_new) checks_.push_back({check.part, check.id, check.title, place, 0.0, 0.0, {}});
  CheckCounts& counts = checks_[found->second];
  // A run of some checks only sees them earlier in its list than a run of all.
  counts.place = std::max(counts.place, place);
  counts.max_points = std::max(counts.max_points, check.max_points);
  counts.points += check.points;
  ++counts.verdicts[static_cast<std::size_t>(check.verdict)];
  if (row.letters.size() <= found->second) row.letters.resize(found->second + 1, '-');
  row.letters[found->second] = letter_of(check.verdict);
  row.points.resize(row.letters.size(), 0.0F);
  row.points[found->second] = static_cast<float>(check.points);
  add_mistakes(check, row);
}

void ClassSummary::add_mistakes(const report::CheckEntry& check, Row& row) {
  // Mistakes that cannot be told apart are no diagnosis that a statistic should count.
  if (check.mistakes.size() != 1) return;
  const std::string& name = check.mistakes[0].mistake;
  const auto [found, is_new] =
      mistake_indices_.try_emplace(name, static_cast<std::uint32_t>(mistake_names_.size()));
  if (is_new) mistake_names_.push_back(name);
  if (std::find(row.mistakes.begin(), row.mistakes.end(), found->second) == row.mistakes.end()) {
    row.mistakes.push_back(found->second);
  }
}

std::optional<double> ClassSummary::discrimination_of(std::size_t check) const {
  std::vector<bool> passed;
  std::vector<double> rest;
  for (const Row& row : rows_) {
    const char letter = check < row.letters.size() ? row.letters[check] : '-';
    if (letter == '-' || letter == letter_of(Verdict::kGraderError)) continue;
    passed.push_back(letter == letter_of(Verdict::kPassed));
    rest.push_back(row.score - static_cast<double>(row.points[check]));
  }
  // Rounded, so that the order in which submissions were added leaves no trace.
  const std::optional<double> value = discrimination(passed, rest);
  return value ? std::optional(report::total(*value)) : value;
}

std::vector<std::size_t> ClassSummary::checks_in_order() const {
  std::vector<std::size_t> order(checks_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [this](std::size_t i) {
    return std::tie(checks_[i].part, checks_[i].place, checks_[i].id);
  };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order;
}

std::vector<const ClassSummary::Row*> ClassSummary::rows_in_order() const {
  std::vector<const Row*> rows;
  rows.reserve(rows_.size());
  for (const Row& row : rows_) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(), [](const Row* a, const Row* b) {
    return std::tie(a->name, a->results) < std::tie(b->name, b->results);
  });
  return rows;
}

json ClassSummary::submission_json(const Row& row, const std::vector<std::size_t>& order) const {
  std::string strip;
  std::array<std::size_t, kVerdicts> counts{};
  for (const std::size_t check : order) {
    strip += check < row.letters.size() ? row.letters[check] : '-';
    if (strip.back() != '-') ++counts[kLetters.find(strip.back())];
  }
  json parts = json::array();
  for (const PartPoints& part : row.parts) {
    parts.push_back({{"part", part_names_[part.part]},
                     {"points", part.points},
                     {"max_points", part.max_points}});
    if (part.extra > 0.0) parts.back()["extra"] = part.extra;
  }
  std::vector<std::string> mistakes;
  for (const std::uint32_t mistake : row.mistakes) mistakes.push_back(mistake_names_[mistake]);
  std::sort(mistakes.begin(), mistakes.end());
  json submission = {{"name", row.name},
                     {"score", row.score},
                     {"max", row.max},
                     {"parts", std::move(parts)},
                     {"verdicts", verdict_counts(counts)},
                     {"strip", strip},
                     {"mistakes", mistakes},
                     {"grader_error", row.grader_error},
                     {"results", row.results}};
  if (row.extra > 0.0) submission["extra"] = row.extra;
  if (!row.refused.empty()) submission["refused"] = row.refused;
  for (const Flag& flag : row.flags) {
    submission["flags"].push_back({{"kind", flag.kind}, {"text", flag.text}});
  }
  if (!row.hand_in.is_null()) submission["hand_in"] = row.hand_in;
  return submission;
}

json ClassSummary::checks_json(const std::vector<std::size_t>& order) const {
  json list = json::array();
  for (const std::size_t index : order) {
    const CheckCounts& check = checks_[index];
    std::size_t judged = 0;
    for (const std::size_t count : check.verdicts) judged += count;
    judged -= check.verdicts[static_cast<std::size_t>(Verdict::kGraderError)];
    const auto passed = static_cast<double>(check.verdicts[0]);
    const auto number = static_cast<double>(judged);
    const std::optional<double> tells_apart = discrimination_of(index);
    list.push_back(
        {{"id", check.id},
         {"part", check.part},
         {"title", check.title},
         {"max_points", check.max_points},
         {"judged", judged},
         {"pass_rate", judged == 0 ? json() : json(passed / number)},
         {"mean_points", judged == 0 ? json() : json(report::total(check.points / number))},
         {"discrimination", tells_apart ? json(*tells_apart) : json()},
         {"verdicts", verdict_counts(check.verdicts)}});
  }
  return list;
}

json ClassSummary::mistakes_json(const std::vector<const Row*>& rows) const {
  std::vector<std::vector<std::string>> made_by(mistake_names_.size());
  for (const Row* row : rows) {
    for (const std::uint32_t mistake : row->mistakes) made_by[mistake].push_back(row->name);
  }
  std::vector<std::size_t> order(mistake_names_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (made_by[a].size() != made_by[b].size()) return made_by[a].size() > made_by[b].size();
    return mistake_names_[a] < mistake_names_[b];
  });
  json list = json::array();
  for (const std::size_t i : order) {
    list.push_back(
        {{"name", mistake_names_[i]}, {"count", made_by[i].size()}, {"submissions", made_by[i]}});
  }
  return list;
}

json ClassSummary::finish() const {
  const std::vector<std::size_t> order = checks_in_order();
  const std::vector<const Row*> rows = rows_in_order();
  json submissions = json::array();
  for (const Row* row : rows) submissions.push_back(submission_json(*row, order));
  return {{"schema", "pset3-class"},
          {"version", 3},
          {"run", run_},
          {"submissions", std::move(submissions)},
          {"checks", checks_json(order)},
          {"mistakes", mistakes_json(rows)}};
}

}  // namespace pset3::gradebook
