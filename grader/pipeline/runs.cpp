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

std::string key_of(const judge::Rubric& rubric, const BuiltProgram& program,
                   const PreparedCase& item, std::chrono::milliseconds limit) {
  return Hasher()
      .add("run 1")
      .add(program.key)
      .add(item.spec->function)
      .add(item.box_input_hash)
      .add(fmt::format("{} ms, {} bytes, {} out, {} threads, box L{}", limit.count(),
                       rubric.memory_limit_bytes, arrays::largest_file(item.outputs),
                       thread_count(rubric), static_cast<int>(box::probe())))
      .hex();
}

void write_outcome(const fs::path& folder, const PlacedOutcome& placed) {
  const CaseOutcome& outcome = placed.outcome;
  const json document = {{"ended", static_cast<int>(outcome.ended)},
                         {"message", printable(outcome.message)},
                         {"function", printable(outcome.function)},
                         {"frame", printable(placed.student_frame)},
                         {"code", outcome.code},
                         {"wall_ms", outcome.wall_ms},
                         {"cpu_ms", outcome.cpu_ms},
                         {"peak_mib", outcome.peak_mib}};
  write_file(folder / "output.safetensors", outcome.output);
  write_file(folder / "outcome.json", document.dump());
}

PlacedOutcome read_outcome(const fs::path& folder) {
  const json document = read_stored(folder / "outcome.json");
  PlacedOutcome placed;
  CaseOutcome& outcome = placed.outcome;
  outcome.ended = static_cast<run::Ended>(document.at("ended").get<int>());
  outcome.message = document.at("message");
  outcome.function = document.at("function");
  placed.student_frame = document.at("frame");
  outcome.code = document.at("code");
  outcome.wall_ms = document.at("wall_ms");
  outcome.cpu_ms = document.at("cpu_ms");
  outcome.peak_mib = document.at("peak_mib");
  outcome.output = read_file(folder / "output.safetensors");
  return placed;
}

run::RunCase to_run_case(const PreparedCase& item, std::chrono::milliseconds limit) {
  return {item.spec->id, item.spec->function, item.box_input, arrays::largest_file(item.outputs),
          limit};
}

std::vector<CaseOutcome> run_patiently(const BuiltProgram& program,
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

bool has_place(const CaseOutcome& outcome) {
  const bool crashed =
      outcome.ended == run::Ended::kThrew || outcome.ended == run::Ended::kSignalled;
  return crashed && !outcome.addresses.empty();
}

/// Looks up where the crashes are in the student's files. Only then is the program with lines
/// built, once for all of them.
std::vector<PlacedOutcome> place_crashes(const PartContext& part, const BuiltProgram& program,
                                         std::vector<CaseOutcome> outcomes) {
  fs::path with_lines;
  std::vector<PlacedOutcome> all;
  for (CaseOutcome& outcome : outcomes) {
    std::string frame;
    if (has_place(outcome)) {
      if (with_lines.empty()) with_lines = build_with_lines(part, program);
      if (!with_lines.empty()) frame = build::student_frame(with_lines, outcome.addresses);
    }
    all.push_back({std::move(outcome), std::move(frame)});
  }
  return all;
}

/// Cases that are not in the store, and the keys under which they will be.
struct ToRun {
  std::vector<run::RunCase> cases;
  std::vector<std::string> keys;
};

void run_and_store(const PartContext& part, const BuiltProgram& program, const ToRun& to_run,
                   Outcomes& outcomes) {
  run::RunOptions options;
  options.memory_bytes = part.rubric.memory_limit_bytes;
  options.threads = thread_count(part.rubric);
  const std::vector<PlacedOutcome> fresh =
      place_crashes(part, program, run_patiently(program, to_run.cases, options));
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    outcomes[to_run.cases[i].id] = fresh[i];
    if (fresh[i].outcome.ended == run::Ended::kBoxFailed) continue;
    part.store.get("run", to_run.keys[i],
                   [&](const fs::path& folder) { write_outcome(folder, fresh[i]); });
  }
}

}  // namespace

bool deserves_another_try(const CaseOutcome& outcome) {
  if (outcome.ended == run::Ended::kBoxFailed) return true;
  return outcome.ended == run::Ended::kTimeout && outcome.cpu_ms < outcome.wall_ms / 2;
}

Outcomes run_stored(const PartContext& part, const BuiltProgram& program,
                    const std::vector<PreparedCase>& cases, const TimeLimits& limits,
                    const std::set<std::string>& only) {
  Outcomes outcomes;
  ToRun to_run;
  for (const PreparedCase& item : cases) {
    if (!only.empty() && only.count(item.spec->id) == 0) continue;
    const std::chrono::milliseconds limit = limits.at(item.spec->id);
    const std::string key = key_of(part.rubric, program, item, limit);
    if (const auto folder = part.store.find("run", key)) {
      outcomes[item.spec->id] = read_outcome(*folder);
    } else {
      to_run.cases.push_back(to_run_case(item, limit));
      to_run.keys.push_back(key);
    }
  }
  if (!to_run.cases.empty()) run_and_store(part, program, to_run, outcomes);
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
