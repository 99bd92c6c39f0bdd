#include "grader/pipeline/program.hpp"

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <optional>

#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/text.hpp"
#include "grader/build/uses.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kResultFile = "result.json";

json to_json(const build::BuildResult& result) {
  json diagnostics = json::array();
  for (const Diagnostic& item : result.diagnostics) {
    diagnostics.push_back({{"file", printable(item.file)},
                           {"line", item.line},
                           {"column", item.column},
                           {"severity", item.severity},
                           {"message", printable(item.message)}});
  }
  return {{"ok", result.ok}, {"diagnostics", diagnostics}};
}

build::BuildResult read_result(const fs::path& folder) {
  const json document = read_stored(folder / kResultFile);
  build::BuildResult result;
  result.ok = stored_value<bool>(document, "ok");
  for (const json& item : stored_value<json>(document, "diagnostics")) {
    result.diagnostics.push_back(
        {stored_value<std::string>(item, "file"), stored_value<int>(item, "line"),
         stored_value<int>(item, "column"), stored_value<std::string>(item, "severity"),
         stored_value<std::string>(item, "message")});
  }
  return result;
}

/// A step of the build whose result is in the store: the folder with the file that it made.
struct Step {
  std::string key;
  fs::path file;
  build::BuildResult result;
};

Step compile_stored(const PartContext& part, const std::string& name, const std::string& source,
                    const build::OwnHeaders& beside, build::Lines lines) {
  const build::Toolkit& toolkit = part.toolkit;
  const Store& store = part.store;
  Step step;
  const char* const kind = lines == build::Lines::kKnown ? "object with lines 3" : "object 4";
  Hasher hasher;
  hasher.add(kind).add(toolkit.headers_hash).add(name).add(source);
  for (const auto& [header, text] : beside) hasher.add(header).add(text);
  step.key = hasher.hex();
  const auto make = [&](const fs::path& target) {
    if (!part.may_run) throw NotStored(name + " has not been compiled like this");
    const build::BuildResult result =
        build::compile(toolkit, name, source, target / "object.o", lines, beside);
    write_file(target / kResultFile, to_json(result).dump());
  };
  step.result = store.get_and_read("object", step.key, make, read_result);
  step.file = *store.find("object", step.key) / "object.o";
  return step;
}

void append(std::vector<Diagnostic>& to, const std::vector<Diagnostic>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// What was handed in beside the part's own files.
build::OwnHeaders own_headers(const judge::Rubric& rubric,
                              const std::map<std::string, std::string>& files) {
  build::OwnHeaders headers = files;
  for (const std::string& name : rubric.files) headers.erase(name);
  return headers;
}

std::string use_of(const std::string& file, const std::string& source, const std::string& name) {
  const int line = build::line_of(source, name);
  return file + (line > 0 ? ":" + std::to_string(line) : "") + " uses " + name;
}

/// Notes what one file uses that its part bans, or that a TA should know of.
void look_into(const judge::Rubric& rubric, const std::string& file, const std::string& source,
               const build::Symbols& object, BuiltProgram& program) {
  for (const judge::Ban& ban : rubric.bans) {
    if (!build::uses(object, source, ban.name)) continue;
    program.flags.push_back(use_of(file, source, ban.name));
    if (ban.costs) program.forbidden[file] = program.flags.back() + ": " + ban.why;
  }
  for (const std::string& name : build::names_to_look_into()) {
    if (build::uses(object, source, name)) program.flags.push_back(use_of(file, source, name));
  }
  if (build::has_assembler(source)) program.flags.push_back(use_of(file, source, "assembler"));
}

/// Builds one submission's files of one part.
class Builder {
 public:
  Builder(const PartContext& part, build::Lines lines)
      : part_(part),
        course_(part.course),
        rubric_(part.rubric),
        toolkit_(part.toolkit),
        store_(part.store),
        lines_(lines) {}

  BuiltProgram build(const std::map<std::string, std::string>& files);

 private:
  /// An object a file of the rubric, in its order; nothing where none can be had.
  using Objects = std::vector<std::optional<Step>>;

  std::vector<Step> compile_all(const std::map<std::string, std::string>& files) const;
  std::optional<Step> stub(const std::string& name) const;
  Step link(const Objects& objects) const;
  Step link_what_fits(const Objects& objects, const Step& failed, BuiltProgram& program) const;

  const PartContext part_;
  const Course& course_;
  const judge::Rubric& rubric_;
  const build::Toolkit& toolkit_;
  const Store& store_;
  build::Lines lines_;
};

/// The starter's file, unless it is no longer a stub that compiles: in a student's own tree it is
/// what the student made of it.
std::optional<Step> Builder::stub(const std::string& name) const {
  const fs::path file = course_.starter(rubric_) / name;
  if (!fs::exists(file)) return std::nullopt;
  Step step = compile_stored(part_, name, read_file(file), {}, lines_);
  if (!step.result.ok) return std::nullopt;
  return step;
}

/// A step a file that was handed in, in the rubric's order.
std::vector<Step> Builder::compile_all(const std::map<std::string, std::string>& files) const {
  const build::OwnHeaders beside = own_headers(rubric_, files);
  std::vector<std::future<Step>> compilations;
  for (const std::string& name : rubric_.files) {
    if (files.count(name) == 0) continue;
    compilations.push_back(std::async(std::launch::async, [this, &files, &beside, name] {
      return compile_stored(part_, name, files.at(name), beside, lines_);
    }));
  }
  std::vector<Step> steps;
  steps.reserve(compilations.size());
  for (std::future<Step>& compilation : compilations) steps.push_back(compilation.get());
  return steps;
}

Step Builder::link(const Objects& objects) const {
  Hasher hasher;
  hasher.add("program 6").add(toolkit_.hash);
  std::vector<build::Object> files;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    hasher.add(objects[i] ? objects[i]->key : "nothing");
    if (objects[i]) files.emplace_back(objects[i]->file, rubric_.files[i]);
  }
  const auto undefined =
      files.size() == objects.size() ? build::Undefined::kRefused : build::Undefined::kAllowed;
  Step step;
  step.key = hasher.hex();
  const fs::path folder = store_.get("program", step.key, [&](const fs::path& target) {
    if (!part_.may_run) throw NotStored("its files have not been linked like this");
    const build::BuildResult result = build::link(toolkit_, files, target / "program", undefined);
    write_file(target / kResultFile, to_json(result).dump());
  });
  step.file = folder / "program";
  step.result = read_result(folder);
  return step;
}

