// How long a student waits: one line of a file is edited and `pset3 check PART` is run, for each
// file of the part; medians.
//
//   edit_benchmark [p0 p1 …] [COMMAND…]     parts default to p1, COMMAND to the bootstrap script of
//                                           this repository

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int kRuns = 5;

double median(std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  return seconds[seconds.size() / 2];
}

nlohmann::json rubric_of(const std::string& part) {
  for (const auto& entry : fs::directory_iterator(fs::path(PSET3_SOURCE_DIR) / "fixtures")) {
    if (entry.path().filename().string().rfind(part + "_", 0) != 0) continue;
    return nlohmann::json::parse(pset3::read_file(entry.path() / "rubric.json"));
  }
  throw pset3::InputError("there is no part " + part);
}

/// @returns seconds from the saved edit to the end of the check.
double time_edit(const std::vector<std::string>& check, const fs::path& file, int run) {
  const std::string text = pset3::read_file(file);
  const auto stamp = std::chrono::system_clock::now().time_since_epoch().count();
  pset3::write_file(file, fmt::format("// edit {} at {}\n{}", run, stamp, text));
  const auto begin = std::chrono::steady_clock::now();
  const pset3::ProcessResult result = pset3::run_process(check, PSET3_SOURCE_DIR);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  if (result.status != 0) throw pset3::GraderError("the check did not pass:\n" + result.output);
  return seconds.count();
}

void benchmark(const std::string& part, const std::vector<std::string>& command) {
  const pset3::TemporaryFolder folder;
  const fs::path submission = folder.path() / "solution";
  fs::copy(fs::path(PSET3_SOURCE_DIR) / "solution", submission, fs::copy_options::recursive);
  std::vector<std::string> check = command;
  check.insert(check.end(), {"check", part, "--dir", submission.string()});
  const nlohmann::json rubric = rubric_of(part);
  std::vector<double> medians;
  for (const std::string name : rubric.at("files")) {
    const fs::path file = submission / rubric.at("folder").get<std::string>() / name;
    time_edit(check, file, 0);  // the first one makes what is made once
    std::vector<double> seconds;
    for (int run = 1; run <= kRuns; ++run) seconds.push_back(time_edit(check, file, run));
    medians.push_back(median(seconds));
    const auto [least, most] = std::minmax_element(seconds.begin(), seconds.end());
    fmt::print("{} {:24} median {:.2f} s, {:.2f} to {:.2f} s, {} runs\n", part, name,
               medians.back(), *least, *most, kRuns);
  }
  fmt::print(
      "{}: edit of one line to the verdict: median of the files {:.2f} s, slowest {:.2f} s\n", part,
      median(medians), *std::max_element(medians.begin(), medians.end()));
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> command(argv + 1, argv + argc);
  const auto is_part = [](const std::string& word) { return word.size() == 2 && word[0] == 'p'; };
  const auto end = std::find_if_not(command.begin(), command.end(), is_part);
  std::vector<std::string> parts(command.begin(), end);
  command.erase(command.begin(), end);
  if (parts.empty()) parts = {"p1"};
  if (command.empty()) command = {std::string(PSET3_SOURCE_DIR) + "/pset3"};
  try {
    for (const std::string& part : parts) benchmark(part, command);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "edit_benchmark: {}\n", error.what());
    return 3;
  }
}
