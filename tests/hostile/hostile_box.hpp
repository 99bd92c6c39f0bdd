#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grader/box/cache.hpp"
#include "tests/box/levels.hpp"

namespace pset3::box {

/// A hostile program in a small box: 256 MiB, 64 processes, 5 s.
inline BoxSpec hostile(Level level, const std::string& program,
                       const std::vector<std::string>& arguments = {}) {
  BoxSpec spec;
  spec.argv = {"/submission"};
  spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
  spec.read_only = {{reachable_program(std::string(PSET3_HOSTILE_PROGRAMS) + "/hostile_" + program),
                     "/submission"}};
  spec.level = level;
  spec.limits.memory_bytes = 256ull << 20;
  spec.limits.processes = 64;
  spec.limits.wall = std::chrono::milliseconds(5000);
  return spec;
}

}  // namespace pset3::box
