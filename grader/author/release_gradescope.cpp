#include "grader/author/release_gradescope.hpp"

#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "grader/author/release_parts.hpp"
#include "grader/base/files.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;

bool is_for_authors(const fs::path& path) {
  static const std::set<std::string> kFolders = {"author", "cluster", "similarity"};
  const auto folder = std::next(path.begin());
  return *path.begin() == "grader" && kFolders.count(folder->string()) != 0;
}

/// Of the verbs for TAs the platform needs one alone. Without the others its image is built in less
/// time.
void keep_one_verb(ReleaseTree& tree) {
  tree.at("grader/app/teaching.cmake").bytes =
      "set(PSET3_TEACHING_SOURCES gradescope.cpp teaching.cpp)\n"
      "set(PSET3_TEACHING_LIBRARIES pset3_gradebook)\n";
  std::string& verbs = tree.at("grader/app/teaching.cpp").bytes;
  verbs = std::regex_replace(verbs, std::regex("  add_(?!gradescope)\\w+\\([^)]*\\);\n"), "");
}

/// The repository as grading needs it.
ReleaseTree grading_tree(const fs::path& source, const PartChoice& choice) {
  ReleaseTree tree;
  for (const char* file : {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "pset3"}) {
    add_file(tree, source, file);
  }
  for (const char* folder : {"starter", "solution", "grader", "fixtures"}) {
    add_folder(tree, source, folder, [&](const fs::path& path) {
      return !choice.is_of_other(path) && !is_for_authors(path) && path.extension() != ".md";
    });
  }
  std::string& list = tree.at("grader/parts/parts.cpp").bytes;
  list = choice.without_others(list);
  keep_one_verb(tree);
  return tree;
}

}  // namespace

ReleaseTree gradescope_release(const pipeline::Course& course, const std::set<std::string>& parts,
                               const pipeline::Draw& draw) {
  const fs::path& source = course.home.source;
  ReleaseTree tree;
  for (auto& [name, file] : grading_tree(source, PartChoice(course, parts))) {
    tree["pset3/" + name] = std::move(file);
  }
  for (const char* name : {"setup.sh", "run_autograder", "Dockerfile"}) {
    const std::string text = read_file(source / "grader/author/gradescope" / name);
    tree[name] = {replaced(text, "@RUN@", draw.run), std::string(name) != "Dockerfile"};
  }
  tree["course_secret"].bytes = draw.secret;
  return tree;
}

}  // namespace pset3::author
