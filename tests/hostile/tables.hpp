#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "grader/base/files.hpp"

namespace pset3 {

/// A table of this folder that is made from the tests is the one that lies there; writes it when
/// PSET3_WRITE_TABLES is set.
inline void expect_table(const std::string& file, const std::string& text) {
  const std::filesystem::path path =
      std::filesystem::path(PSET3_SOURCE_DIR) / "tests/hostile" / file;
  if (std::getenv("PSET3_WRITE_TABLES") != nullptr) write_file(path, text);
  EXPECT_EQ(read_file(path), text) << "to write it again: PSET3_WRITE_TABLES=1";
}

}  // namespace pset3