/// Starts from stubs and takes the submitted objects in one by one, so that a file without its
/// function, or with a main(), costs its own checks and no other's.
Step Builder::link_what_fits(const Objects& objects, const Step& failed,
                             BuiltProgram& program) const {
  Objects fitting;
  for (const std::string& name : rubric_.files) fitting.push_back(stub(name));
  Step best = link(fitting);
  if (!best.result.ok) {
    append(program.diagnostics, failed.result.diagnostics);
    program.broken = rubric_.files;
    return failed;
  }
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const std::string& name = rubric_.files[i];
    if (!program.has(name)) continue;
    Objects trial = fitting;
    trial[i] = objects[i];
    Step step = link(trial);
    if (step.result.ok) {
      fitting = std::move(trial);
      best = std::move(step);
      continue;
    }
    program.broken.push_back(name);
    for (Diagnostic& diagnostic : step.result.diagnostics) diagnostic.file = name;
    append(program.diagnostics, step.result.diagnostics);
  }
  return best;
}

BuiltProgram Builder::build(const std::map<std::string, std::string>& files) {
  BuiltProgram program;
  Objects objects;
  std::vector<Step> steps = compile_all(files);
  auto next = steps.begin();
  for (const std::string& name : rubric_.files) {
    const bool handed_in = files.count(name) != 0;
    if (!handed_in) program.missing.push_back(name);
    if (handed_in) append(program.diagnostics, next->result.diagnostics);
    if (handed_in && !next->result.ok) program.broken.push_back(name);
    if (program.has(name)) {
      look_into(rubric_, name, files.at(name), build::symbols_of(next->file), program);
    }
    objects.push_back(program.has(name) ? std::optional<Step>(*next) : stub(name));
    if (handed_in) ++next;
  }
  Step linked = link(objects);
  if (!linked.result.ok) linked = link_what_fits(objects, linked, program);
  program.key = linked.key;
  if (linked.result.ok) program.executable = linked.file;
  return program;
}

}  // namespace

bool BuiltProgram::has(const std::string& file) const {
  const auto is_in = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), file) != names.end();
  };
  return !is_in(missing) && !is_in(broken);
}

BuiltProgram build_program(const PartContext& part,
                           const std::map<std::string, std::string>& files) {
  BuiltProgram program;
  program.missing = part.rubric.files;
  if (files.empty()) return program;
  program = Builder(part, build::Lines::kUnknown).build(files);
  program.files = files;
  return program;
}

fs::path build_with_lines(const PartContext& part, const BuiltProgram& program) {
  // The same way as before, so that the same files end up in it.
  return Builder(part, build::Lines::kKnown).build(program.files).executable;
}

}  // namespace pset3::pipeline
