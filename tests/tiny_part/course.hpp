#pragma once

#include "grader/author/fixtures.hpp"
#include "grader/pipeline/part_grader.hpp"
#include "tests/tiny_part/home.hpp"
#include "tests/tiny_part/parts.hpp"

namespace pset3::testing {

/// The tiny part's course on a home of its own, with its fixtures made.
class TinyCourse {
 public:
  TinyCourse() {
    for (const auto& [file, bytes] : author::fixture_files(course, rubric(), store, quiet)) {
      std::filesystem::create_directories((home.root() / file).parent_path());
      write_file(home.root() / file, bytes);
    }
  }
  const judge::Rubric& rubric() const { return course.parts.at(0); }
  std::map<std::string, std::string> solution_files() const {
    return pipeline::read_files(home.solution(), rubric().files);
  }

  static void quiet(const std::string&, std::size_t, std::size_t) {}

  TinyHome home;
  pipeline::Course course = pipeline::load_course({home.root(), PSET3_OBJECTS_DIR}, tiny_parts());
  pipeline::Store store{home.store()};
};

/// How many results a stage has in a store.
inline std::ptrdiff_t entries(const pipeline::Store& store, const std::string& stage) {
  std::ptrdiff_t count = 0;
  if (!std::filesystem::exists(store.root() / stage)) return 0;
  for (const auto& half : std::filesystem::directory_iterator(store.root() / stage)) {
    count += std::distance(std::filesystem::directory_iterator(half.path()),
                           std::filesystem::directory_iterator());
  }
  return count;
}

}  // namespace pset3::testing
