#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pset3::cluster {

inline constexpr const char* kTaskNumber = "{task}";

/// What one task, and the collecting job, may use.
struct Limits {
  int processors = 1;
  std::uint64_t memory_mib = 0;
  int minutes = 0;
};

/// An array of tasks, and a job that runs when all of them have ended, however they did.
struct ArrayJob {
  std::string name;
  std::filesystem::path folder;      ///< of the scripts and of what the jobs print; is made
  std::vector<std::string> task;     ///< a task's command; kTaskNumber in it becomes "3/20"
  std::size_t tasks = 0;             ///< at least 1
  std::vector<std::string> collect;  ///< the collecting job's command
  Limits limits;
  std::vector<std::string> options;  ///< more options for sbatch, as they are
};

struct Submitted {
  std::string array;      ///< Slurm's number of the array job
  std::string collector;  ///< and of the one that collects
  std::size_t tasks = 0;
};

/// Where a job stands that has not ended.
enum class JobState { kWaiting, kRunning };

struct State {
  std::map<std::size_t, JobState> tasks;  ///< those that have not ended
  std::optional<JobState> collector;      ///< none when it has ended
};

/// @returns how many tasks an array may have here.
/// @throws InputError when there is no Slurm, with what to do.
std::size_t most_tasks();

/// Submits both jobs. @throws InputError with what sbatch said; nothing is left in the queue then.
Submitted submit(const ArrayJob& job);

/// @returns nothing when Slurm does not answer now.
std::optional<State> look(const Submitted& jobs);

/// @returns the exit status of the collecting command, once it has ended.
std::optional<int> collected(const std::filesystem::path& folder);

}  // namespace pset3::cluster
