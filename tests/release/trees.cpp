#include "tests/release/trees.hpp"

#include <sstream>

#include "grader/author/release_student.hpp"
#include "grader/parts/parts.hpp"

namespace pset3::author {

namespace fs = std::filesystem;

pipeline::Course course_in(const fs::path& source) {
  return pipeline::load_course({source, {}}, parts::all());
}

const pipeline::Course& this_course() {
  static const pipeline::Course course = course_in(PSET3_SOURCE_DIR);
  return course;
}

const ReleaseTree& this_release() {
  static const ReleaseTree tree = student_release(this_course(), {});
  return tree;
}

std::vector<std::string> files_with(const ReleaseTree& tree, const std::string& text) {
  std::vector<std::string> found;
  for (const auto& [name, file] : tree) {
    const bool has =
        name.find(text) != std::string::npos || file.bytes.find(text) != std::string::npos;
    if (has) found.push_back(name);
  }
  return found;
}

std::set<std::string> long_lines(const std::string& text, std::size_t least) {
  std::set<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos) continue;
    line = line.substr(begin, line.find_last_not_of(' ') + 1 - begin);
    if (line.size() > least) lines.insert(line);
  }
  return lines;
}

std::vector<fs::path> files_of(const std::string& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(PSET3_SOURCE_DIR) / folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  return files;
}

}  // namespace pset3::author
