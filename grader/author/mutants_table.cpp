#include <fmt/format.h>

#include <algorithm>

#include "grader/author/measures.hpp"
#include "grader/author/mutants.hpp"

namespace pset3::author {
namespace {

constexpr double kNamedGoal = 0.9;
constexpr std::size_t kWidest = 100;

std::size_t count(const Mutants& mutants, MutantFate fate) {
  return static_cast<std::size_t>(
      std::count_if(mutants.rows.begin(), mutants.rows.end(),
                    [&](const MutantRow& row) { return row.fate == fate; }));
}

std::vector<double> ratios(const Mutants& mutants) {
  std::vector<double> all;
  for (const MutantRow& row : mutants.rows) {
    if (row.fate == MutantFate::kCaught && row.due > 0.0) all.push_back(row.ratio());
  }
  return all;
}

std::size_t named(const Mutants& mutants) {
  return static_cast<std::size_t>(std::count_if(
      mutants.rows.begin(), mutants.rows.end(),
      [](const MutantRow& row) { return row.fate == MutantFate::kCaught && !row.named.empty(); }));
}

std::size_t only_told(const Mutants& mutants) {
  return static_cast<std::size_t>(
      std::count_if(mutants.rows.begin(), mutants.rows.end(), [](const MutantRow& row) {
        return row.fate == MutantFate::kCaught && row.named.empty() && !row.told.empty();
      }));
}

std::string cut(std::string text) {
  if (text.size() > kWidest) text = text.substr(0, kWidest) + "…";
  return text;
}

const char* word_for(MutantFate fate) {
  switch (fate) {
    case MutantFate::kRefused:
      return "refused";
    case MutantFate::kSameCode:
      return "same code";
    case MutantFate::kCaught:
      return "caught";
    case MutantFate::kEquivalent:
      return "equivalent";
    default:
      return "SURVIVES";
  }
}

std::string told_by(const MutantRow& row) {
  return row.told.empty() ? "-" : "-, told " + joined(row.told);
}

std::string line_of(const MutantRow& row) {
  std::string text = fmt::format("{:<10} {}\n", word_for(row.fate), to_text(row.mutation));
  if (row.fate != MutantFate::kCaught) return text;
  return text +
         fmt::format("           lost {:.4g}, due {:.4g}, ratio {:.2f}; found by {}; named {}\n",
                     row.lost, row.due, row.due > 0.0 ? row.ratio() : 0.0, joined(row.failed),
                     row.named.empty() ? told_by(row) : joined(row.named));
}

}  // namespace

bool Mutants::all_seen() const { return stale.empty() && count(*this, MutantFate::kSurvived) == 0; }

bool Mutants::reaches_goals() const {
  const std::vector<double> all = ratios(*this);
  const std::size_t caught = count(*this, MutantFate::kCaught);
  return quantile(all, 0.5) <= kMedianGoal + kRounding &&
         quantile(all, 0.95) <= kTailGoal + kRounding &&
         static_cast<double>(named(*this)) >= kNamedGoal * static_cast<double>(caught);
}

std::string to_text(const Mutation& mutation) {
  return fmt::format("{}:{} in {}: {} `{}` becomes `{}` in `{}`", mutation.file, mutation.line,
                     mutation.function, mutation.kind, cut(mutation.removed),
                     cut(mutation.replacement), cut(mutation.before));
}

std::string to_text(const Mutants& mutants, bool every) {
  std::string text;
  for (const MutantRow& row : mutants.rows) {
    if (every || row.fate == MutantFate::kSurvived) text += line_of(row);
  }
  for (const std::string& line : mutants.stale) text += "stale in equivalent.json: " + line + "\n";
  const std::size_t caught = count(mutants, MutantFate::kCaught);
  const std::size_t survived = count(mutants, MutantFate::kSurvived);
  const std::size_t equivalent = count(mutants, MutantFate::kEquivalent);
  text += fmt::format("{}: {} of {} mutants; {} do not compile, {} become the same program\n",
                      mutants.part, mutants.rows.size(), mutants.possible,
                      count(mutants, MutantFate::kRefused), count(mutants, MutantFate::kSameCode));
  text += fmt::format("  seen: {} of {} lose points, {} need not (equivalent.json), {} survive\n",
                      caught, caught + equivalent + survived, equivalent, survived);
  const std::size_t with_name = named(mutants);
  const auto by_hand = std::count_if(mutants.rows.begin(), mutants.rows.end(),
                                     [](const auto& row) { return row.is_named_by_mistake(); });
  text += fmt::format("  named: {} of {} ({} by a mistake), {:.0f} of 100 (goal {:.0f})\n",
                      with_name, caught, by_hand,
                      100.0 * static_cast<double>(with_name) /
                          static_cast<double>(std::max<std::size_t>(caught, 1)),
                      100.0 * kNamedGoal);
  text +=
      fmt::format("  of the others {} are told where they are wrong, or how\n", only_told(mutants));
  const auto no_value = std::count_if(
      mutants.rows.begin(), mutants.rows.end(),
      [](const MutantRow& row) { return row.fate == MutantFate::kCaught && row.gives_no_value; });
  if (no_value > 0) {
    text += fmt::format("  {} give no value in a question, and cost all of it\n", no_value);
  }
  const std::vector<double> all = ratios(mutants);
  text += fmt::format(
      "  cost, by their dearest check: median {:.2f} (goal {:.1f}), 95 of 100 at most {:.2f} "
      "(goal {:.1f}), worst {:.2f}\n",
      quantile(all, 0.5), kMedianGoal, quantile(all, 0.95), kTailGoal, quantile(all, 1.0));
  return text;
}

}  // namespace pset3::author
