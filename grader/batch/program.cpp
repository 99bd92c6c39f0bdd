#include "grader/batch/program.hpp"

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <set>

#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/text.hpp"

namespace pset3::batch {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kResultFile = "result.json";

json to_json(const build::BuildResult& result) {
  json diagnostics = json::array();
  for (const build::Diagnostic& item : result.diagnostics) {
    diagnostics.push_back({{"file", printable(item.file)},
                           {"line", item.line},
                           {"column", item.column},
                           {"severity", item.severity},
                           {"message", printable(item.message)}});
  }
  return {{"ok", result.ok}, {"diagnostics", diagnostics}};
}

build::BuildResult read_result(const fs::path& folder) {
  const json document = json::parse(read_file(folder / kResultFile));
  build::BuildResult result;
  result.ok = document.at("ok");
  for (const json& item : document.at("diagnostics")) {
    result.diagnostics.push_back({item.at("file"), item.at("line"), item.at("column"),
                                  item.at("severity"), item.at("message")});
  }
  return result;
}

/// A step of the build whose result is in the store: the folder with the file that it made.
struct Step {
  std::string key;
  fs::path file;
  build::BuildResult result;
};

Step compile_stored(const build::Toolkit& toolkit, const Store& store, const std::string& name,
                    const std::string& source) {
  Step step;
  step.key = Hasher().add("object 1").add(toolkit.hash).add(name).add(source).hex();
  const fs::path folder = store.get("object", step.key, [&](const fs::path& target) {
    const build::BuildResult result = build::compile(toolkit, name, source, target / "object.o");
    write_file(target / kResultFile, to_json(result).dump());
  });
  step.file = folder / "object.o";
  step.result = read_result(folder);
  return step;
}

Step link_stored(const build::Toolkit& toolkit, const Store& store, build::Program kind,
                 const std::vector<Step>& objects) {
  Step step;
  Hasher hasher;
  hasher.add(kind == build::Program::kDriver ? "driver 1" : "exercise 2").add(toolkit.hash);
  std::vector<fs::path> files;
  for (const Step& object : objects) {
    hasher.add(object.key);
    files.push_back(object.file);
  }
  step.key = hasher.hex();
  const fs::path folder = store.get("program", step.key, [&](const fs::path& target) {
    const build::BuildResult result = build::link(toolkit, kind, files, target / "program");
    write_file(target / kResultFile, to_json(result).dump());
  });
  step.file = folder / "program";
  step.result = read_result(folder);
  return step;
}

void append(std::vector<build::Diagnostic>& to, const std::vector<build::Diagnostic>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

Step compile_stub(const Course& course, const judge::Rubric& rubric, const build::Toolkit& toolkit,
                  const Store& store, const std::string& name) {
  return compile_stored(toolkit, store, name, read_file(course.starter(rubric) / name));
}

}  // namespace

bool Program::has(const std::string& file) const {
  const auto is_in = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), file) != names.end();
  };
  return !is_in(missing) && !is_in(broken);
}

Program build_program(const Course& course, const judge::Rubric& rubric,
                      const build::Toolkit& toolkit, const Store& store,
                      const std::map<std::string, std::string>& files, build::Program kind) {
  Program program;
  if (files.empty()) {
    program.missing = rubric.files;
    return program;
  }
  std::vector<std::future<Step>> compilations;
  for (const std::string& name : rubric.files) {
    const auto found = files.find(name);
    if (found == files.end()) program.missing.push_back(name);
    compilations.push_back(std::async(std::launch::async, [&, found, name] {
      return found == files.end() ? compile_stub(course, rubric, toolkit, store, name)
                                  : compile_stored(toolkit, store, name, found->second);
    }));
  }
  std::vector<Step> objects;
  for (std::size_t i = 0; i < rubric.files.size(); ++i) {
    Step object = compilations[i].get();
    append(program.diagnostics, object.result.diagnostics);
    if (!object.result.ok) {
      program.broken.push_back(rubric.files[i]);
      object = compile_stub(course, rubric, toolkit, store, rubric.files[i]);
    }
    objects.push_back(std::move(object));
  }
  const Step linked = link_stored(toolkit, store, kind, objects);
  append(program.diagnostics, linked.result.diagnostics);
  program.key = linked.key;
  if (linked.result.ok) {
    program.executable = linked.file;
  } else {
    program.broken = rubric.files;
  }
  return program;
}

}  // namespace pset3::batch
