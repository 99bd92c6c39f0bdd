#include "grader/author/slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "grader/author/measures.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/judge/naming.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/part_run.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

/// Slips that show the same are described one by one up to so many; then by their places, up to as
/// many; then nobody is helped by them.
constexpr std::size_t kMostDescriptions = 3;

/// "the side of a voxel", "`sqrt` stands where `cbrt` belongs". Never a line of the solution.
struct Description {
  std::string label;
  std::string what;
};

/// Mutants that cannot be told apart.
struct Alike {
  judge::KnownMistake known;
  pipeline::SlipChange change;  ///< of the first
  std::string place;            ///< its label, or the function where it has none
  std::string kind;             ///< of the first one, as the name says it
  Texts labels = {};
  std::vector<Description> descriptions = {};
  bool all_have_labels = true;
  bool says_nothing = false;
};

std::string label_of(const Mutation& mutation, const std::string& source,
                     const std::vector<Label>& labels) {
  std::string own;
  std::size_t nearest = 0;
  for (const Label& label : labels) {
    if (label.file != mutation.file || label.function != mutation.function) continue;
    // Functions of one file may have a line in common: the last one before it counts.
    const std::size_t line_end = source.find('\n', mutation.begin);
    const std::size_t at = source.rfind(label.from, line_end);
    if (at == std::string::npos || at > line_end || at < nearest) continue;
    nearest = at;
    own = label.label;
  }
  return own;
}

bool is_public(const judge::Rubric& rubric, const std::string& check) {
  return rubric.find_check(check)->visibility == judge::Visibility::kPublic;
}

Texts public_ones(const judge::Rubric& rubric, const Texts& checks) {
  Texts kept;
  for (const std::string& check : checks) {
    if (is_public(rubric, check)) kept.push_back(check);
  }
  return kept;
}

std::string slug(const std::string& label) {
  std::string text;
  for (const char c : label) {
    const bool is_word = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (is_word) text += c;
    if (!is_word && !text.empty() && text.back() != '_') text += '_';
  }
  while (!text.empty() && text.back() == '_') text.pop_back();
  return text;
}

/// Once, and beside those of the same place.
void add(const Description& description, std::vector<Description>& all) {
  auto place = all.end();
  for (auto one = all.begin(); one != all.end(); ++one) {
    if (one->label != description.label) continue;
    if (one->what == description.what) return;
    place = one + 1;
  }
  all.insert(place, description);
}

constexpr const char* kSlipOf =
    "Your result is the same as that of a correct program with one small slip. Look first at ";

std::string one_by_one(const std::vector<Description>& descriptions) {
  std::string text = kSlipOf;
  for (std::size_t i = 0; i < descriptions.size(); ++i) {
    const bool is_new_place = i == 0 || descriptions[i].label != descriptions[i - 1].label;
    if (i > 0) text += is_new_place ? "; or at " : "; or ";
    text += (is_new_place ? descriptions[i].label + ": " : "") + descriptions[i].what;
  }
  return text + ".";
}

std::string by_place(const Texts& labels) {
  std::string text = std::string(kSlipOf) + "one of these places: ";
  for (std::size_t i = 0; i < labels.size(); ++i) text += (i > 0 ? "; " : "") + labels[i];
  return text + ".";
}

/// Empty where so many slips show the same, or it shows so little, that no place can be named.
std::string explanation(const Alike& group) {
  if (!group.all_have_labels || group.says_nothing) return "";
  if (group.descriptions.size() <= kMostDescriptions) return one_by_one(group.descriptions);
  return group.labels.size() <= kMostDescriptions ? by_place(group.labels) : "";
}

/// A kind of mutation in a student's words, and in the name of a slip.
struct Words {
  std::string sentence;
  std::string name;
};

