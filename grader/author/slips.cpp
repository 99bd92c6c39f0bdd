#include "grader/author/slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/part_run.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

/// Slips that show the same and have more descriptions than this say nothing.
constexpr std::size_t kMostDescriptions = 3;

/// "the side of a voxel", "`sqrt` stands where `cbrt` belongs". Never a line of the solution.
struct Description {
  std::string label;
  std::string what;
};

/// Mutants that cannot be told apart.
struct Alike {
  judge::KnownMistake known;
  std::string label;
  std::string kind;  ///< of the first one, as the name says it
  std::vector<Description> descriptions;
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

std::string explanation(const std::vector<Description>& descriptions) {
  std::string text =
      "Your result is the same as that of a correct program with one small slip. Look first at ";
  for (std::size_t i = 0; i < descriptions.size(); ++i) {
    const bool is_new_place = i == 0 || descriptions[i].label != descriptions[i - 1].label;
    if (i > 0) text += is_new_place ? "; or at " : "; or ";
    text += (is_new_place ? descriptions[i].label + ": " : "") + descriptions[i].what;
  }
  return text + ".";
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
  const std::string name = pipeline::kSlip + slug(group.label);
  return group.descriptions.size() > 1 ? name : name + "__" + slug(group.kind);
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
  std::vector<const judge::CheckSpec*> checks;
  for (const std::string& check : known.fails) checks.push_back(rubric.find_check(check));
  if (checks.empty()) return std::nullopt;
  known.symptoms = pipeline::symptoms_of(part, pipeline::build_and_run(part, files, checks));
  for (const auto& [check, cases] : known.symptoms) {
    for (const auto& [id, symptom] : cases) {
      if (!judge::is_bare(symptom)) return known;
    }
  }
  return std::nullopt;
}

bool show_the_same(const judge::KnownMistake& a, const judge::KnownMistake& b,
                   const judge::Rubric& rubric, const judge::Checks& checks) {
  if (a.fails != b.fails) return false;
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

std::vector<judge::KnownMistake> slips(const pipeline::Course& course, const judge::Rubric& rubric,
                                       const pipeline::Store& store, const Mutants& mutants) {
  const std::vector<Label> labels = read_labels(course, rubric);
  const pipeline::PreparedPart part = part_to_record(course, rubric, store);
  const Files solution = pipeline::read_files(course.solution(rubric), rubric.files);
  std::vector<Alike> groups;
  for (const MutantRow& row : mutants.rows) {
    if (row.fate != MutantFate::kCaught || row.is_named_by_mistake()) continue;
    const std::string& source = solution.at(row.mutation.file);
    const std::string label = label_of(row.mutation, source, labels);
    if (label.empty()) continue;
    Files files = solution;
    files[row.mutation.file] = mutated(row.mutation, source);
    const auto known = shown_by(part, files, row.failed, row.blocked);
    if (!known) continue;
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Alike& alike) {
      return show_the_same(alike.known, *known, rubric, course.checks);
    });
    const auto [sentence, kind] = words_of(row.mutation);
    if (group == groups.end()) group = groups.insert(group, {*known, label, kind, {}});
    add({label, sentence}, group->descriptions);
  }
  std::vector<judge::KnownMistake> all;
  std::map<std::string, int> numbers;
  for (Alike& group : groups) {
    if (group.descriptions.size() > kMostDescriptions) continue;
    const std::string name = name_of(group);
    const int number = ++numbers[name];
    group.known.name = number == 1 ? name : fmt::format("{}_{}", name, number);
    group.known.explanation = explanation(group.descriptions);
    all.push_back(std::move(group.known));
  }
  return all;
}

}  // namespace pset3::author
