#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "grader/base/files.hpp"
#include "grader/box/box.hpp"
#include "grader/build/build.hpp"

namespace pset3::testing {

inline build::Home home() { return {PSET3_SOURCE_DIR, PSET3_OBJECTS_DIR}; }

/// The toolkit of p1, made once a process.
inline const build::Toolkit& toolkit() {
  static const build::Toolkit kToolkit =
      build::prepare_toolkit(home(), "p1", "p1_space_carving", "opencv");
  return kToolkit;
}

/// A folder that goes away, where the user of boxes can read.
struct ReachableFolder : TemporaryFolder {
  ReachableFolder() : TemporaryFolder(box::cache_folder(), 0755) {}
};

inline std::string solution(const std::string& file) {
  return read_file(std::filesystem::path(PSET3_SOURCE_DIR) / "solution/p1_space_carving" / file);
}

/// A file carve.cpp with `body` in carve().
inline std::string carve_with(const std::string& body, const std::string& before = "") {
  return "#include \"starter/p1_space_carving/space_carving.hpp\"\n" + before +
         "namespace pset3::carving {\nVoxels carve(const Voxels& voxels, const Camera& camera) "
         "{\n" +
         "(void)voxels; (void)camera;\n" + body + "\n}\n}\n";
}

}  // namespace pset3::testing
