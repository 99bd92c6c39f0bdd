#include "grader/author/slips.hpp"

#include <fmt/format.h>

#include <algorithm>
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

/// Mutants that cannot be told apart.
struct Alike {
  judge::KnownMistake known;
  std::string label;
  Texts descriptions;
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
  return text;
}

std::string explanation(const Texts& descriptions) {
  std::string text =
      "What you return is what a right program returns when one thing in it is wrong: ";
  for (std::size_t i = 0; i < descriptions.size(); ++i) {
    if (i > 0) text += i + 1 == descriptions.size() ? ", or " : ", ";
    text += descriptions[i];
  }
  return text + ". Look there first.";
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

std::string description(const Mutation& mutation, const std::string& label) {
  const auto is = [&](const char* kind) { return mutation.kind == kind; };
  if (is("arguments exchanged")) return label + ", with two neighbours exchanged";
  if (is("condition left out")) return label + ", of which a part is left out";
  if (is("condition negated")) return label + ", the wrong way round";
  if (is("statement left out")) return label + ", which is left out or not kept";
  if (is("sign left out")) return label + ", without its minus";
  if (is("bound")) return label + ", which ends one step early";
  if (is("variable")) return label + ", with the wrong one of two variables";
  if (is("call left out")) return label + ", without one of its functions";
  return fmt::format("{}, with `{}` in the place of `{}`", label, mutation.replacement,
                     mutation.removed);
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
    if (group == groups.end()) group = groups.insert(group, {*known, label, {}});
    Texts& texts = group->descriptions;
    const std::string text = description(row.mutation, label);
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  }
  std::vector<judge::KnownMistake> all;
  std::map<std::string, int> numbers;
  for (Alike& group : groups) {
    if (group.descriptions.size() > kMostDescriptions) continue;
    const std::string name = pipeline::kSlip + slug(group.label);
    group.known.name = fmt::format("{}_{}", name, ++numbers[name]);
    group.known.explanation = explanation(group.descriptions);
    all.push_back(std::move(group.known));
  }
  return all;
}

}  // namespace pset3::author
