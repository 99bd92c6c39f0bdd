#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grader/box/box.hpp"

namespace pset3::box {

inline bool works(Level level) {
  BoxSpec spec;
  spec.argv = {"/usr/bin/true"};
  spec.level = level;
  const BoxExit exit = run(spec);
  return exit.ending == Ending::kExited && exit.code == 0;
}

/// Tests that run once for each level; skipped, with the reason, where it cannot be had.
class AtLevel : public ::testing::TestWithParam<Level> {
 protected:
  void SetUp() override {
    if (!works(GetParam())) {
      BoxSpec spec;
      spec.argv = {"/usr/bin/true"};
      spec.level = GetParam();
      GTEST_SKIP() << "skipped: " << name_of(GetParam()) << ": " << run(spec).why;
    }
  }

  /// A shell command in a small box.
  BoxSpec shell(const std::string& command) const {
    BoxSpec spec;
    spec.argv = {"/usr/bin/sh", "-c", command};
    spec.level = GetParam();
    spec.limits.memory_bytes = 256ull << 20;
    spec.limits.processes = 64;
    return spec;
  }
};

inline std::string level_name(const ::testing::TestParamInfo<Level>& info) {
  return "L" + std::to_string(static_cast<int>(info.param));
}

inline const std::vector<Level> kEveryLevel = {Level::kLimits, Level::kLandlock, Level::kNamespaces,
                                               Level::kCgroup};
inline const std::vector<Level> kNamespaced = {Level::kNamespaces, Level::kCgroup};

}  // namespace pset3::box