/// "times" for "*": names are made of letters and digits.
std::string spoken(const std::string& token) {
  static const std::map<std::string, std::string> kSpoken = {
      {"+", "plus"},      {"-", "minus"},       {"*", "times"},        {"/", "divided by"},
      {"++", "one more"}, {"--", "one less"},   {"<", "less than"},    {">", "greater than"},
      {"==", "equal"},    {"<=", "at most"},    {">=", "at least"},    {"!=", "not equal"},
      {"&&", "and"},      {"||", "or"},         {"+=", "plus"},        {"-=", "minus"},
      {"*=", "times"},    {"/=", "divided by"}, {"%", "remainder of"}, {"0.5", "one half"},
      {"!", "not"}};
  const auto found = kSpoken.find(token);
  if (found != kSpoken.end()) return found->second;
  const bool is_whole = token.size() > 2 && token.substr(token.size() - 2) == ".0";
  return is_whole ? token.substr(0, token.size() - 2) : token;
}

Words words_of(const Mutation& mutation) {
  static const std::map<std::string, Words> kWords = {
      {"arguments exchanged",
       {"two neighbouring values are exchanged", "neighbouring values exchanged"}},
      {"condition left out", {"a part of the test is missing", "part of the test missing"}},
      {"condition negated", {"the test is the wrong way round", "test the wrong way round"}},
      {"statement left out",
       {"the line is missing, or its result is not kept", "line missing or result not kept"}},
      {"sign left out", {"the minus sign is missing", "minus sign missing"}},
      {"bound", {"it ends one step early", "ends one step early"}},
      {"variable", {"a wrong variable is used", "wrong variable"}},
      {"call left out", {"a function call is missing", "function call missing"}}};
  const auto found = kWords.find(mutation.kind);
  if (found != kWords.end()) return found->second;
  return {fmt::format("`{}` stands where `{}` belongs", mutation.replacement, mutation.removed),
          spoken(mutation.replacement) + " instead of " + spoken(mutation.removed)};
}

/// "slip_in_the_column_of_the_pixel__y_instead_of_x"; where several slips show the same, without
/// what one of them is.
std::string name_of(const Alike& group) {
  const std::string name = judge::kSlip + slug(group.place);
  return group.descriptions.size() > 1 ? name : name + "__" + slug(group.kind);
}

/// Whether the checks that fail show no more than an end.
bool is_bare(const judge::KnownMistake& known) {
  return std::all_of(known.fails.begin(), known.fails.end(), [&](const std::string& check) {
    const auto& cases = known.symptoms.at(check);
    return std::all_of(cases.begin(), cases.end(),
                       [](const auto& of_case) { return judge::is_bare(of_case.second); });
  });
}

/// Whether a mistake that somebody wrote down explains all of it. A mistake's name for what only
/// ended is a guess, which others that end so make open again.
bool is_known_well(const MutantRow& row) {
  return row.is_named_by_mistake() && (row.answers_nothing || row.ratio() <= kTailGoal + kRounding);
}

void add(const Mutation& mutation, const std::string& label, Alike& group) {
  if (label.empty()) {
    group.all_have_labels = false;
    return;
  }
  Texts& labels = group.labels;
  if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
  add({label, words_of(mutation).sentence}, group.descriptions);
}

Slips named(std::vector<Alike> groups) {
  Slips all;
  std::map<std::string, int> numbers;
  for (Alike& group : groups) {
    const std::string name = name_of(group);
    const int number = ++numbers[name];
    group.known.name = number == 1 ? name : fmt::format("{}_{}", name, number);
    group.known.explanation = explanation(group);
    group.change.name = group.known.name;
    all.known.push_back(std::move(group.known));
    all.changes.push_back(std::move(group.change));
  }
  return all;
}

}  // namespace

