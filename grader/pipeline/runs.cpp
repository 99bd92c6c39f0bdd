#include "grader/pipeline/runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <thread>

#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"
#include "grader/run/run_cases.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using run::CaseOutcome;

int thread_count(const judge::Rubric& rubric) {
  const auto most = static_cast<unsigned>(rubric.threads);
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, most));
}

std::string key_of(const judge::Rubric& rubric, const Program& program, const PreparedCase& item,
                   std::chrono::milliseconds limit) {
  return Hasher()
      .add("run 1")
      .add(program.key)
      .add(item.spec->function)
      .add(item.input_hash)
      .add(fmt::format("{} ms, {} bytes, {} out, {} threads, box L{}", limit.count(),
                       rubric.memory_limit_bytes, arrays::largest_file(item.data.outputs),
                       thread_count(rubric), static_cast<int>(box::probe())))
      .hex();
}

void write_outcome(const fs::path& folder, const CaseOutcome& outcome) {
  const json document = {{"ended", static_cast<int>(outcome.ended)},
                         {"message", printable(outcome.message)},
                         {"function", printable(outcome.function)},
                         {"frame", printable(outcome.frame)},
                         {"code", outcome.code},
                         {"wall_ms", outcome.wall_ms},
                         {"cpu_ms", outcome.cpu_ms},
                         {"peak_mib", outcome.peak_mib}};
  write_file(folder / "output.safetensors", outcome.output);
  write_file(folder / "outcome.json", document.dump());
}

CaseOutcome read_outcome(const fs::path& folder) {
  const json document = read_stored(folder / "outcome.json");
  CaseOutcome outcome;
  outcome.ended = static_cast<run::Ended>(document.at("ended").get<int>());
  outcome.message = document.at("message");
  outcome.function = document.at("function");
  outcome.frame = document.at("frame");
  outcome.code = document.at("code");
  outcome.wall_ms = document.at("wall_ms");
  outcome.cpu_ms = document.at("cpu_ms");
  outcome.peak_mib = document.at("peak_mib");
  outcome.output = read_file(folder / "output.safetensors");
  return outcome;
}

run::RunCase to_run(const PreparedCase& item, std::chrono::milliseconds limit) {
  return {item.spec->id, item.spec->function, item.input, arrays::largest_file(item.data.outputs),
          limit};
}

std::vector<CaseOutcome> run_patiently(const Program& program,
                                       const std::vector<run::RunCase>& cases,
                                       const run::RunOptions& options) {
  std::vector<CaseOutcome> outcomes = run::run_cases(program.executable, cases, options);
  std::vector<std::size_t> again;
  std::vector<run::RunCase> to_do;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!deserves_another_try(outcomes[i])) continue;
    again.push_back(i);
    to_do.push_back(cases[i]);
  }
  if (again.empty()) return outcomes;
  std::vector<CaseOutcome> second = run::run_cases(program.executable, to_do, options);
  for (std::size_t i = 0; i < again.size(); ++i) outcomes[again[i]] = std::move(second[i]);
  return outcomes;
}

}  // namespace

bool deserves_another_try(const CaseOutcome& outcome) {
  if (outcome.ended == run::Ended::kBoxFailed) return true;
  return outcome.ended == run::Ended::kTimeout && outcome.cpu_ms < outcome.wall_ms / 2;
}

Outcomes run_stored(const judge::Rubric& rubric, const Program& program, const Store& store,
                    const std::vector<PreparedCase>& cases, const TimeLimits& limits,
                    const std::set<std::string>& only) {
  Outcomes outcomes;
  std::vector<run::RunCase> to_do;
  std::vector<std::string> keys;
  for (const PreparedCase& item : cases) {
    if (!only.empty() && only.count(item.spec->id) == 0) continue;
    const std::chrono::milliseconds limit = limits.at(item.spec->id);
    const std::string key = key_of(rubric, program, item, limit);
    if (const auto folder = store.find("run", key)) {
      outcomes[item.spec->id] = read_outcome(*folder);
    } else {
      to_do.push_back(to_run(item, limit));
      keys.push_back(key);
    }
  }
  if (to_do.empty()) return outcomes;
  run::RunOptions options;
  options.memory_bytes = rubric.memory_limit_bytes;
  options.threads = thread_count(rubric);
  options.with_lines = program.with_lines;
  const std::vector<CaseOutcome> fresh = run_patiently(program, to_do, options);
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    outcomes[to_do[i].id] = fresh[i];
    if (fresh[i].ended == run::Ended::kBoxFailed) continue;
    store.get("run", keys[i], [&](const fs::path& folder) { write_outcome(folder, fresh[i]); });
  }
  return outcomes;
}

std::chrono::milliseconds time_limit(const judge::Rubric& rubric, double reference_ms) {
  std::chrono::milliseconds limit{rubric.time_limit_floor_ms};
  while (static_cast<double>(limit.count()) < rubric.time_limit_factor * reference_ms) limit *= 2;
  return limit;
}

double machine_speed_ms() {
  std::array<double, 5> times{};
  for (double& time : times) {
    const auto begin = std::chrono::steady_clock::now();
    volatile double sink = 0.0;
    double value = 1.0;
    for (int i = 1; i < 1'000'000; ++i) value = value * 0.999'999 + 1.0 / static_cast<double>(i);
    sink = value;
    (void)sink;
    time =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace pset3::pipeline
