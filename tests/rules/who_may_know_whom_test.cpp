// CONTRIBUTING.md's table of who may know whom, held against every include and every link line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/rules/tree.hpp"

namespace pset3::rules {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

/// Folder of grader/ -> the folders and files of grader/ whose headers it may include, besides its
/// own.
const std::map<std::string, std::set<std::string>> kGraderMayKnow = {
    {"base", {}},
    {"arrays", {}},
    {"box", {"base"}},
    {"intake", {"base"}},
    {"build", {"base", "box"}},
    {"run", {"base", "arrays", "box"}},
    {"judge", {"base", "arrays", "run/outcome.hpp"}},
    {"worlds", {"base", "arrays"}},
    {"parts", {"base", "arrays", "judge"}},
    {"report", {"base", "judge"}},
    {"gradebook", {"base", "judge", "report"}},
    {"similarity", {"base", "box"}},
    {"cluster", {"base"}},
    {"pipeline",
     {"base", "arrays", "box", "build", "run", "intake", "judge", "report", "parts/part.hpp",
      "parts/cases.hpp"}},
    {"exercise", {"base", "box", "build", "intake", "judge", "pipeline"}},
    {"author", {"base", "arrays", "box", "build", "judge", "pipeline", "report", "run"}},
    {"app",
     {"base", "author", "box", "build", "cluster", "exercise", "gradebook", "intake", "judge",
      "parts/part.hpp", "parts/parts.hpp", "pipeline", "report", "similarity"}},
};

/// Room of a part -> the same. What is inside the box is in may_include_inside().
const std::map<std::string, std::set<std::string>> kRoomMayKnow = {
    {"cases",
     {"base", "arrays", "worlds", "parts/cases.hpp", "parts/parameters.hpp", "parts/tries.hpp"}},
    {"judge", {"base", "arrays", "judge"}},
};

bool is_source(const fs::path& file) {
  return file.extension() == ".cpp" || file.extension() == ".hpp";
}

bool is_cmake_or_source(const fs::path& file) {
  return is_source(file) || file.extension() == ".cmake" || file.filename() == "CMakeLists.txt";
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

/// The part in whose folder a file is, or "".
std::string part_of(const fs::path& file) {
  static const std::set<std::string> kParts = parts();
  for (const std::string& component : components(file)) {
    if (kParts.count(component) != 0) return component;
  }
  return "";
}

/// "cases" for grader/parts/p1_space_carving/cases/box.cpp; "" for what is in no room.
std::string room_of(const fs::path& file) {
  const auto from = components(file);
  return from[0] == "grader" && from[1] == "parts" && from.size() > 4 ? from[3] : "";
}

/// Code that is linked with submissions: what answers cases in the box, and the parts' adapters.
bool is_inside_the_box(const fs::path& file) {
  const auto from = components(file);
  return room_of(file) == "adapter" ||
         (from[0] == "grader" && from[1] == "run" && from[2] == "inside");
}

/// The program in the box that forks the cases and opens a submission in each.
bool is_of_the_driver(const fs::path& file) {
  const auto from = components(file);
  return from[0] == "grader" && from[1] == "run" && from[2] == "driver";
}

bool may_include_inside(const fs::path& file, const std::string& include) {
  const std::string part = part_of(file);
  const bool own = !part.empty() && (starts_with(include, "starter/" + part + "/") ||
                                     starts_with(include, "grader/parts/" + part + "/adapter/"));
  return own || starts_with(include, "starter/common/") || starts_with(include, "grader/arrays/") ||
         starts_with(include, "grader/run/inside/") || include == "grader/run/protocol.hpp";
}

/// @param known  folders and files below grader/.
bool is_among(const std::set<std::string>& known, const std::string& include) {
  return std::any_of(known.begin(), known.end(), [&](const std::string& name) {
    return include == "grader/" + name || starts_with(include, "grader/" + name + "/");
  });
}

bool may_include_grader(const fs::path& file, const std::string& include) {
  const auto from = components(file);
  const auto to = components(include);
  if (to[0] != "grader" || starts_with(include, "grader/run/inside/")) return false;
  if (const std::string room = room_of(file); !room.empty()) {
    const bool own = starts_with(include, "grader/parts/" + part_of(file) + "/" + room + "/");
    return own || is_among(kRoomMayKnow.at(room), include);
  }
  if (!part_of(include).empty()) return false;  // what a part consists of, its own list tells
  if (to[1] == from[1]) return true;
  const auto allowed = kGraderMayKnow.find(from[1]);
  return allowed != kGraderMayKnow.end() && is_among(allowed->second, include);
}

bool may_include_ours(const fs::path& file, const std::string& include) {
  const auto from = components(file);
  const bool to_common = starts_with(include, "starter/common/");
  const bool to_own_part = starts_with(include, "starter/") && !part_of(include).empty() &&
                           part_of(include) == part_of(file);
  if (from[0] == "starter" && from[1] == "common") return to_common;
  if (from[0] == "starter" || from[0] == "solution") return to_common || to_own_part;
  if (is_of_the_driver(file) && starts_with(include, "grader/run/driver/")) return true;
  const bool inside = is_inside_the_box(file) || is_of_the_driver(file);
  return inside ? may_include_inside(file, include) : may_include_grader(file, include);
}

bool is_of_a_judge(const fs::path& file) {
  return components(file)[1] == "judge" || room_of(file) == "judge";
}

bool may_include(const fs::path& file, const std::string& include) {
  static const std::regex kTorch("(torch|ATen|c10)/.*");
  const bool student_side = components(file)[0] != "grader" || is_inside_the_box(file);
  if (std::regex_match(include, kTorch)) return student_side;
  if (starts_with(include, "opencv2/")) return !is_of_a_judge(file);
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
  const std::string p0 = "grader/parts/p0_neural_nets/";
  const std::string p1 = "grader/parts/p1_space_carving/";
  const auto forbidden = [](const fs::path& file, const std::string& include) {
    return !may_include(file, include);
  };
  EXPECT_TRUE(forbidden("grader/judge/engine.cpp", "grader/box/box.hpp"));
  EXPECT_TRUE(forbidden("grader/judge/engine.cpp", "grader/run/run_cases.hpp"));
  EXPECT_TRUE(forbidden("grader/judge/engine.cpp", "opencv2/core.hpp"));
  EXPECT_TRUE(forbidden("grader/judge/engine.cpp", "starter/common/camera.hpp"));
  EXPECT_TRUE(forbidden("grader/judge/engine.cpp", p1 + "judge/rows.hpp"));
  EXPECT_TRUE(forbidden("grader/app/check.cpp", "torch/torch.h"));
  EXPECT_TRUE(forbidden("grader/app/check.cpp", "solution/p1_space_carving/carve.hpp"));
  EXPECT_TRUE(forbidden("grader/app/check.cpp", p1 + "cases/generators.hpp"));
  EXPECT_TRUE(forbidden("grader/box/box.cpp", "grader/judge/verdict.hpp"));
  EXPECT_TRUE(forbidden("grader/pipeline/course.cpp", "grader/parts/parts.hpp"));
  EXPECT_TRUE(forbidden("starter/common/camera.cpp", "starter/p1_space_carving/space_carving.hpp"));
  EXPECT_TRUE(forbidden("starter/p1_space_carving/carve.cpp", "starter/p0_neural_nets/shapes.hpp"));
  EXPECT_TRUE(forbidden(p1 + "adapter/entries.cpp", "grader/judge/verdict.hpp"));
  EXPECT_TRUE(forbidden(p1 + "adapter/entries.cpp", p0 + "adapter/functions.hpp"));
  EXPECT_TRUE(forbidden(p1 + "adapter/entries.cpp", p1 + "judge/rows.hpp"));
  EXPECT_TRUE(forbidden(p1 + "cases/generators.cpp", p0 + "cases/drawing.hpp"));
  EXPECT_TRUE(forbidden(p1 + "cases/generators.cpp", p1 + "judge/rows.hpp"));
  EXPECT_TRUE(forbidden(p1 + "cases/generators.cpp", "grader/judge/checks.hpp"));
  EXPECT_TRUE(forbidden(p1 + "judge/grid.cpp", p0 + "judge/tensor.hpp"));
  EXPECT_TRUE(forbidden(p1 + "judge/grid.cpp", p1 + "cases/generators.hpp"));
  EXPECT_TRUE(forbidden(p1 + "judge/grid.cpp", "opencv2/core.hpp"));
  EXPECT_TRUE(may_include(p1 + "judge/grid.cpp", p1 + "judge/rows.hpp"));
  EXPECT_TRUE(may_include(p1 + "cases/generators.cpp", "grader/worlds/scene.hpp"));
  EXPECT_TRUE(may_include(p0 + "adapter/mlps.cpp", p0 + "adapter/conversions.hpp"));
  EXPECT_TRUE(
      may_include(p1 + "adapter/entries.cpp", "starter/p1_space_carving/space_carving.hpp"));
  EXPECT_TRUE(may_include("solution/p1_space_carving/carve.cpp",
                          "starter/p1_space_carving/space_carving.hpp"));
}

/// A text without its comments.
std::string code_of(const fs::path& file) {
  static const std::regex kComment("//[^\n]*");
  return std::regex_replace(read(kRoot / file), kComment, "");
}

/// "p1", p1:: and p1_space_carving are names of a part; an example in a longer text is none.
bool names_a_part(const std::string& code) {
  static const std::regex kName("\"p[0-9]\"|\\bp[0-9]::|\\bp[0-9]_\\w+");
  return std::regex_search(code, kName);
}

TEST(WhoMayKnowWhom, NoStageNamesAPart) {
  std::vector<std::string> broken;
  for (const fs::path& file : files_below("grader", is_source)) {
    if (!part_of(file).empty() || file == "grader/parts/parts.cpp") continue;
    if (names_a_part(code_of(file))) broken.push_back(file.string());
  }
  EXPECT_THAT(broken, IsEmpty());
  EXPECT_TRUE(names_a_part("run(\"p1\")"));
  EXPECT_TRUE(names_a_part("checks.merge(p2::checks());"));
  EXPECT_FALSE(names_a_part("\"  ./pset3 check p1 --watch\""));
}

/// Whoever adds a part adds folders of its name and one line.
TEST(WhoMayKnowWhom, PartsAreListedInOnePlace) {
  std::vector<std::string> lists;
  for (const char* folder : {"starter", "solution", "grader", "tests"}) {
    for (const fs::path& file : files_below(folder, is_cmake_or_source)) {
      if (!part_of(file).empty() || starts_with(file.string(), "tests/end_to_end")) continue;
      const std::string code = code_of(file);
      std::size_t named = 0;
      for (const std::string& part : parts()) named += code.find(part) != std::string::npos ? 1 : 0;
      if (named == parts().size()) lists.push_back(file.string());
    }
  }
  EXPECT_THAT(lists, ElementsAre("grader/parts/parts.cpp"));
}

bool is_cmake_file(const fs::path& file) { return file.filename() == "CMakeLists.txt"; }

/// Libraries of a folder's CMakeLists.txt: name -> the targets of ours that it links.
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

/// The folder of grader/ that a target is made of; "" for libraries of others.
std::string folder_of(const std::string& target) {
  static const std::map<std::string, std::string> kOthers = {{"pset3_valijson", ""},
                                                             {"pset3_opencv", ""},
                                                             {"pset3_cases", "parts/cases.hpp"},
                                                             {"pset3_report_html", "report"}};
  const auto other = kOthers.find(target);
  return other != kOthers.end() ? other->second : target.substr(std::string("pset3_").size());
}

TEST(WhoMayKnowWhom, HoldsForEveryLinkLine) {
  static const std::set<std::string> kInside = {"pset3_inside", "pset3_arrays_inside"};
  std::vector<std::string> broken;
  std::size_t seen = 0;
  for (const fs::path& file : files_below("grader", is_cmake_file)) {
    for (const auto& [name, targets] : links_of(file)) {
      ++seen;
      if (kInside.count(name) != 0) continue;
      const auto& allowed = kGraderMayKnow.at(components(file)[1]);
      for (const std::string& target : targets) {
        const std::string folder = folder_of(target);
        const bool is_own = components(file)[1] == components(folder + "/")[0];
        if (!folder.empty() && !is_own && allowed.count(folder) == 0) {
          broken.push_back(file.string() + ": " + name + " links " + target);
        }
        if (target == "pset3_opencv" && components(file)[1] == "judge") broken.push_back("OpenCV");
      }
    }
  }
  EXPECT_THAT(broken, IsEmpty());
  EXPECT_GT(seen, 10u);
}

}  // namespace
}  // namespace pset3::rules
