#include "grader/author/release_student.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "grader/author/release_parts.hpp"
#include "grader/author/release_rubric.hpp"
#include "grader/author/starter.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;

bool is_below(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}

/// The names that a `set(NAME a b c)` of a CMake file lists.
std::set<std::string> listed(const std::string& cmake, const std::string& name) {
  std::smatch match;
  if (!std::regex_search(cmake, match, std::regex("set\\(" + name + "([^)]*)\\)"))) {
    throw GraderError("grader/app/teaching.cmake does not set " + name);
  }
  std::istringstream words(match[1]);
  return {std::istream_iterator<std::string>(words), {}};
}

/// What only TAs and authors need: the sources that teaching.cmake lists, with their headers, and
/// the folders of its libraries.
class Teaching {
 public:
  explicit Teaching(const fs::path& source) {
    const fs::path app = "grader/app";
    const std::string list = read_file(source / app / "teaching.cmake");
    files_.insert(app / "teaching.cmake");
    for (const std::string& name : listed(list, "PSET3_TEACHING_SOURCES")) {
      files_.insert(app / name);
      files_.insert((app / name).replace_extension(".hpp"));
    }
    for (const std::string& library : listed(list, "PSET3_TEACHING_LIBRARIES")) {
      folders_.insert("grader/" + library.substr(std::string("pset3_").size()));
    }
  }

  bool has(const fs::path& path) const {
    return files_.count(path) != 0 ||
           std::any_of(folders_.begin(), folders_.end(),
                       [&](const fs::path& folder) { return is_below(path, folder); });
  }

 private:
  std::set<fs::path> files_;
  std::set<fs::path> folders_;
};

std::string parts_table(const PartChoice& choice) {
  std::string rows;
  for (const judge::Rubric* rubric : choice.given()) {
    rows += fmt::format("| {} | {} | {:g} | `{}` | `starter/{}/` |\n", rubric->part, rubric->title,
                        rubric->automatic_points() + rubric->manual_points(), rubric->handout,
                        rubric->folder);
  }
  return rows;
}

void add_sources(ReleaseTree& tree, const fs::path& source, const PartChoice& choice) {
  for (const char* file : {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "pset3", ".gitignore",
                           "fixtures/rubric.schema.json"}) {
    add_file(tree, source, file);
  }
  const Teaching teaching(source);
  static const std::set<std::string> kKinds = {".cpp", ".hpp", ".cmake", ".txt", ".json",
                                               ".css", ".mjs", ".ts",    ".tsx"};
  add_folder(tree, source, "grader", [&](const fs::path& path) {
    return kKinds.count(path.extension().string()) != 0 && !teaching.has(path) &&
           !choice.is_of_other(path);
  });
  add_folder(tree, source, "starter",
             [&](const fs::path& path) { return !choice.is_of_other(path); });
  std::string& list = tree.at("grader/parts/parts.cpp").bytes;
  list = choice.without_others(list);
}

void add_stubs(ReleaseTree& tree, const pipeline::Course& course, const PartChoice& choice) {
  for (const auto& [path, bytes] : starter_files(course)) {
    if (!choice.is_of_other(path)) tree[path.generic_string()].bytes = bytes;
  }
}

void add_handouts(ReleaseTree& tree, const fs::path& source, const PartChoice& choice) {
  const char* const index = "handouts/index.md";
  add_file(tree, source, index);
  tree.at(index).bytes = choice.without_others(tree.at(index).bytes);
  for (const judge::Rubric* rubric : choice.given()) {
    add_file(tree, source, rubric->handout);
    std::string& text = tree.at(rubric->handout).bytes;
    text = replaced(text, " --dir solution", "");  // of the commands that made its tables
    const std::string begin = rubric->part + "_";
    add_folder(tree, source, "handouts/figures",
               [&](const fs::path& path) { return path.filename().string().rfind(begin, 0) == 0; });
  }
}

/// What is written for students alone: grader/author/student/, with the place that each has.
void add_words(ReleaseTree& tree, const fs::path& source, const PartChoice& choice) {
  const std::string first = choice.given().at(0)->part;
  const std::map<std::string, std::string> places = {
      {"README.md", "README.md"},
      {"Dockerfile", "Dockerfile"},
      {"devcontainer.json", ".devcontainer/devcontainer.json"},
      {"check.yml", ".github/workflows/check.yml"}};
  for (const auto& [name, place] : places) {
    std::string text = read_file(source / "grader/author/student" / name);
    text = replaced(text, "@PARTS@\n", parts_table(choice));
    tree[place].bytes = replaced(text, "@FIRST@", first);
  }
  std::string& readme = tree.at("starter/README.md").bytes;
  readme = choice.without_others(readme);
  for (const judge::Rubric* rubric : choice.left_out()) {
    readme = replaced(readme, "check " + rubric->part, "check " + first);
  }
}

}  // namespace

ReleaseTree student_release(const pipeline::Course& course, const std::set<std::string>& parts) {
  const PartChoice choice(course, parts);
  const fs::path& source = course.home.source;
  ReleaseTree tree;
  add_sources(tree, source, choice);
  add_stubs(tree, course, choice);
  add_handouts(tree, source, choice);
  add_words(tree, source, choice);
  for (const judge::Rubric* rubric : choice.given()) add_public_fixtures(tree, course, *rubric);
  return tree;
}

}  // namespace pset3::author
