#include "grader/cluster/slurm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"
#include "grader/base/text.hpp"

namespace pset3::cluster {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStatusFile = "status";

/// As one word of a shell's command line.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string command_line(const std::vector<std::string>& argv) {
  std::string line;
  for (const std::string& word : argv) line += (line.empty() ? "" : " ") + quoted(word);
  return line;
}

std::string task_script(const ArrayJob& job) {
  std::string line;
  for (const std::string& word : job.task) {
    line += ' ';
    line +=
        word == kTaskNumber ? fmt::format("\"$SLURM_ARRAY_TASK_ID/{}\"", job.tasks) : quoted(word);
  }
  return "#!/bin/sh\nexec" + line + "\n";
}

ProcessResult run_slurm(const std::vector<std::string>& argv) {
  try {
    return run_process(argv, fs::current_path());
  } catch (const GraderError&) {
    throw InputError("there is no " + argv[0] +
                     " here: --engine slurm runs on a machine that Slurm's jobs are submitted "
                     "from; without it, leave --engine out");
  }
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// sbatch's options for both jobs.
std::vector<std::string> options_of(const ArrayJob& job, const std::string& output) {
  std::vector<std::string> options = {"sbatch",
                                      "--parsable",
                                      "--requeue",
                                      "--job-name=" + job.name,
                                      "--output=" + (job.folder / output).string(),
                                      "--open-mode=truncate",
                                      "--ntasks=1",
                                      fmt::format("--cpus-per-task={}", job.limits.processors),
                                      fmt::format("--mem={}M", job.limits.memory_mib),
                                      fmt::format("--time={}", job.limits.minutes)};
  options.insert(options.end(), job.options.begin(), job.options.end());
  return options;
}

/// @returns the new job's number.
std::string submit_script(std::vector<std::string> options, const fs::path& script) {
  options.push_back(script.string());
  const ProcessResult result = run_slurm(options);
  const std::string line = first_line(result.output);
  const std::string id = line.substr(0, line.find(';'));  // behind it, the cluster's name
  const bool is_number = !id.empty() && std::all_of(id.begin(), id.end(), ::isdigit);
  if (result.status == 0 && is_number) return id;
  const std::string why = result.output.substr(0, result.output.find_last_not_of("\n") + 1);
  throw InputError("Slurm does not take the job: " + printable(why) +
                   "\n  tried: " + command_line(options));
}

/// "12_3 RUNNING" or "13 PENDING", of squeue.
void add_line(const Submitted& jobs, const std::string& line, State& state) {
  std::istringstream words(line);
  std::string id;
  std::string word;
  words >> id >> word;
  // What is ending has not ended: its task may be put back into the queue.
  const JobState where = word == "PENDING" ? JobState::kWaiting : JobState::kRunning;
  if (id == jobs.collector) state.collector = where;
  if (id.rfind(jobs.array + "_", 0) != 0) return;
  std::size_t task = 0;
  const char* const begin = id.data() + jobs.array.size() + 1;
  const auto end = std::from_chars(begin, id.data() + id.size(), task);
  if (end.ec == std::errc() && task < jobs.tasks) state.tasks[task] = where;
}

}  // namespace

std::size_t most_tasks() {
  const ProcessResult result = run_slurm({"scontrol", "show", "config"});
  if (result.status != 0) throw InputError("Slurm does not answer: " + printable(result.output));
  const std::string name = "MaxArraySize";
  const std::size_t at = result.output.find(name);
  std::size_t size = 1001;  // Slurm's own default
  if (at != std::string::npos) {
    const std::size_t equals = result.output.find('=', at);
    size = std::max(2ul, std::stoul(result.output.substr(equals + 1)));
  }
  return size - 1;
}

Submitted submit(const ArrayJob& job) {
  fs::create_directories(job.folder);
  fs::remove(job.folder / kStatusFile);
  write_file(job.folder / "task.sh", task_script(job));
  const std::string status = quoted((job.folder / kStatusFile).string());
  write_file(job.folder / "collect.sh",
             fmt::format("#!/bin/sh\n{}\necho $? >{}.new && mv {}.new {}\n",
                         command_line(job.collect), status, status, status));
  Submitted jobs;
  jobs.tasks = job.tasks;
  std::vector<std::string> options = options_of(job, "task-%a.txt");
  options.push_back(fmt::format("--array=0-{}", job.tasks - 1));
  jobs.array = submit_script(options, job.folder / "task.sh");
  options = options_of(job, "collect.txt");
  options.push_back("--dependency=afterany:" + jobs.array);
  try {
    jobs.collector = submit_script(options, job.folder / "collect.sh");
  } catch (...) {
    run_slurm({"scancel", jobs.array});
    throw;
  }
  return jobs;
}

std::optional<State> look(const Submitted& jobs) {
  const ProcessResult result = run_slurm({"squeue", "--noheader", "--array", "--format=%i %T",
                                          "--jobs=" + jobs.array + "," + jobs.collector});
  // Jobs that Slurm has forgotten have ended.
  const bool is_forgotten = result.output.find("Invalid job id") != std::string::npos;
  if (result.status != 0 && !is_forgotten) return std::nullopt;
  State state;
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) add_line(jobs, line, state);
  return state;
}

std::optional<int> collected(const fs::path& folder) {
  const fs::path file = folder / kStatusFile;
  if (!fs::exists(file)) return std::nullopt;
  return std::stoi(read_file(file));
}

}  // namespace pset3::cluster
