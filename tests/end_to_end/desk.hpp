#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/end_to_end/process.hpp"

namespace pset3::end_to_end {

namespace fs = std::filesystem;

/// What all tests share, made when the first one asks for it.
const fs::path& shared_cache();
/// A course of p1 alone, with four mistakes and no case that takes long.
const fs::path& small_course();

/// A folder for one test, which pset3 is started in.
class Desk : public ::testing::Test {
 protected:
  Desk();

  fs::path path(const std::string& name) const { return folder_.path() / name; }

  /// The solution's part folder with a text replaced in a file. @returns the submission
  fs::path edited(const std::string& name, const std::string& file, const std::string& from,
                  const std::string& to) const;
  fs::path solution(const std::string& name) const;
  /// The solution whose carve() swaps rows and columns, and says nothing but a wrong result.
  fs::path swapped(const std::string& name) const;
  /// The small course, a secret, and in `in` four students: ann is right, the others are not.
  void put_class();

  Result pset3(const std::vector<std::string>& arguments) const;
  std::unique_ptr<Process> start(const std::vector<std::string>& arguments) const;
  nlohmann::json json(const fs::path& file) const;

  Process::Environment environment_;

 private:
  TemporaryFolder folder_;
};

/// The entry of a check in results.json.
nlohmann::json check_in(const nlohmann::json& results, const std::string& id);
std::string verdict_of(const nlohmann::json& results, const std::string& id);

/// results.json without what a clock or a machine's load decides.
nlohmann::json without_times(nlohmann::json results);

/// Whether any process's command line has this text in it.
bool is_named_by_a_process(const std::string& text);

}  // namespace pset3::end_to_end
