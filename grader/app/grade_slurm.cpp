#include "grader/app/grade_slurm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "grader/app/class_progress.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/base/text.hpp"
#include "grader/cluster/slurm.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr auto kBetweenLooks = std::chrono::seconds(2);
/// A shared file system may show a file of another machine this much later.
constexpr auto kPatience = std::chrono::seconds(60);

/// Inside of the reports' folder: the scripts, what the jobs print, and their numbers.
fs::path folder_of(const GradeRequest& request) { return fs::absolute(request.out) / ".slurm"; }

std::size_t tasks_for(std::size_t hand_ins, std::size_t at_once) {
  const std::size_t most = cluster::most_tasks();
  const std::size_t fits = std::max<std::size_t>(1, (hand_ins + most - 1) / most);
  const std::size_t wanted = at_once == 0 ? std::max<std::size_t>(4, fits) : at_once;
  if (wanted < fits) {
    throw InputError(fmt::format(
        "--at-once {} makes more tasks than Slurm's arrays may have here ({}); use --at-once {}",
        wanted, most, fits));
  }
  return std::max<std::size_t>(1, (hand_ins + wanted - 1) / wanted);
}

/// From the rubrics: the dearest part's memory and threads, and every part's budget for each
/// submission of a task, with as much again for compiling.
cluster::Limits limits_of(const pipeline::Course& course, const GradeRequest& request,
                          std::size_t at_once) {
  constexpr std::uint64_t kForUsMib = 2048;  // the compiler and pset3 itself
  cluster::Limits limits;
  std::uint64_t dearest = 0;
  double seconds = 0.0;
  for (const judge::Rubric& rubric : course.parts) {
    if (!request.parts.empty() && request.parts.count(rubric.part) == 0) continue;
    limits.processors = std::max(limits.processors, rubric.threads);
    dearest = std::max(dearest, rubric.memory_limit_bytes);
    seconds += 2.0 * rubric.budget_s;
  }
  limits.memory_mib = (dearest >> 20) + kForUsMib;
  limits.minutes = 10 + static_cast<int>(seconds * static_cast<double>(at_once) / 60.0);
  return limits;
}

/// What the jobs' numbers are kept with: another class or other options are another job.
json plan_of(const std::vector<intake::HandIn>& hand_ins, const SlurmOptions& options) {
  json names = json::array();
  for (const intake::HandIn& hand_in : hand_ins) names.push_back(printable(hand_in.name));
  json command = json::array();
  for (const std::string& word : options.command) command.push_back(printable(word));
  return {{"command", command}, {"hand_ins", names}};
}

/// @returns the jobs of an earlier call that are still in the queue.
std::optional<cluster::Submitted> under_way(const fs::path& folder, const json& plan) {
  const fs::path file = folder / "jobs.json";
  if (!fs::exists(file) || cluster::collected(folder)) return std::nullopt;
  const json kept = json::parse(read_file(file), nullptr, false);
  if (!kept.is_object() || kept.value("plan", json()) != plan) return std::nullopt;
  const cluster::Submitted jobs{kept.value("array", ""), kept.value("collector", ""),
                                kept.value("tasks", std::size_t{0})};
  const std::optional<cluster::State> state = cluster::look(jobs);
  if (!state || !state->collector) return std::nullopt;
  return jobs;
}

cluster::Submitted submit(const pipeline::Course& course, const GradeRequest& request,
                          std::size_t hand_ins, const SlurmOptions& options) {
  cluster::ArrayJob job;
  job.name = "pset3";
  job.folder = folder_of(request);
  job.tasks = tasks_for(hand_ins, options.at_once);
  job.task = options.command;
  job.task.insert(job.task.begin() + 2, {"--share", cluster::kTaskNumber});
  job.collect = options.command;
  job.limits = limits_of(course, request, (hand_ins + job.tasks - 1) / job.tasks);
  job.options = options.sbatch;
  return cluster::submit(job);
}

