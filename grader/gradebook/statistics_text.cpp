#include "grader/gradebook/statistics_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grader/base/text.hpp"
#include "grader/gradebook/class_summary.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/page.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using nlohmann::json;
using report::Ink;
using report::Page;

constexpr int kBar = 30;
constexpr std::size_t kMistakesShown = 15;

/// Parts decide by program and draw; the rest of a document is not needed to compare two runs.
std::map<std::string, report::Document> documents_of(const FinishedRun* run) {
  std::map<std::string, report::Document> documents;
  if (run == nullptr) return documents;
  run->for_each_row([&](const RunRow& row) { documents.emplace(row.name, row.document); });
  return documents;
}

std::string in_quotes(const json& check) {
  return check.at("id").get<std::string>() + "  " + check.at("title").get<std::string>();
}

std::string percent(const json& share) {
  return share.is_null() ? "-" : fmt::format("{:.0f} %", share.get<double>() * 100.0);
}

void put_scores(Page& page, const RunStatistics& all) {
  const Distribution& scores = all.scores;
  page.line({{fmt::format(" {} graded, of {} points{}", counted(scores.count, "submission"),
                          report::points_text(all.maximum),
                          all.has_extra ? ", without extra credit" : ""),
              Ink::kBold}});
  page.paragraph(
      1, {"", Ink::kPlain}, 0,
      {fmt::format("mean {:.2f}, deviation {:.2f}; lowest {:.2f}, quarter {:.2f}, median {:.2f}, "
                   "three quarters {:.2f}, highest {:.2f}",
                   scores.mean, scores.deviation, scores.low, scores.quarter, scores.median,
                   scores.three_quarters, scores.high),
       Ink::kPlain});
  page.blank();
  const std::size_t most = *std::max_element(scores.tenths.begin(), scores.tenths.end());
  for (std::size_t i = 0; i < scores.tenths.size(); ++i) {
    const auto length = most == 0 ? 0 : scores.tenths[i] * kBar / most;
    page.line({{fmt::format(" {:3} to {:3} %  {:4}  ", i * 10, i * 10 + 10, scores.tenths[i])},
               {std::string(length, '#'), Ink::kGood}});
  }
}

void put_checks(Page& page, const json& checks) {
  page.blank();
  page.line({{" passed  tells apart  check", Ink::kBold}});
  for (const json& check : checks) {
    const json& value = check.at("discrimination");
    const std::string tells = value.is_null() ? "-" : fmt::format("{:.2f}", value.get<double>());
    const bool is_odd = !value.is_null() && value.get<double>() < 0.0;
    page.line({{fmt::format(" {:>6}  {:>11}  ", percent(check.at("pass_rate")), tells),
                is_odd ? Ink::kBad : Ink::kPlain},
               {report::one_line(in_quotes(check))}});
  }
  page.paragraph(
      1, {"", Ink::kPlain}, 0,
      {"\"tells apart\" is the correlation of passing the check with the score on all the "
       "others, from -1 to 1. Below 0 strong submissions fail it more often than weak ones: "
       "look at the check.",
       Ink::kFaint});
}

void put_mistakes(Page& page, const json& mistakes) {
  if (mistakes.empty()) return;
  page.blank();
  page.line({{" Most frequent mistakes", Ink::kBold}});
  for (std::size_t i = 0; i < std::min(mistakes.size(), kMistakesShown); ++i) {
    page.line({{fmt::format(
        " {:>6}  {}", mistakes[i].at("count").get<std::size_t>(),
        report::mistake_words(report::one_line(mistakes[i].at("name").get<std::string>())))}});
  }
}

void put_flags(Page& page, const RunStatistics& all) {
  page.blank();
  page.line({{all.flags.empty() ? " Nothing unusual" : " Look at", Ink::kBold}});
  for (const auto& [name, flag] : all.flags) {
    page.paragraph(
        1, {"", Ink::kPlain}, 0,
        {report::one_line(name) + ": " + report::one_line(flag.text, report::kBlockBytes),
         Ink::kHalf});
  }
  if (!all.was_compared) return;
  page.blank();
  page.line({{all.wavering.empty() ? " No verdict differs between the two runs"
                                   : " Verdicts that differ between the two runs of the same files",
              Ink::kBold}});
  for (const Wavering& one : all.wavering) {
    page.line({{fmt::format(" {}: {} was {}, then {}", report::one_line(one.submission), one.check,
                            one.first, one.second),
                Ink::kBad}});
  }
}

}  // namespace

RunStatistics statistics_of(const FinishedRun& run, const FinishedRun* again) {
  RunStatistics all;
  const std::map<std::string, report::Document> others = documents_of(again);
  all.was_compared = again != nullptr;
  ClassSummary summary(run.class_json().at("run"));
  std::vector<double> scores;
  std::vector<Cost> costs;
  run.for_each_row([&](const RunRow& row) {
    summary.add(row.document, row.name + "/results.json");
    if (!row.document.refused.empty()) return;
    scores.push_back(report::total(row.document.points() - row.document.extra_points()));
    all.has_extra |= row.document.extra_points() > 0.0;
    all.maximum = std::max(all.maximum, row.document.max_points());
    costs.push_back(cost_of(row.document));
    costs.back().name = row.name;
    for (const Flag& flag : memorised_answers(row.document)) all.flags.emplace_back(row.name, flag);
    const auto other = others.find(row.name);
    if (other == others.end()) return;
    for (Wavering& one : wavering_checks(row.document, other->second)) {
      one.submission = row.name;
      all.wavering.push_back(one);
    }
  });
  for (auto& flag : unusual_costs(costs)) all.flags.push_back(std::move(flag));
  all.scores = distribution_of(scores, all.maximum);
  all.class_json = summary.finish();
  return all;
}

json to_json(const RunStatistics& all) {
  const Distribution& scores = all.scores;
  json document = {{"schema", "pset3-statistics"},
                   {"version", 1},
                   {"scores",
                    {{"count", scores.count},
                     {"max_points", all.maximum},
                     {"mean", scores.mean},
                     {"deviation", scores.deviation},
                     {"low", scores.low},
                     {"quarter", scores.quarter},
                     {"median", scores.median},
                     {"three_quarters", scores.three_quarters},
                     {"high", scores.high},
                     {"tenths", scores.tenths}}},
                   {"checks", all.class_json.at("checks")},
                   {"mistakes", all.class_json.at("mistakes")},
                   {"flags", json::array()}};
  for (const auto& [name, flag] : all.flags) {
    document["flags"].push_back({{"submission", name}, {"kind", flag.kind}, {"text", flag.text}});
  }
  if (!all.was_compared) return document;
  document["wavering"] = json::array();
  for (const Wavering& one : all.wavering) {
    document["wavering"].push_back({{"submission", one.submission},
                                    {"check", one.check},
                                    {"verdicts", {one.first, one.second}}});
  }
  return document;
}

std::string to_text(const RunStatistics& all, const report::TextStyle& style) {
  Page page(style);
  put_scores(page, all);
  put_checks(page, all.class_json.at("checks"));
  put_mistakes(page, all.class_json.at("mistakes"));
  put_flags(page, all);
  return page.take();
}

}  // namespace pset3::gradebook
