#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "grader/box/box.hpp"
#include "grader/run/outcome.hpp"

namespace pset3::run {

/// One call to make.
struct RunCase {
  std::string id;  ///< never enters the box
  std::string function;
  std::string input;  ///< bytes of a safetensors file
  std::uint64_t output_limit_bytes = 0;
  std::chrono::milliseconds time_limit{2000};
};

struct RunOptions {
  std::uint64_t memory_bytes = 2ull << 30;
  int threads = 2;  ///< OMP_NUM_THREADS and the like inside
};

/// Runs the cases in boxes, in order: one box for all as long as nothing goes wrong in it.
///
/// @param program  the linked driver, on a path that the box's uid can reach.
/// @returns an outcome a case, in order. Trouble of the submission's own is in the outcome. A box
/// that cannot be made is tried once more; then the outcome is kBoxFailed.
std::vector<CaseOutcome> run_cases(const std::filesystem::path& program,
                                   const std::vector<RunCase>& cases, const RunOptions& options);

}  // namespace pset3::run
