#include "grader/pipeline/mistakes.hpp"

#include <algorithm>
#include <sstream>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"
#include "grader/base/text.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;

struct Field {
  std::string value;
  int line = 0;
};
using Header = std::map<std::string, Field>;

Header read_header(const fs::path& file) {
  Header header;
  std::string key;
  std::istringstream lines(read_file(file));
  int number = 0;
  for (std::string line; std::getline(lines, line) && line.rfind("--- ", 0) != 0;) {
    ++number;
    if (trimmed(line).empty()) continue;
    const bool continued = line[0] == ' ' || line[0] == '\t';
    const auto colon = line.find(':');
    if (continued && !key.empty()) {
      header[key].value += " " + trimmed(line);
    } else if (colon != std::string::npos) {
      key = line.substr(0, colon);
      header[key] = {trimmed(line.substr(colon + 1)), number};
    } else {
      throw InputError(file.string() + ":" + std::to_string(number) +
                       ": expected \"Key: value\" before the diff, found \"" + line + "\"");
    }
  }
  return header;
}

const Field& required(const Header& header, const std::string& key, const fs::path& file) {
  const auto found = header.find(key);
  if (found != header.end() && !found->second.value.empty()) return found->second;
  throw InputError(file.string() + ":1: the header has no \"" + key + ":\" line, or nothing in it");
}

std::vector<std::string> checks_in(const Field& field, const judge::Rubric& rubric,
                                   const fs::path& file) {
  std::istringstream words(field.value);
  std::vector<std::string> checks;
  for (std::string word; words >> word;) {
    if (rubric.find_check(word) == nullptr) {
      throw InputError(file.string() + ":" + std::to_string(field.line) + ": the header names " +
                       word + ", which is no check of the rubric");
    }
    checks.push_back(word);
  }
  return checks;
}

std::vector<std::string> questions_in(const Field& field, const judge::Rubric& rubric,
                                      const fs::path& file) {
  std::istringstream words(field.value);
  std::vector<std::string> questions;
  for (std::string word; words >> word;) {
    const auto& checks = rubric.checks;
    if (std::none_of(checks.begin(), checks.end(), [&](const auto& check) {
          return check.id == word || judge::question_of(check.id) == word;
        })) {
      throw InputError(file.string() + ":" + std::to_string(field.line) + ": the header names " +
                       word + ", which is no question and no check of the rubric");
    }
    questions.push_back(word);
  }
  return questions;
}

Patch read_patch(const fs::path& file, PatchKind kind, const judge::Rubric& rubric) {
  const Header header = read_header(file);
  Patch patch;
  patch.name = file.stem().string();
  patch.file = file;
  patch.title = required(header, kind == PatchKind::kVariant ? "Variant" : "Mistake", file).value;
  if (header.count("Seen") != 0) patch.seen = header.at("Seen").value;
  if (kind == PatchKind::kVariant) return patch;
  patch.explanation = required(header, "Explain", file).value;
  if (kind == PatchKind::kFurther) return patch;
  patch.fails = checks_in(required(header, "Fails", file), rubric, file);
  if (header.count("Blocks") != 0) patch.blocks = checks_in(header.at("Blocks"), rubric, file);
  if (header.count("Costs") != 0) patch.costs = questions_in(header.at("Costs"), rubric, file);
  if (header.count("Says") != 0) patch.says = required(header, "Says", file).value;
  return patch;
}

const char* folder_of(PatchKind kind) {
  if (kind == PatchKind::kFurther) return "further";
  return kind == PatchKind::kMistake ? "mistakes" : "variants";
}

}  // namespace

std::vector<Patch> read_patches(const fs::path& fixtures, PatchKind kind,
                                const judge::Rubric& rubric) {
  const fs::path folder = fixtures / folder_of(kind);
  std::vector<Patch> patches;
  if (!fs::is_directory(folder)) return patches;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".patch") {
      patches.push_back(read_patch(entry.path(), kind, rubric));
    }
  }
  std::sort(patches.begin(), patches.end(),
            [](const Patch& a, const Patch& b) { return a.name < b.name; });
  return patches;
}

std::set<std::string> not_worth_a_training(const Patch& patch, const judge::Rubric& rubric,
                                           const judge::Checks& checks,
                                           const std::map<std::string, std::string>& solution,
                                           const std::map<std::string, std::string>& patched) {
  const auto fails = [&](const std::string& check) {
    return std::find(patch.fails.begin(), patch.fails.end(), check) != patch.fails.end();
  };
  const auto is_same = [&](const std::string& file) {
    return solution.at(file) == patched.at(file);
  };
  std::set<std::string> known;
  for (const judge::CheckSpec& check : rubric.checks) {
    if (!checks.at(check.judge).metric || fails(check.id)) continue;
    if (std::all_of(check.files.begin(), check.files.end(), is_same) ||
        std::any_of(check.needs.begin(), check.needs.end(), fails)) {
      known.insert(check.id);
    }
  }
  return known;
}

std::map<std::string, std::string> read_files(const fs::path& folder,
                                              const std::vector<std::string>& files) {
  std::map<std::string, std::string> bytes;
  for (const std::string& name : files) bytes[name] = read_file(folder / name);
  return bytes;
}

std::map<std::string, std::string> apply_patch(const Patch& patch, const fs::path& solution,
                                               const std::vector<std::string>& files) {
  const TemporaryFolder copy;
  for (const auto& [name, bytes] : read_files(solution, files)) {
    write_file(copy.path() / name, bytes);
  }
  const ProcessResult result =
      run_process({"patch", "--batch", "--fuzz=0", "--no-backup-if-mismatch", "-p3", "-i",
                   fs::absolute(patch.file).string()},
                  copy.path());
  if (result.status != 0) {
    throw InputError(patch.file.string() + " does not apply to " + solution.string() +
                     "; make the change again on today's solution:\n" + result.output);
  }
  return read_files(copy.path(), files);
}

}  // namespace pset3::pipeline
