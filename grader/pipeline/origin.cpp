#include "grader/pipeline/origin.hpp"

#include <fmt/format.h>

#include <set>

#include "grader/base/build_id.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/box/box.hpp"
#include "grader/pipeline/prepared_part.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;

/// Adds the names and bytes of all files in a folder; nothing where there is none.
void add_folder(Hasher& hasher, const fs::path& folder) {
  std::error_code none;
  std::set<fs::path> files;
  for (fs::directory_iterator entry(folder, none), end; !none && entry != end;
       entry.increment(none)) {
    if (entry->is_regular_file()) files.insert(entry->path());
  }
  for (const fs::path& file : files) hasher.add(file.filename().string()).add(read_file(file));
}

std::string hash_of_fixtures(const fs::path& fixtures) {
  Hasher hasher;
  for (const char* name : {"recorded.json", "further.json", "slips.json", "slip_changes.json",
                           "calibration.json", "pictures.json"}) {
    if (fs::exists(fixtures / name)) hasher.add(name).add(read_file(fixtures / name));
  }
  for (const char* name : {"expected", "mistakes"}) add_folder(hasher.add(name), fixtures / name);
  return hasher.hex();
}

std::string hash_of_inputs(const judge::Rubric& rubric, const PartOptions& options) {
  Hasher hasher;
  hasher.add(options.hidden ? "hidden too" : "public");
  for (const std::string& check : options.only) hasher.add(check);
  for (const judge::CaseSpec& spec : rubric.cases) {
    if (spec.hidden && !options.hidden) continue;
    hasher.add(spec.id).add(std::to_string(seed_of(rubric, spec, options.draw)));
  }
  return hasher.hex();
}

}  // namespace

nlohmann::json Origin::to_json() const {
  return {{"rubric", rubric},   {"fixtures", fixtures}, {"reference", reference}, {"judge", judge},
          {"toolkit", toolkit}, {"inputs", inputs},     {"machine", machine}};
}

std::string Origin::key() const {
  Hasher hasher;
  for (const std::string& piece : {rubric, fixtures, reference, judge, toolkit, inputs, machine}) {
    hasher.add(piece);
  }
  return hasher.hex();
}

Origin origin_of(const Course& course, const judge::Rubric& rubric, const build::Toolkit& toolkit,
                 const PartOptions& options) {
  Origin origin;
  origin.rubric = rubric.hash;
  origin.fixtures = hash_of_fixtures(course.fixtures(rubric));
  Hasher reference;
  for (const fs::path& folder : {course.solution(rubric), course.starter(rubric)}) {
    add_folder(reference.add(folder.filename().string()), folder);
  }
  origin.reference = reference.hex();
  origin.judge = build_id();
  origin.toolkit = toolkit.hash;
  origin.inputs = hash_of_inputs(rubric, options);
  origin.machine =
      fmt::format("box {}, {} threads", box::name_of(box::probe()), thread_count(rubric));
  return origin;
}

std::string key_of_files(const judge::Rubric& rubric,
                         const std::map<std::string, std::string>& files) {
  Hasher hasher;
  hasher.add("files 1").add(rubric.part);
  for (const auto& [name, bytes] : files) hasher.add(name).add(bytes);
  return hasher.hex();
}

}  // namespace pset3::pipeline
