#include "grader/build/stand_ins.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "grader/base/process.hpp"

namespace pset3::build {
namespace {

namespace fs = std::filesystem;

std::string output_of(const std::vector<std::string>& argv) {
  return run_process(argv, "/").output;
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

std::string path_of(const std::string& library) {
  std::string path = output_of({compiler(), "-print-file-name=" + library});
  path.erase(path.find_last_not_of('\n') + 1);
  return path;
}

TEST(StandIns, AreOfLibrariesThatLibTorchNames) {
  const std::string named = output_of({"readelf", "-dW", path_of("libtorch_cpu.so")});
  for (const std::string& name : names_in(prepare_stand_ins(library_set("torch")))) {
    EXPECT_NE(named.find("[" + name + "]"), std::string::npos) << name;
  }
}

/// Debian 12's names OpenCV and FFmpeg, 200 libraries with what these need.
TEST(StandIns, AreThereWhereLibTorchNamesOpenCv) {
  const std::string named = output_of({"readelf", "-dW", path_of("libtorch_cpu.so")});
  if (named.find("libopencv_videoio") == std::string::npos) GTEST_SKIP() << "it does not here";
  EXPECT_FALSE(names_in(prepare_stand_ins(library_set("torch"))).empty());
}

/// With every symbol looked up at once, as the driver does.
TEST(StandIns, LeaveNothingThatLibTorchUsesUndefined) {
  const std::string folder = prepare_stand_ins(library_set("torch")).string();
  const std::string loaded =
      output_of({"env", "LD_LIBRARY_PATH=" + folder, "ldd", "-r", path_of("libtorch_cpu.so")});
  EXPECT_NE(loaded.find("libc10"), std::string::npos) << loaded;
  EXPECT_EQ(loaded.find("undefined symbol"), std::string::npos) << loaded;
}

TEST(StandIns, AreNoneWhereNothingIsNamedInVain) {
  EXPECT_TRUE(names_in(prepare_stand_ins(library_set("opencv"))).empty());
}

TEST(StandIns, AreNoneWhereTheyCannotBeMade) {
  LibrarySet set = library_set("torch");
  set.overlinked = "libof_no_such_name.so";
  EXPECT_TRUE(names_in(prepare_stand_ins(set)).empty());
}

}  // namespace
}  // namespace pset3::build
