#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/end_to_end/process.hpp"

namespace pset3::end_to_end {

/// A Slurm of its own: a controller and two nodes with one processor each, on loopback with free
/// ports, and munge with a key of its own. Ends with the object.
class SlurmCluster {
 public:
  /// @param folder       for configuration, keys and logs. @param environment  of the jobs.
  /// @param settings     more lines of slurm.conf.
  SlurmCluster(const std::filesystem::path& folder, Process::Environment environment,
               const std::string& settings = "");
  ~SlurmCluster();
  SlurmCluster(const SlurmCluster&) = delete;
  SlurmCluster& operator=(const SlurmCluster&) = delete;

  static bool is_installed();
  /// What a program of Slurm's needs to find this one.
  const Process::Environment& environment() const { return environment_; }
  /// Whether both nodes take jobs, within a minute.
  bool is_up() const;
  /// As if its plug had been pulled: the daemon and all that runs there are gone.
  void kill_node(int number);
  /// Runs a program of Slurm's. @returns what it printed
  std::string run(const std::vector<std::string>& argv) const;

 private:
  std::filesystem::path folder_;
  Process::Environment environment_;
  std::vector<std::unique_ptr<Process>> daemons_;
  std::map<int, std::unique_ptr<Process>> nodes_;
};

}  // namespace pset3::end_to_end
