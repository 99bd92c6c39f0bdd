#include "grader/author/release_gradescope.hpp"

#include "grader/author/release_parts.hpp"
#include "grader/base/files.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;

/// The repository as grading needs it.
ReleaseTree grading_tree(const fs::path& source, const PartChoice& choice) {
  ReleaseTree tree;
  for (const char* file : {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "pset3"}) {
    add_file(tree, source, file);
  }
  for (const char* folder : {"starter", "solution", "grader", "fixtures"}) {
    add_folder(tree, source, folder, [&](const fs::path& path) {
      return !choice.is_of_other(path) && path.extension() != ".md";
    });
  }
  std::string& list = tree.at("grader/parts/parts.cpp").bytes;
  list = choice.without_others(list);
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
