/// What a part costs those who wait for it: `check` after an edit of each file, and its whole
/// grading from nothing, with the most memory that all processes of the grading held at once.
///
///     part_benchmark PSET3 p0|p1|p2|p3|p4 [JSON]    the built program, e.g.
///                                                   build/dev/grader/app/pset3, and a file for
///                                                   what was measured
///
/// Exit status 1 when a goal is missed.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"
#include "tests/bench/costs.hpp"

namespace {

namespace fs = std::filesystem;
using pset3::bench::PeakMemory;
using pset3::bench::processor_seconds;

struct Part {
  std::string id;
  double whole_goal_seconds;
  double edit_goal_seconds;  ///< beside what training takes
  bool learns;               ///< has checks on what is learnt
  std::string folder = "";
  std::vector<std::string> files = {};
};

/// The goals; folder and files come from the rubric.
const std::vector<Part> kParts = {{"p0", 30.0, 1.0, false},
                                  {"p1", 30.0, 1.0, false},
                                  {"p2", 30.0, 2.5, true},
                                  {"p3", 30.0, 2.5, true},
                                  {"p4", 30.0, 2.5, false}};

nlohmann::json rubric_of(const std::string& id) {
  for (const auto& entry : fs::directory_iterator(fs::path(PSET3_SOURCE_DIR) / "fixtures")) {
    if (entry.path().filename().string().rfind(id + "_", 0) != 0) continue;
    return nlohmann::json::parse(pset3::read_file(entry.path() / "rubric.json"));
  }
  throw pset3::InputError("there is no part " + id);
}

Part part_called(const std::string& id) {
  for (Part part : kParts) {
    if (part.id != id) continue;
    const nlohmann::json rubric = rubric_of(id);
    part.folder = rubric.at("folder");
    part.files = rubric.at("files").get<std::vector<std::string>>();
    return part;
  }
  throw pset3::InputError("expected p0, p1, p2, p3 or p4, got " + id);
}

/// The cases that train a network are called so, and what they are given.
const std::set<std::string> kTrainings = {"learn", "pretrain", "compare"};

constexpr int kRuns = 3;
constexpr double kMemoryGoalMib = 2048.0;

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A course of one part alone, so that nothing else is graded, with a cache of its own that is
/// empty.
class Course {
 public:
  explicit Course(Part part) : part_(std::move(part)) {
    for (const char* folder : {"starter", "solution", "fixtures"}) {
      copy(fs::path(folder) / part_.folder);
    }
    for (const char* shared :
         {"starter/common", "fixtures/rubric.schema.json", "grader/run/inside"}) {
      copy(shared);
    }
    fs::create_directory(path("cache"));
    setenv("PSET3_HOME", path("home").c_str(), 1);
    setenv("PSET3_CACHE", path("cache").c_str(), 1);
    fs::copy(path("home/solution"), path("submission"), fs::copy_options::recursive);
  }
  fs::path path(const fs::path& below) const { return folder_.path() / below; }
  fs::path file(const std::string& name) const { return path("submission") / part_.folder / name; }
  const Part& part() const { return part_; }

 private:
  void copy(const fs::path& what) const {
    const fs::path to = path("home") / what;
    fs::create_directories(to.parent_path());
    fs::copy(fs::path(PSET3_SOURCE_DIR) / what, to, fs::copy_options::recursive);
  }
  const Part part_;
  pset3::TemporaryFolder folder_{fs::temp_directory_path(), 0755};
};

/// What is measured, for those who read numbers.
nlohmann::json measured;

void run(const std::vector<std::string>& command) {
  const pset3::ProcessResult result = pset3::run_process(command, PSET3_SOURCE_DIR);
  if (result.status != 0) throw pset3::GraderError("not all is passed:\n" + result.output);
}

bool grade_from_nothing(const std::string& pset3, const Course& course) {
  const PeakMemory memory;
  const auto begin = Clock::now();
  run({pset3, "grade", course.path("submission"), "--out", course.path("grades")});
  const double seconds = seconds_since(begin);
  fmt::print(
      "{} from nothing: {:.1f} s (goal {:.1f}), {:.1f} s of processors, at most {:.0f} MiB (goal "
      "{:.0f})\n",
      course.part().id, seconds, course.part().whole_goal_seconds, processor_seconds(),
      memory.mib(), kMemoryGoalMib);
  measured["whole_s"] = seconds;
  measured["whole_processor_s"] = processor_seconds();
  measured["whole_mib"] = memory.mib();
  return seconds <= course.part().whole_goal_seconds && memory.mib() <= kMemoryGoalMib;
}

/// @returns seconds that cases of learning took.
double training_seconds(const fs::path& results) {
  std::map<std::string, double> wall_ms;  // by case, since several checks judge one
  const auto document = nlohmann::json::parse(pset3::read_file(results));
  for (const auto& test : document.at("tests")) {
    for (const auto& finding : test.at("extra_data").value("cases", nlohmann::json::array())) {
      const std::string id = finding.at("id");
      const std::string function = id.substr(0, id.find('.'));
      if (kTrainings.count(function) > 0) wall_ms[id] = finding.at("wall_ms");
    }
  }
  if (wall_ms.empty()) throw pset3::GraderError(results.string() + " tells of no learning");
  double sum = 0.0;
  for (const auto& [id, one] : wall_ms) sum += one / 1000.0;
  return sum;
}

bool edit(const std::string& pset3, const Course& course, const std::string& name) {
  const fs::path file = course.file(name);
  const fs::path results = course.path("results.json");
  std::vector<double> waits;
  double training = 0.0;
  const double processor_before = processor_seconds();
  for (int i = 0; i < kRuns; ++i) {
    pset3::write_file(file, fmt::format("// edit {}\n{}", i, pset3::read_file(file)));
    const auto begin = Clock::now();
    run({pset3, "check", course.part().id, "--dir", course.path("submission"), "--json", results});
    const double seconds = seconds_since(begin);
    training = course.part().learns ? training_seconds(results) : 0.0;
    waits.push_back(seconds - training);
  }
  std::sort(waits.begin(), waits.end());
  const double median = waits[kRuns / 2];
  const std::string and_training =
      course.part().learns ? fmt::format(" and {:.1f} s of training", training) : "";
  fmt::print("edit of {}: {:.1f} s (goal {:.1f}){}; {:.1f} s of processors\n", name, median,
             course.part().edit_goal_seconds, and_training,
             (processor_seconds() - processor_before) / kRuns);
  measured["edit_s"][name] = median;
  measured["training_s"][name] = training;
  return median <= course.part().edit_goal_seconds;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 3 && argc != 4) {
      throw pset3::InputError("usage: part_benchmark PSET3 p0|p1|p2|p3|p4 [JSON]");
    }
    const std::string pset3 = fs::absolute(argv[1]);
    const Course course(part_called(argv[2]));
    bool reached = grade_from_nothing(pset3, course);
    for (const std::string& name : course.part().files) {
      reached = edit(pset3, course, name) && reached;
    }
    if (argc == 4) pset3::write_file(argv[3], measured.dump(1) + "\n");
    return reached ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "part_benchmark: " << error.what() << "\n";
    return 2;
  }
}
