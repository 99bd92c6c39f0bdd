// CONTRIBUTING.md's table of who may know whom, held against every include and every link line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

const fs::path kRoot = PSET3_SOURCE_DIR;

/// Folder of grader/ -> the folders of grader/ whose headers it may include, besides its own.
const std::map<std::string, std::set<std::string>> kGraderMayKnow = {
    {"base", {}},
    {"arrays", {}},
    {"box", {"base"}},
    {"intake", {"base"}},
    {"judge", {"base", "arrays"}},
    {"synthetic", {"base", "arrays"}},
    {"report", {"base", "judge"}},
    {"gradebook", {"base", "judge", "report"}},
    {"build", {"base", "box"}},
    {"driver", {"base", "arrays", "box", "build", "judge"}},
    {"batch",
     {"base", "arrays", "box", "build", "driver", "intake", "judge", "report", "synthetic"}},
    {"author", {"base", "arrays", "batch", "box", "build", "driver", "judge", "report"}},
    {"app",
     {"base", "author", "batch", "box", "build", "gradebook", "intake", "judge", "report",
      "synthetic"}},
};

std::string read(const fs::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

bool is_source(const fs::path& file) {
  return file.extension() == ".cpp" || file.extension() == ".hpp";
}

std::vector<fs::path> files_below(const fs::path& folder, bool (*wanted)(const fs::path&)) {
  std::vector<fs::path> files;
  if (!fs::exists(kRoot / folder)) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kRoot / folder)) {
    if (wanted(entry.path())) files.push_back(fs::relative(entry.path(), kRoot));
  }
  return files;
}

std::vector<std::string> includes_of(const fs::path& file) {
  static const std::regex kInclude("^\\s*#\\s*include\\s*[\"<]([^\">]+)[\">]");
  std::vector<std::string> includes;
  std::istringstream lines(read(kRoot / file));
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_search(line, match, kInclude)) includes.push_back(match[1]);
  }
  return includes;
}

std::vector<std::string> components(const fs::path& path) { return {path.begin(), path.end()}; }

bool starts_with(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

/// Code that is linked with submissions: the driver's inner half and the parts' adapters.
bool is_inside_the_box(const fs::path& file) {
  const auto parts = components(file);
  if (parts[0] != "grader" || parts[1] != "driver") return false;
  return parts[2] == "inside" || std::regex_match(parts[2], std::regex("p\\d_.*"));
}

/// The folders of starter/ that are parts.
std::set<std::string> parts() {
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(kRoot / "starter")) {
    const std::string name = entry.path().filename().string();
    if (std::regex_match(name, std::regex("p\\d_.*"))) names.insert(name);
  }
  return names;
}

/// The part that a file belongs to, by a folder of its name or by its own: "p1_space_carving", or
/// "".
std::string part_of(const fs::path& file) {
  static const std::set<std::string> kParts = parts();
  for (const std::string& component : components(file)) {
    const std::string stem = component.substr(0, component.find('.'));
    if (kParts.count(stem) != 0) return stem;
  }
  return "";
}

bool may_include_ours(const fs::path& file, const std::string& include) {
  const auto from = components(file);
  const auto to = components(include);
  const bool to_common = starts_with(include, "starter/common/");
  const bool to_own_part =
      to[0] == "starter" && !part_of(include).empty() && part_of(include) == part_of(file);
  if (from[0] == "starter" && from[1] == "common") return to_common;
  if (from[0] == "starter" || from[0] == "solution") return to_common || to_own_part;
  if (is_inside_the_box(file)) {
    return to_common || to_own_part || starts_with(include, "grader/arrays/") ||
           starts_with(include, "grader/run/inside/") ||
           starts_with(include, "grader/run/" + part_of(file) + "/") ||
           include == "grader/run/protocol.hpp";
  }
  if (to[0] != "grader" || starts_with(include, "grader/run/inside/")) return false;
  if (!part_of(include).empty() && !part_of(file).empty() && part_of(include) != part_of(file)) {
    return false;
  }
  if (to[1] == from[1]) return true;
  const auto allowed = kGraderMayKnow.find(from[1]);
  return allowed != kGraderMayKnow.end() && allowed->second.count(to[1]) != 0;
}

bool may_include(const fs::path& file, const std::string& include) {
  static const std::regex kTorch("(torch|ATen|c10)/.*");
  const bool student_side = components(file)[0] != "grader" || is_inside_the_box(file);
  if (std::regex_match(include, kTorch)) return student_side;
  if (starts_with(include, "opencv2/")) return components(file)[1] != "judge";
  const bool ours = starts_with(include, "starter/") || starts_with(include, "solution/") ||
                    starts_with(include, "grader/") || starts_with(include, "tests/");
  return !ours || may_include_ours(file, include);
}

