#include "grader/build/stand_ins.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <string>

namespace pset3::build {
namespace {

namespace fs = std::filesystem;

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[4096];
  while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) text += buffer;
  if (pipe != nullptr) ::pclose(pipe);
  return text;
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

fs::path stand_ins_for(const LibrarySet& set) { return prepare_stand_ins(set); }

std::string path_of(const std::string& library) {
  std::string path = output_of(compiler() + " -print-file-name=" + library);
  path.erase(path.find_last_not_of('\n') + 1);
  return path;
}

TEST(StandIns, AreOfLibrariesThatLibTorchNames) {
  const std::string named = output_of("readelf -dW " + path_of("libtorch_cpu.so"));
  for (const std::string& name : names_in(stand_ins_for(library_set("torch")))) {
    EXPECT_NE(named.find("[" + name + "]"), std::string::npos) << name;
  }
}

/// Debian 12's names OpenCV and FFmpeg, 200 libraries with what these need.
TEST(StandIns, AreThereWhereLibTorchNamesOpenCv) {
  const std::string named = output_of("readelf -dW " + path_of("libtorch_cpu.so"));
  if (named.find("libopencv_videoio") == std::string::npos) GTEST_SKIP() << "it does not here";
  EXPECT_FALSE(names_in(stand_ins_for(library_set("torch"))).empty());
}

/// With every symbol looked up at once, as the driver does.
TEST(StandIns, LeaveNothingThatLibTorchUsesUndefined) {
  const std::string loaded =
      output_of("LD_LIBRARY_PATH=" + stand_ins_for(library_set("torch")).string() + " ldd -r " +
                path_of("libtorch_cpu.so") + " 2>&1");
  EXPECT_NE(loaded.find("libc10"), std::string::npos) << loaded;
  EXPECT_EQ(loaded.find("undefined symbol"), std::string::npos) << loaded;
}

TEST(StandIns, AreNoneWhereNothingIsNamedInVain) {
  EXPECT_TRUE(names_in(stand_ins_for(library_set("opencv"))).empty());
}

TEST(StandIns, AreNoneWhereTheyCannotBeMade) {
  LibrarySet set = library_set("torch");
  set.overlinked = "libof_no_such_name.so";
  EXPECT_TRUE(names_in(stand_ins_for(set)).empty());
}

}  // namespace
}  // namespace pset3::build
