#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/build/library_set.hpp"

namespace pset3::build {

/// What is made of submitted files: a shared object that answers cases, or the part's exercise.
enum class ProgramKind { kDriver, kExercise };

inline constexpr const char* kOwnSymbolsFile = "symbols";

/// What submitted files of one part are compiled and linked with, laid out below one folder that
/// the box binds to /pset3 and the service uid can read:
///   include/starter/…      contract headers and common ones
///   lib/*.a                what a program is linked with beside the student's objects
///   driver                 what opens the linked object in the box, and calls it
///   symbols                what these define, as nm prints it
struct Toolkit {
  std::filesystem::path folder;
  std::filesystem::path prefix;     ///< prefix.hpp, .pch, .o: the library set's, bound to /prefix
  std::filesystem::path stand_ins;  ///< see prepare_stand_ins()
  std::string headers_hash;         ///< of all that an object depends on
  std::string hash;                 ///< of all that a program depends on
  std::string part;                 ///< "p1"
  std::string part_folder;          ///< "p1_space_carving"
  ProgramKind kind = ProgramKind::kDriver;
  const LibrarySet* libraries = nullptr;

  std::filesystem::path driver() const { return folder / "driver"; }
};

/// Where pset3's own sources and built objects are.
struct Home {
  std::filesystem::path source;   ///< the repository's root
  std::filesystem::path objects;  ///< the folder of the static libraries for the box
};

/// The libraries of ours that a part's program is linked with: "p1_adapter", "inside", … Those that
/// a part does not have are left out; the first one it must have.
std::vector<std::string> own_libraries(const std::string& part, ProgramKind kind);

/// Makes the toolkit of a part in the cache, or finds it there. The precompiled header is compiled
/// in a box.
/// @param part         short name: its objects are libpset3_<part>_adapter.a and so on.
/// @param part_folder  below starter/.
/// @throws GraderError when a library of ours is missing or the header does not compile.
Toolkit prepare_toolkit(const Home& home, const std::string& part, const std::string& part_folder,
                        const std::string& libraries, ProgramKind kind = ProgramKind::kDriver);

}  // namespace pset3::build