TEST(WhoMayKnowWhom, HoldsForEveryInclude) {
  std::vector<std::string> broken;
  std::size_t seen = 0;
  for (const char* folder : {"starter", "solution", "grader"}) {
    for (const fs::path& file : files_below(folder, is_source)) {
      for (const std::string& include : includes_of(file)) {
        ++seen;
        if (!may_include(file, include)) broken.push_back(file.string() + " includes " + include);
      }
    }
  }
  EXPECT_THAT(broken, IsEmpty());
  EXPECT_GT(seen, 200u) << "the files were not found";
}

TEST(WhoMayKnowWhom, NoticesWhatItForbids) {
  EXPECT_FALSE(may_include("grader/judge/engine.cpp", "grader/box/box.hpp"));
  EXPECT_FALSE(may_include("grader/judge/engine.cpp", "opencv2/core.hpp"));
  EXPECT_FALSE(may_include("grader/judge/engine.cpp", "starter/common/camera.hpp"));
  EXPECT_FALSE(may_include("grader/app/check.cpp", "torch/torch.h"));
  EXPECT_FALSE(may_include("grader/app/check.cpp", "solution/p1_space_carving/carve.hpp"));
  EXPECT_FALSE(may_include("grader/box/box.cpp", "grader/judge/verdict.hpp"));
  EXPECT_FALSE(
      may_include("starter/common/camera.cpp", "starter/p1_space_carving/space_carving.hpp"));
  EXPECT_FALSE(
      may_include("starter/p1_space_carving/carve.cpp", "starter/p0_neural_nets/perceptron.hpp"));
  EXPECT_FALSE(
      may_include("grader/parts/p1_space_carving/adapter/entries.cpp", "grader/judge/verdict.hpp"));
  EXPECT_FALSE(may_include("grader/parts/p1_space_carving/adapter/entries.cpp",
                           "grader/parts/p0_neural_nets/adapter/functions.hpp"));
  EXPECT_TRUE(may_include("grader/parts/p0_neural_nets/adapter/mlps.cpp",
                          "grader/parts/p0_neural_nets/adapter/conversions.hpp"));
  EXPECT_TRUE(may_include("grader/parts/p1_space_carving/adapter/entries.cpp",
                          "starter/p1_space_carving/space_carving.hpp"));
  EXPECT_TRUE(may_include("solution/p1_space_carving/carve.cpp",
                          "starter/p1_space_carving/space_carving.hpp"));
}

bool is_cmake_file(const fs::path& file) { return file.filename() == "CMakeLists.txt"; }

/// pset3_library(NAME …) blocks of a folder's CMakeLists.txt: name -> the targets of ours that it
/// links.
std::map<std::string, std::set<std::string>> links_of(const fs::path& file) {
  static const std::regex kBlock("pset3_library\\(\\s*(\\w+)([^)]*)\\)");
  static const std::regex kTarget("\\bpset3_\\w+");
  const std::string text = read(kRoot / file);
  std::map<std::string, std::set<std::string>> links;
  for (std::sregex_iterator block(text.begin(), text.end(), kBlock), end; block != end; ++block) {
    const std::string body = (*block)[2];
    std::set<std::string>& targets = links[(*block)[1]];
    for (std::sregex_iterator it(body.begin(), body.end(), kTarget), last; it != last; ++it) {
      targets.insert(it->str());
    }
  }
  return links;
}

bool is_student_target(const std::string& target) {
  static const std::regex kStudentSide(
      "pset3_(common|drawing|training|inside|arrays_inside|p\\d_(given|exercise|solution|driver))");
  return std::regex_match(target, kStudentSide);
}

TEST(WhoMayKnowWhom, HoldsForEveryLinkLine) {
  std::vector<std::string> broken;
  std::size_t seen = 0;
  for (const fs::path& file : files_below("grader", is_cmake_file)) {
    for (const auto& [name, targets] : links_of(file)) {
      ++seen;
      if (is_student_target(name)) continue;
      for (const std::string& target : targets) {
        const bool library = (target == "pset3_opencv" && components(file)[1] != "judge") ||
                             target == "pset3_valijson";
        const std::string folder = target.substr(std::string("pset3_").size());
        const auto& allowed = kGraderMayKnow.at(components(file)[1]);
        if (!library && allowed.count(folder) == 0) {
          broken.push_back(file.string() + ": " + name + " links " + target);
        }
      }
    }
  }
  EXPECT_THAT(broken, IsEmpty());
  EXPECT_GT(seen, 10u);
}

}  // namespace