std::vector<Label> read_labels(const pipeline::Course& course, const judge::Rubric& rubric) {
  const fs::path file = course.fixtures(rubric) / "labels.json";
  if (!fs::exists(file)) return {};
  std::vector<Label> labels;
  try {
    for (const nlohmann::json& item : nlohmann::json::parse(read_file(file))) {
      labels.push_back({item.at("file"), item.at("function"), item.at("from"), item.at("label")});
    }
  } catch (const nlohmann::json::exception& error) {
    throw InputError(file.string() +
                     ": expected a list of objects with file, function, from and label, all of "
                     "them texts: " +
                     error.what());
  }
  for (const Label& label : labels) {
    const std::string source = read_file(course.solution(rubric) / label.file);
    if (source.find(label.from) != std::string::npos) continue;
    throw InputError(fmt::format("{}: \"{}\" begins no line of the solution's {}", file.string(),
                                 label.from, label.file));
  }
  return labels;
}

std::optional<judge::KnownMistake> shown_by(const pipeline::PreparedPart& part, const Files& files,
                                            const Texts& failed, const Texts& blocked) {
  const judge::Rubric& rubric = part.rubric();
  judge::KnownMistake known;
  known.fails = public_ones(rubric, failed);
  known.blocks = public_ones(rubric, blocked);
  if (known.fails.empty()) return std::nullopt;
  std::vector<const judge::CheckSpec*> checks;
  for (const Texts* names : {&known.fails, &known.blocks}) {
    for (const std::string& check : *names) checks.push_back(rubric.find_check(check));
  }
  known.symptoms = pipeline::symptoms_of(part, pipeline::build_and_run(part, files, checks));
  return known;
}

bool shows_a_value(const judge::KnownMistake& known) { return !is_bare(known); }

bool show_the_same(const judge::KnownMistake& a, const judge::KnownMistake& b,
                   const judge::Rubric& rubric, const judge::Checks& checks) {
  if (a.fails != b.fails || a.blocks != b.blocks) return false;
  for (const auto& [check, cases] : a.symptoms) {
    const double tolerance = checks.at(rubric.find_check(check)->judge).sketch_tolerance;
    for (const auto& [id, symptom] : cases) {
      if (!judge::agree(symptom, b.symptoms.at(check).at(id), tolerance)) return false;
    }
  }
  return true;
}

pipeline::PreparedPart part_to_record(const pipeline::Course& course, const judge::Rubric& rubric,
                                      const pipeline::Store& store) {
  pipeline::PartOptions options;
  options.from_reference = true;
  options.only_what_changed = true;
  return {course, rubric, store, options};
}

Slips slips(const pipeline::Course& course, const judge::Rubric& rubric,
            const pipeline::Store& store, const Mutants& mutants) {
  const std::vector<Label> labels = read_labels(course, rubric);
  const pipeline::PreparedPart part = part_to_record(course, rubric, store);
  const Files solution = pipeline::read_files(course.solution(rubric), rubric.files);
  std::vector<Alike> groups;
  for (const MutantRow& row : mutants.rows) {
    if (row.fate != MutantFate::kCaught) continue;
    const Mutation& mutation = row.mutation;
    const std::string& source = solution.at(mutation.file);
    Files files = solution;
    files[mutation.file] = mutated(mutation, source);
    const auto known = shown_by(part, files, row.failed, row.blocked);
    if (!known) continue;
    const bool says_nothing = row.gives_no_value && is_bare(*known);
    if (is_known_well(row) && !says_nothing) continue;
    const std::string label = label_of(mutation, source, labels);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Alike& alike) {
      return show_the_same(alike.known, *known, rubric, course.checks);
    });
    if (group == groups.end()) {
      const pipeline::SlipChange change{
          "", mutation.file, mutation.begin,
          source.substr(mutation.begin, mutation.end - mutation.begin), mutation.replacement};
      group = groups.insert(group, {*known, change, label.empty() ? mutation.function : label,
                                    words_of(mutation).name});
    }
    group->says_nothing |= says_nothing;
    add(mutation, label, *group);
  }
  return named(std::move(groups));
}

}  // namespace pset3::author
