#include "grader/pipeline/runs.hpp"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"
#include "grader/pipeline/machine_share.hpp"
#include "grader/run/protocol.hpp"
#include "grader/run/run_cases.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using run::CaseOutcome;

std::string key_of(const judge::Rubric& rubric, const BuiltProgram& program,
                   const PreparedCase& item, std::chrono::milliseconds limit) {
  return Hasher()
      .add("run 2")
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
                         {"text", printable(outcome.text, run::kMaxTextBytes)},
                         {"while_loading", outcome.while_loading},
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
  outcome.ended = static_cast<run::Ended>(stored_value<int>(document, "ended"));
  outcome.message = stored_value<std::string>(document, "message");
  outcome.function = stored_value<std::string>(document, "function");
  outcome.text = stored_value<std::string>(document, "text");
  outcome.while_loading = stored_value<bool>(document, "while_loading");
  placed.student_frame = stored_value<std::string>(document, "frame");
  outcome.code = stored_value<int>(document, "code");
  outcome.wall_ms = stored_value<double>(document, "wall_ms");
  outcome.cpu_ms = stored_value<double>(document, "cpu_ms");
  outcome.peak_mib = stored_value<double>(document, "peak_mib");
  try {
    outcome.output = read_file(folder / "output.safetensors");
  } catch (const InputError& error) {
    throw DamagedEntry(error.what());
  }
  return placed;
}

run::RunCase to_run_case(const PreparedCase& item, std::chrono::milliseconds limit) {
  return {item.spec->id, item.spec->function, item.box_input, arrays::largest_file(item.outputs),
          limit};
}

run::Program to_run_program(const PartContext& part, const BuiltProgram& program) {
  return {part.toolkit.driver(), program.executable, part.toolkit.libraries->loaded_libraries,
          part.toolkit.stand_ins};
}

/// Runs cases, and then once more, with nothing of ours beside it, those that say more of the
/// machine than of the program; until one of them shows that it is the program after all.
std::vector<CaseOutcome> run_patiently(const run::Program& program,
                                       const std::vector<run::RunCase>& cases,
                                       const run::RunOptions& options) {
  std::vector<CaseOutcome> outcomes;
  {
    const MachineShare share(MachineShare::kWithOthers);
    outcomes = run::run_cases(program, cases, options);
  }
  std::optional<MachineShare> alone;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!deserves_another_try(outcomes[i], cases[i].time_limit)) continue;
    if (!alone) alone.emplace(MachineShare::kAlone);
    const bool slept = outcomes[i].ended == run::Ended::kTimeout;
    outcomes[i] = run::run_cases(program, {cases[i]}, options).at(0);
    if (slept && outcomes[i].ended == run::Ended::kTimeout) break;
  }
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

/// What is left of the time that all cases of a part may take together.
struct Budget {
  double left_ms;

  /// What comes from the store costs what it cost when it was run: the grade is the same again.
  void spend(const CaseOutcome& outcome) { left_ms -= run::cost_ms(outcome); }
};

/// Cases that are not in the store, and the keys under which they will be.
struct ToRun {
  std::vector<run::RunCase> cases;
  std::vector<std::string> keys;
};

void run_and_store(const PartContext& part, const BuiltProgram& program, const ToRun& to_run,
                   Budget& budget, Outcomes& outcomes) {
  if (!part.may_run) throw NotStored("case " + to_run.cases[0].id + " has not been run like this");
  run::RunOptions options;
  options.memory_bytes = part.rubric.memory_limit_bytes;
  options.threads = thread_count(part.rubric);
  options.budget = std::chrono::milliseconds(static_cast<std::int64_t>(budget.left_ms));
  std::vector<PlacedOutcome> fresh = place_crashes(
      part, program, run_patiently(to_run_program(part, program), to_run.cases, options));
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    budget.spend(fresh[i].outcome);
    fresh[i].is_kept = says_something_of_the_program(fresh[i].outcome, to_run.cases[i].time_limit);
    outcomes[to_run.cases[i].id] = fresh[i];
    if (!fresh[i].is_kept) continue;
    // Another worker may have run the same meanwhile: what is stored counts, as in every rejudge.
    outcomes[to_run.cases[i].id] = part.store.get_and_read(
        "run", to_run.keys[i], [&](const fs::path& folder) { write_outcome(folder, fresh[i]); },
        read_outcome);
  }
}

/// Runs those of the cases that share a box: all public or all hidden, unless the files are ours.
void run_group(const PartContext& part, const BuiltProgram& program,
               const std::vector<const PreparedCase*>& group, const TimeLimits& limits,
               Budget& budget, Outcomes& outcomes) {
  ToRun to_run;
  for (const PreparedCase* item : group) {
    const std::chrono::milliseconds limit = limits.at(item->spec->id);
    const std::string key = key_of(part.rubric, program, *item, limit);
    if (const auto stored = part.store.read("run", key, read_outcome)) {
      budget.spend(stored->outcome);
      outcomes[item->spec->id] = *stored;
    } else {
      to_run.cases.push_back(to_run_case(*item, limit));
      to_run.keys.push_back(key);
    }
  }
  if (!to_run.cases.empty()) run_and_store(part, program, to_run, budget, outcomes);
}

/// Of this thread: what else the machine does, does not count.
double processor_time_ms() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

}  // namespace

int thread_count(const judge::Rubric& rubric) {
  const auto most = static_cast<unsigned>(rubric.threads);
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, most));
}

bool deserves_another_try(const CaseOutcome& outcome, std::chrono::milliseconds limit) {
  if (outcome.message == run::kBudgetUsedUp) return false;
  return !says_something_of_the_program(outcome, limit);
}

bool says_something_of_the_program(const CaseOutcome& outcome, std::chrono::milliseconds limit) {
  if (outcome.ended == run::Ended::kBoxFailed) return false;
  if (outcome.ended != run::Ended::kTimeout) return true;
  return outcome.cpu_ms >= 0.9 * static_cast<double>(limit.count());
}

Outcomes run_stored(const PartContext& part, const BuiltProgram& program,
                    const std::vector<PreparedCase>& cases, const TimeLimits& limits,
                    const std::set<std::string>& only) {
  std::vector<const PreparedCase*> shown;  // or all, where one box is enough
  std::vector<const PreparedCase*> hidden;
  for (const PreparedCase& item : cases) {
    if (!only.empty() && only.count(item.spec->id) == 0) continue;
    (item.spec->hidden && !part.one_box ? hidden : shown).push_back(&item);
  }
  Budget budget{1000.0 * part.rubric.budget_s};
  Outcomes outcomes;
  run_group(part, program, shown, limits, budget, outcomes);
  run_group(part, program, hidden, limits, budget, outcomes);
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
    const double begin = processor_time_ms();
    volatile double sink = 0.0;
    double value = 1.0;
    for (int i = 1; i < 1'000'000; ++i) value = value * 0.999'999 + 1.0 / static_cast<double>(i);
    sink = value;
    (void)sink;
    time = processor_time_ms() - begin;
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace pset3::pipeline
