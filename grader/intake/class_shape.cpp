#include "grader/intake/class_shape.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "grader/intake/place.hpp"
#include "grader/intake/upload_names.hpp"

namespace pset3::intake {
namespace {

constexpr Shape kPlatforms[] = {Shape::kMoodle, Shape::kBlackboard, Shape::kCanvas};

/// Folders that one program is made of.
bool is_of_a_program(const std::string& name) {
  static const std::set<std::string> kNames = {
      "src",      "source",  "sources",  "code",    "include",   "lib",      "libs",
      "test",     "tests",   "doc",      "docs",    "data",      "dataset",  "datasets",
      "image",    "images",  "img",      "figures", "fig",       "figs",     "plots",
      "output",   "outputs", "out",      "result",  "results",   "report",   "reports",
      "writeup",  "bin",     "scripts",  "script",  "notebooks", "assets",   "resources",
      "media",    "models",  "weights",  "logs",    "tmp",       "temp",     "backup",
      "old",      "new",     "final",    "handout", "handouts",  "fixtures", "third_party",
      "external", "vendor",  "cmake",    "config",  "utils",     "python",   "matlab",
      "cpp",      "starter", "solution", "common",  "given",     "exercise", "hw",
      "homework"};
  static const std::regex kNumbered(
      R"((question|part|problem|exercise|task|step|section|homework|assignment|pset|hw|ps|ex|q|p|v)[ _-]?([0-9]+[a-z]?|[a-z]|one|two|three|four|five|i+))",
      std::regex::icase);
  return kNames.count(lowercase(name)) != 0 || std::regex_match(name, kNumbered);
}

bool is_named_like_a_part(const std::string& name, const std::vector<WantedPart>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const WantedPart& part) {
    return part.folder == without_archive_ending(name);
  });
}

bool holds_something(const Child& child) {
  return child.has_part_folder || child.has_archive || !child.wanted_files.empty();
}

bool is_one_by_itself(const std::vector<std::string>& names, const std::vector<Child>& children,
                      const std::vector<WantedPart>& wanted) {
  const auto has = [&](const char* name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (has("starter") || has("solution") || has(".git") || has("CMakeLists.txt")) return true;
  return std::any_of(children.begin(), children.end(), [&](const Child& child) {
    if (child.kind == Kind::kFile) {
      return !child.wanted_files.empty() ||
             (child.is_archive && is_named_like_a_part(child.name, wanted));
    }
    return child.kind == Kind::kFolder && is_named_like_a_part(child.name, wanted);
  });
}

std::optional<Shape> shape_of_children(const std::vector<Child>& children) {
  std::vector<std::string> names;
  for (const Child& child : children) {
    if (child.name == kGradescopeMetadata) return Shape::kGradescope;
    const bool counts = child.kind != Kind::kFile || why_no_hand_in(child.name).empty();
    if (counts) names.push_back(child.name);
  }
  return shape_of_names(names);
}

/// A student's tree may spread different files over its folders; a class repeats the same ones.
bool repeats_a_file(const std::vector<Child>& children) {
  std::map<std::string, int> repeats;
  for (const Child& child : children) {
    if (child.kind != Kind::kFolder) continue;
    for (const std::string& file : child.wanted_files) {
      if (++repeats[file] >= 2) return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Shape> shape_of_names(const std::vector<std::string>& names) {
  for (const Shape shape : kPlatforms) {
    const auto like = std::count_if(names.begin(), names.end(), [&](const std::string& name) {
      return parse_upload_name(shape, name).has_value();
    });
    if (like > 0 && 2 * static_cast<std::size_t>(like) >= names.size()) return shape;
  }
  return std::nullopt;
}

std::optional<Shape> shape_of_folder(const std::vector<std::string>& names,
                                     const std::vector<Child>& children,
                                     const std::vector<WantedPart>& wanted) {
  if (const auto shape = shape_of_children(children)) return shape;
  if (is_one_by_itself(names, children, wanted)) return std::nullopt;
  std::size_t folders = 0;
  std::size_t archives = 0;
  std::size_t parts = 0;  // folders with a part folder in them
  bool is_any_somebodys = false;
  for (const Child& child : children) {
    archives += child.is_archive ? 1 : 0;
    if (child.kind != Kind::kFolder) continue;
    ++folders;
    parts += child.has_part_folder ? 1 : 0;
    is_any_somebodys |= !is_of_a_program(child.name);
  }
  const bool is_class = (folders >= 2 && (is_any_somebodys || parts >= 2)) ||
                        repeats_a_file(children) || archives >= 2 ||
                        (archives == 1 && folders == 1 && is_any_somebodys);
  return is_class ? std::optional(Shape::kFolders) : std::nullopt;
}

std::optional<Shape> shape_of_archive(const std::vector<Child>& children) {
  if (const auto shape = shape_of_children(children)) return shape;
  std::size_t clear = 0;
  for (const Child& child : children) {
    const bool is_somebodys = child.kind == Kind::kFolder && !is_of_a_program(child.name);
    clear += is_somebodys && holds_something(child) ? 1 : 0;
  }
  return clear >= 2 && repeats_a_file(children) ? std::optional(Shape::kFolders) : std::nullopt;
}

std::string why_no_hand_in(const std::string& file_name) {
  static const std::map<std::string, std::string> kKinds = {{".csv", "a table"},
                                                            {".tsv", "a table"},
                                                            {".xls", "a table"},
                                                            {".xlsx", "a table"},
                                                            {".ods", "a table"},
                                                            {".yml", "a list of the platform's"},
                                                            {".yaml", "a list of the platform's"},
                                                            {".log", "a log"},
                                                            {".json", "no hand-in"}};
  const std::string lower = lowercase(file_name);
  if (lower[0] == '.') return "hidden";
  if (lower.rfind("readme", 0) == 0 || lower == "index.html") return "a note on the class";
  if (lower == "thumbs.db" || lower == "desktop.ini") return "Windows' own";
  const auto kind = kKinds.find(std::filesystem::path(lower).extension().string());
  return kind == kKinds.end() ? "" : kind->second;
}

bool says_nothing(const std::string& name, const std::vector<WantedPart>& wanted) {
  static const std::regex kUsual(
      R"((hw|homework|ps|pset|assignment|submission|project|code|files|archive|upload|part|exercise|exercises|lab|final|work|download|p)[ _-]?[0-9]{0,3}[a-z]?( ?\(\d+\)|-\d+)?)",
      std::regex::icase);
  return std::regex_match(name, kUsual) || is_named_like_a_part(name, wanted);
}

}  // namespace pset3::intake
