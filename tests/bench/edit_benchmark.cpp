// How long a student waits: one line of carve.cpp is edited, `pset3 check p1` is run, median of
// five.
//
//   edit_benchmark [COMMAND…]     COMMAND defaults to the bootstrap script of this repository

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int kRuns = 5;
constexpr double kGoalSeconds = 2.0;

/// @returns seconds from the saved edit to the end of the check.
double time_edit(const std::vector<std::string>& command, const fs::path& submission, int run) {
  const fs::path file = submission / "p1_space_carving/carve.cpp";
  const std::string text = pset3::read_file(file);
  const auto stamp = std::chrono::system_clock::now().time_since_epoch().count();
  pset3::write_file(file, fmt::format("// edit {} at {}\n{}", run, stamp, text));
  const auto begin = std::chrono::steady_clock::now();
  const pset3::ProcessResult result = pset3::run_process(command, PSET3_SOURCE_DIR);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  if (result.status != 0) throw pset3::GraderError("the check did not pass:\n" + result.output);
  return seconds.count();
}

int benchmark(std::vector<std::string> command) {
  const pset3::TemporaryFolder folder;
  const fs::path submission = folder.path() / "solution";
  fs::copy(fs::path(PSET3_SOURCE_DIR) / "solution", submission, fs::copy_options::recursive);
  for (const std::string& argument :
       {std::string("check"), std::string("p1"), std::string("--dir"), submission.string()}) {
    command.push_back(argument);
  }
  time_edit(command, submission, 0);  // the first one makes what is made once
  std::array<double, kRuns> seconds{};
  for (int run = 0; run < kRuns; ++run) {
    seconds.at(static_cast<std::size_t>(run)) = time_edit(command, submission, run + 1);
  }
  std::sort(seconds.begin(), seconds.end());
  fmt::print(
      "edit of one line in p1 to the verdict: median {:.2f} s, {:.2f} to {:.2f} s, {} runs "
      "(goal {:.0f} s)\n",
      seconds[kRuns / 2], seconds.front(), seconds.back(), kRuns, kGoalSeconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> command(argv + 1, argv + argc);
  if (command.empty()) command = {std::string(PSET3_SOURCE_DIR) + "/pset3"};
  try {
    return benchmark(command);
  } catch (const std::exception& error) {
    fmt::print(stderr, "edit_benchmark: {}\n", error.what());
    return 3;
  }
}
