#pragma once

#include <filesystem>
#include <string>

#include "grader/build/library_set.hpp"

namespace pset3::build {

/// What submitted files of one part are compiled and linked with, laid out below one folder that
/// the box binds to /pset3 and the service uid can read:
///   include/starter/…      contract headers and common ones
///   lib/*.a                the driver's own objects, given files, common, the exercise
struct Toolkit {
  std::filesystem::path folder;
  std::filesystem::path prefix;  ///< prefix.hpp, .pch, .o: the library set's, bound to /prefix
  std::string hash;              ///< of all of it and of the libraries' sentinels
  std::string part;              ///< "p1"
  std::string part_folder;       ///< "p1_space_carving"
  const LibrarySet* libraries = nullptr;
};

/// Where pset3's own sources and built objects are.
struct Home {
  std::filesystem::path source;   ///< the repository's root
  std::filesystem::path objects;  ///< the folder of the static libraries for the box
};

/// Makes the toolkit of a part in the cache, or finds it there. The precompiled header is compiled
/// in a box.
/// @param part         short name: its objects are lib<…>pset3_<part>_driver.a and so on.
/// @param part_folder  below starter/.
/// @throws GraderError when a library of ours is missing or the header does not compile.
Toolkit prepare_toolkit(const Home& home, const std::string& part, const std::string& part_folder,
                        const std::string& libraries);

}  // namespace pset3::build