/// Tells of the hand-ins of tasks that begin and end.
class Follower {
 public:
  Follower(const std::vector<intake::HandIn>& hand_ins, const cluster::Submitted& jobs)
      : hand_ins_(hand_ins), jobs_(jobs), seen_(jobs.tasks, Seen::kNothing) {
    progress_.begin_class(hand_ins.size());
  }

  /// Waits until the reports are written.
  void follow(const fs::path& folder) {
    while (!cluster::collected(folder)) {
      const std::optional<cluster::State> state = cluster::look(jobs_);
      if (state) {
        tell(*state);
        if (!state->collector) return wait_for_status(folder);
      } else if (!has_complained_) {
        progress_.say("Slurm does not answer; the jobs go on, and so does this");
      }
      has_complained_ = !state;
      sleep_unless_interrupted(kBetweenLooks);
    }
  }

 private:
  enum class Seen { kNothing, kBegun, kEnded };

  void tell(const cluster::State& state) {
    for (std::size_t task = 0; task < jobs_.tasks; ++task) {
      const auto unfinished = state.tasks.find(task);
      const bool has_ended = unfinished == state.tasks.end();
      const bool runs = !has_ended && unfinished->second == cluster::JobState::kRunning;
      Seen& seen = seen_[task];
      if ((runs || has_ended) && seen == Seen::kNothing) {
        for_each_of(task, [&](const std::string& name) { progress_.begin(name); });
        seen = Seen::kBegun;
      }
      if (has_ended && seen == Seen::kBegun) {
        for_each_of(task, [&](const std::string& name) { progress_.finished(name); });
        seen = Seen::kEnded;
      }
    }
    const bool all = std::count(seen_.begin(), seen_.end(), Seen::kEnded) ==
                     static_cast<std::ptrdiff_t>(seen_.size());
    if (all && !is_collecting_) progress_.say("all tasks have ended; the reports are written");
    is_collecting_ = all;
  }

  template <typename Tell>
  void for_each_of(std::size_t task, Tell tell) const {
    for (std::size_t i = task; i < hand_ins_.size(); i += jobs_.tasks) tell(hand_ins_[i].name);
  }

  void wait_for_status(const fs::path& folder) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!cluster::collected(folder)) {
      if (std::chrono::steady_clock::now() > end) {
        throw InputError("Slurm's job " + jobs_.collector + " has ended without writing reports; " +
                         (folder / "collect.txt").string() +
                         " says what it printed. The same command goes on from what is finished");
      }
      sleep_unless_interrupted(kBetweenLooks);
    }
  }

  const std::vector<intake::HandIn>& hand_ins_;
  const cluster::Submitted jobs_;
  std::vector<Seen> seen_;
  ClassProgress progress_;
  bool has_complained_ = false;
  bool is_collecting_ = false;
};

}  // namespace

int grade_on_slurm(const pipeline::Course& course, const GradeRequest& request,
                   const std::vector<intake::HandIn>& hand_ins, const SlurmOptions& options) {
  const fs::path folder = folder_of(request);
  const json plan = plan_of(hand_ins, options);
  std::optional<cluster::Submitted> jobs = under_way(folder, plan);
  const char* const word = jobs ? "follows" : "submitted";
  if (!jobs) {
    jobs = submit(course, request, hand_ins.size(), options);
    write_file(folder / "jobs.json", json{{"plan", plan},
                                          {"array", jobs->array},
                                          {"collector", jobs->collector},
                                          {"tasks", jobs->tasks}}
                                         .dump(1));
  }
  fmt::print(" Slurm      {} jobs {} ({}) and {}; scancel {} {} ends them\n", word, jobs->array,
             counted(jobs->tasks, "task"), jobs->collector, jobs->array, jobs->collector);
  std::fflush(stdout);
  try {
    Follower(hand_ins, *jobs).follow(folder);
  } catch (const Interrupted&) {
    fmt::print(" The jobs go on; the same command follows them again\n");
    std::fflush(stdout);
    throw;
  }
  fmt::print("{}", printable(read_file(folder / "collect.txt"), 10u << 20));
  std::fflush(stdout);
  return *cluster::collected(folder);
}

}  // namespace pset3::app
