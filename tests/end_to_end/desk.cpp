#include "tests/end_to_end/desk.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace pset3::end_to_end {
namespace {

const std::set<std::string> kMistakes = {"rows_and_columns_swapped", "side_of_a_plane", "no_margin",
                                         "nothing_carved"};
const char* const kPart = "p1_space_carving";

void copy_tree(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy(from, to, fs::copy_options::recursive);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("not in the file: " + from);
  return text.replace(at, from.size(), to);
}

void make_small_course(const fs::path& to) {
  const fs::path source = PSET3_SOURCE_DIR;
  for (const char* folder : {"starter", "solution", "fixtures"}) {
    copy_tree(source / folder / kPart, to / folder / kPart);
  }
  for (const char* shared :
       {"starter/common", "fixtures/rubric.schema.json", "grader/run/inside"}) {
    copy_tree(source / shared, to / shared);
  }
  const fs::path fixtures = to / "fixtures" / kPart;
  for (const fs::directory_entry& entry : fs::directory_iterator(fixtures / "mistakes")) {
    if (kMistakes.count(entry.path().stem().string()) == 0) fs::remove(entry.path());
  }
  nlohmann::json rubric = nlohmann::json::parse(read_file(fixtures / "rubric.json"));
  for (nlohmann::json& item : rubric.at("cases")) {
    const bool hidden = item.value("hidden", false);
    nlohmann::json& params = item.at("params");
    if (hidden && params.contains("voxels"))
      params["voxels"] = std::min(params.value("voxels", 0), 30000);
  }
  write_file(fixtures / "rubric.json", rubric.dump(2));
}

/// Gone at the end of the program.
const fs::path& shared_folder() {
  static const TemporaryFolder folder(fs::temp_directory_path(), 0755);
  return folder.path();
}

void drop_times(nlohmann::json& value) {
  if (!value.is_structured()) return;
  if (value.is_object()) {
    for (const char* key : {"execution_time", "wall_ms", "cpu_ms", "peak_mib", "time_limit_ms"}) {
      value.erase(key);
    }
  }
  for (nlohmann::json& child : value) drop_times(child);
}

}  // namespace

const fs::path& shared_cache() {
  static const fs::path cache = shared_folder() / "cache";
  return cache;
}

const fs::path& small_course() {
  static const fs::path course = [] {
    const fs::path folder = shared_folder() / "course";
    make_small_course(folder);
    return folder;
  }();
  return course;
}

Desk::Desk()
    : environment_{{"PSET3_CACHE", shared_cache().string()}},
      folder_(fs::temp_directory_path(), 0755) {}

fs::path Desk::solution(const std::string& name) const {
  copy_tree(fs::path(PSET3_SOURCE_DIR) / "solution" / kPart, path(name) / kPart);
  return path(name);
}

fs::path Desk::edited(const std::string& name, const std::string& file, const std::string& from,
                      const std::string& to) const {
  const fs::path submission = solution(name);
  write_file(submission / kPart / file, replaced(read_file(submission / kPart / file), from, to));
  return submission;
}

fs::path Desk::swapped(const std::string& name) const {
  return edited(name, "carve.cpp",
                "    const double u = pixel.x() / pixel.z() + 0.5;\n"
                "    const double v = pixel.y() / pixel.z() + 0.5;\n",
                "    const double u = pixel.y() / pixel.z() + 0.5;\n"
                "    const double v = pixel.x() / pixel.z() + 0.5;\n");
}

void Desk::put_class() {
  environment_["PSET3_HOME"] = small_course().string();
  write_file(path("secret"), "for tests only");
  solution("in/ann");
  swapped("in/ben");
  edited("in/cat", "get_voxel_bounds.cpp", "- grid.voxel_size", "- 2.0 * grid.voxel_size");
  edited("in/dan", "carve.cpp", "  return kept;", "  return {};");
}

std::unique_ptr<Process> Desk::start(const std::vector<std::string>& arguments) const {
  std::vector<std::string> argv = {PSET3_PROGRAM};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return std::make_unique<Process>(argv, environment_, folder_.path());
}

Result Desk::pset3(const std::vector<std::string>& arguments) const {
  const auto begin = std::chrono::steady_clock::now();
  const std::unique_ptr<Process> process = start(arguments);
  Result result;
  result.status = process->wait();
  result.out = process->out();
  result.err = process->err();
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

nlohmann::json Desk::json(const fs::path& file) const {
  return nlohmann::json::parse(read_file(file));
}

nlohmann::json check_in(const nlohmann::json& results, const std::string& id) {
  for (const nlohmann::json& test : results.at("tests")) {
    if (test.at("extra_data").at("check") == id) return test;
  }
  throw std::runtime_error("no check " + id + " in the results");
}

std::string verdict_of(const nlohmann::json& results, const std::string& id) {
  return check_in(results, id).at("extra_data").at("verdict");
}

nlohmann::json without_times(nlohmann::json results) {
  drop_times(results);
  return results;
}

bool is_named_by_a_process(const std::string& text) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", error)) {
    if (entry.path().filename() == std::to_string(::getpid())) continue;
    // A process may end meanwhile: nothing is read then, and nothing thrown.
    const std::ifstream stream(entry.path() / "cmdline");
    std::ostringstream line;
    line << stream.rdbuf();
    if (line.str().find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace pset3::end_to_end
