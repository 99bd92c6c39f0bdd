#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pset3 {

/// How a program of the system ended. Only for trusted programs on trusted input; all else runs in
/// a box.
struct ProcessResult {
  int status = -1;     ///< exit status; 128 + signal when it was killed
  std::string output;  ///< stdout and stderr
};

/// Runs a program with an argument list, never through a shell, and waits for it.
/// @param argv  argv[0] is looked up in PATH. @param folder  where it runs.
/// @throws GraderError when it cannot be started.
ProcessResult run_process(const std::vector<std::string>& argv,
                          const std::filesystem::path& folder);

}  // namespace pset3
