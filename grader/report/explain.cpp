#include "grader/report/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "grader/base/text.hpp"
#include "grader/judge/relation.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::report {
namespace {

using judge::CaseFinding;
using judge::Verdict;

constexpr std::size_t kOtherCases = 3;

/// What stands before the words that a submission's own result is described with.
std::string got_label(Verdict verdict) {
  switch (verdict) {
    case Verdict::kTimeout:
      return "Too slow";
    case Verdict::kOutOfMemory:
      return "Memory";
    case Verdict::kCrashed:
      return "Crashed";
    case Verdict::kBuildFailed:
      return "Compiler";
    case Verdict::kInvalidOutput:
      return "Invalid";
    case Verdict::kForbidden:
      return "Forbidden";
    case Verdict::kBlocked:
      return "Blocked";
    case Verdict::kGraderError:
      return "Reason";
    default:
      return "Got";
  }
}

/// What to say where the judge had no words.
std::string short_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kPartial:
      return "partly right";
    case Verdict::kFailed:
      return "wrong result";
    case Verdict::kNotAttempted:
      return "not attempted yet";
    case Verdict::kBlocked:
      return "not judged";
    case Verdict::kTimeout:
      return "took too long";
    case Verdict::kOutOfMemory:
      return "used too much memory";
    case Verdict::kCrashed:
      return "crashed";
    case Verdict::kBuildFailed:
      return "does not compile";
    case Verdict::kInvalidOutput:
      return "wrong shape, wrong type or not finite";
    case Verdict::kForbidden:
      return "uses something that this part does not allow";
    case Verdict::kGraderError:
      return "could not be judged, which is our fault";
  }
  return "unknown";
}

bool passed(const CaseFinding& finding) { return finding.verdict == Verdict::kPassed; }

void say(std::vector<Remark>& remarks, std::string label, const std::string& text) {
  if (!text.empty()) remarks.push_back({std::move(label), text, false});
}

/// What stands in the way, even where the judge had no words for it.
std::string blocked_words(const CaseFinding& finding) {
  if (finding.got.empty()) return finding.blocked_by.empty() ? "" : "needs " + finding.blocked_by;
  return finding.got;
}

std::string words_of(const CaseFinding& finding) {
  return finding.got.empty() ? short_words(finding.verdict) : finding.got;
}

/// The cases behind the first one, those with the same words in one line.
void say_other_cases(const std::vector<const CaseFinding*>& wrong, std::vector<Remark>& remarks) {
  std::vector<std::pair<std::string, std::string>> groups;  // words, case ids
  for (std::size_t i = 1; i < wrong.size(); ++i) {
    const bool same = words_of(*wrong[i]) == words_of(*wrong[0]);
    const std::string words = same ? "the same" : words_of(*wrong[i]);
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const auto& known) { return known.first == words; });
    if (group == groups.end()) {
      groups.emplace_back(words, wrong[i]->case_id);
    } else {
      group->second += ", " + wrong[i]->case_id;
    }
  }
  for (std::size_t i = 0; i < std::min(groups.size(), kOtherCases); ++i) {
    remarks.push_back({"Also", groups[i].second + ": " + groups[i].first, false});
  }
  if (groups.size() > kOtherCases) remarks.push_back({"", "and more cases", false});
}

Tally sum(const Document& document, Tally PartEntry::*member) {
  Tally all;
  for (const PartEntry& part : document.parts) all += part.*member;
  return all;
}

}  // namespace

std::string verdict_sentence(const CheckEntry& check) {
  switch (check.verdict) {
    case Verdict::kPassed:
      return "Passed.";
    case Verdict::kPartial:
      return fmt::format("Partly right: {} of {} pass.",
                         std::count_if(check.cases.begin(), check.cases.end(), passed),
                         counted(check.cases.size(), "case"));
    case Verdict::kFailed:
      return "Failed: wrong result.";
    case Verdict::kNotAttempted:
      return "Not attempted yet.";
    case Verdict::kBlocked:
      return check.open ? "Not judged here: its points are open."
                        : "Not judged, because of something that is scored elsewhere.";
    case Verdict::kTimeout:
      return "Took too long.";
    case Verdict::kOutOfMemory:
      return "Used too much memory.";
    case Verdict::kCrashed:
      return "Crashed.";
    case Verdict::kBuildFailed:
      return "Does not compile.";
    case Verdict::kInvalidOutput:
      return "Returned an invalid result: wrong shape, wrong type or not finite.";
    case Verdict::kForbidden:
      return "Uses something that this part does not allow.";
    case Verdict::kGraderError:
      return "Not judged: this is our fault, not yours. Your score is not final; no points are "
             "lost by it.";
  }
  return "Not judged.";
}

namespace {

/// @param verdict  of the check: cases of one that is blocked are not judged.
std::string how_many_fail(std::size_t wrong, std::size_t all, Verdict verdict) {
  const bool blocked = verdict == Verdict::kBlocked;
  const char* many = blocked ? "are not judged" : "fail";
  if (wrong == all) return fmt::format("all {} cases {}", all, many);
  const char* one = blocked ? "is not judged" : "fails";
  return fmt::format("{} of {} cases {}", wrong, all, wrong == 1 ? one : many);
}

}  // namespace

