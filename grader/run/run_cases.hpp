#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "grader/box/box.hpp"
#include "grader/run/outcome.hpp"

namespace pset3::run {

/// What runs in the box: our driver, and the submission that it opens in the process of each case.
struct Program {
  std::filesystem::path driver;        ///< on a path that the box's uid can reach, as the next
  std::filesystem::path object;        ///< the submission, a shared object
  std::vector<std::string> libraries;  ///< that the driver loads once, before the cases
  std::filesystem::path stand_ins =
      {};  ///< a folder of libraries that are loaded before these; or ""
};

/// One call to make.
struct RunCase {
  std::string id;  ///< never enters the box
  std::string function;
  std::string input;  ///< bytes of a safetensors file
  std::uint64_t output_limit_bytes = 0;
  std::chrono::milliseconds time_limit{2000};  ///< of processor time
};

struct RunOptions {
  std::uint64_t memory_bytes = 2ull << 30;
  int threads = 2;  ///< OMP_NUM_THREADS and the like inside
  /// For all cases together, see cost_ms(). Those that it leaves nothing for end as kTimeout.
  std::chrono::milliseconds budget{std::chrono::hours(1)};
};

/// A case that computes is ended by its processor time; one that sleeps, or a machine that is busy,
/// by this much on the wall clock.
std::chrono::milliseconds wall_limit(std::chrono::milliseconds time_limit);

/// What a case takes out of the budget: its processor time, and something of the time that it
/// slept; on a machine that is four times too busy no more than on an idle one.
double cost_ms(const CaseOutcome& outcome);

/// What an outcome says when the budget was used up before its case.
extern const char* const kBudgetUsedUp;

/// Runs the cases in boxes, in order: one box for all as long as nothing goes wrong in it. Cases
/// that share a box could leave each other signs, so what must not know of each other goes into
/// calls of their own.
///
/// @returns an outcome a case, in order. Trouble of the submission's own is in the outcome. A box
/// that cannot be made is tried once more; then the outcome is kBoxFailed.
std::vector<CaseOutcome> run_cases(const Program& program, const std::vector<RunCase>& cases,
                                   const RunOptions& options);

}  // namespace pset3::run