std::vector<Remark> remarks_on_cases(const CheckEntry& check) {
  std::vector<const CaseFinding*> wrong;
  for (const CaseFinding& finding : check.cases) {
    if (!passed(finding)) wrong.push_back(&finding);
  }
  std::vector<Remark> remarks;
  if (wrong.empty() || check.verdict == Verdict::kPassed) return remarks;
  const CaseFinding& first = *wrong[0];
  if (check.cases.size() > 1) {
    say(remarks, "Case",
        first.case_id + " (" + how_many_fail(wrong.size(), check.cases.size(), check.verdict) +
            ")");
  }
  const bool blocked = first.verdict == Verdict::kBlocked;
  const bool compared =
      !blocked && first.verdict != Verdict::kGraderError && first.verdict != Verdict::kCrashed;
  if (compared) say(remarks, "Expected", first.expected);
  const std::string got = blocked ? blocked_words(first) : first.got;
  const bool says_nothing = got.empty() && first.detail.empty();
  const std::string own = says_nothing ? short_words(first.verdict) : got;
  if (!own.empty()) remarks.push_back({got_label(first.verdict), own, !blocked});
  say(remarks, got.empty() ? "Detail" : "", first.detail);
  say_other_cases(wrong, remarks);
  return remarks;
}

std::vector<std::string> remarks_on_points(const CheckEntry& check) {
  std::vector<std::string> remarks;
  for (const judge::StandIn& item : check.stand_ins) {
    std::string sentence = judge::sentence_of(item) + ".";
    sentence[0] = 'J';
    remarks.push_back(std::move(sentence));
  }
  remarks.insert(remarks.end(), check.remarks.begin(), check.remarks.end());
  return remarks;
}

std::string mistake_label(const judge::Diagnosis& mistake, bool is_first) {
  if (judge::is_fact(mistake)) return "Seen";
  return is_first ? "Probably" : "Or";
}

std::string mistake_words(const std::string& name) {
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool is_colon = name.compare(i, 2, "__") == 0;
    words += is_colon ? ": " : name[i] == '_' ? " " : std::string(1, name[i]);
    if (is_colon) ++i;
  }
  return words;
}

std::string place_of(const Diagnostic& diagnostic) {
  if (diagnostic.line == 0) return diagnostic.file;
  if (diagnostic.column == 0) return fmt::format("{}:{}", diagnostic.file, diagnostic.line);
  return fmt::format("{}:{}:{}", diagnostic.file, diagnostic.line, diagnostic.column);
}

std::string points_text(double points) {
  std::string text = fmt::format("{:.2f}", points);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string counted_points(double points) {
  const std::string text = points_text(points);
  return text + (text == "1" ? " point" : " points");
}

std::string score_text(double points, double max_points, double extra, double max_extra) {
  if (extra == 0.0 && max_extra == 0.0) {
    return fmt::format("{} of {}", points_text(points), points_text(max_points));
  }
  const std::string of_extra = max_extra > 0.0 ? " + " + points_text(max_extra) : "";
  return fmt::format("{} + {} extra of {}{}", points_text(points), points_text(extra),
                     points_text(max_points), of_extra);
}

std::string score_of(const Document& document) {
  const double extra = document.extra_points();
  return score_text(total(document.points() - extra), document.max_points(), extra,
                    document.max_extra_points());
}

std::string score_of(const Document& document, const PartEntry& part) {
  double extra = 0.0;
  double max_extra = 0.0;
  for (const CheckEntry& check : document.checks) {
    if (check.part != part.part || !check.extra) continue;
    extra += check.points;
    max_extra += check.extra_points;
  }
  return score_text(total(part.points - extra), part.max_points, total(extra), total(max_extra));
}

std::vector<std::string> open_points(const Document& document) {
  std::vector<std::string> lines;
  const Tally& ours = document.our_fault;
  if (ours.count > 0) {
    lines.push_back(fmt::format(
        "{} ({}) could not be judged. This is our fault, not yours: your score is not final, and "
        "no points are lost by it.",
        counted(static_cast<std::size_t>(ours.count), "check"), counted_points(ours.points)));
  }
  const Tally hidden = sum(document, &PartEntry::not_judged);
  if (hidden.count > 0) {
    const bool one = points_text(hidden.points) == "1";
    lines.push_back(fmt::format("{} more {} decided by {}.", points_text(hidden.points),
                                one ? "point is" : "points are",
                                counted(static_cast<std::size_t>(hidden.count), "hidden check")));
  }
  Tally open;
  for (const CheckEntry& check : document.checks) {
    if (check.open) open += Tally{1, check.max_points};
  }
  if (open.count > 0) {
    lines.push_back(fmt::format(
        "{} ({}) cannot be judged here, since they need functions of yours that fail. When the "
        "course grades, ours stand in for these: the points are open, not lost.",
        counted(static_cast<std::size_t>(open.count), "check"), counted_points(open.points)));
  }
  const Tally others = sum(document, &PartEntry::not_selected);
  if (others.count > 0) {
    lines.push_back(fmt::format("{} ({}) were not asked for.",
                                counted(static_cast<std::size_t>(others.count), "public check"),
                                counted_points(others.points)));
  }
  double manual = 0.0;
  for (const ManualEntry& item : document.manual) manual += item.points;
  if (manual > 0.0) {
    std::string titles;
    for (const ManualEntry& item : document.manual) {
      titles += (titles.empty() ? "" : "; ") + item.title;
    }
    lines.push_back(fmt::format("{} {} given by hand: {}.", counted_points(manual),
                                points_text(manual) == "1" ? "is" : "are", titles));
  }
  return lines;
}

}  // namespace pset3::report
