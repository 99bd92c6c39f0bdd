#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pset3::build {

/// The libraries that a part's files are compiled with: one precompiled header, one set of flags.
struct LibrarySet {
  std::string name;  ///< the word in rubric.json's "libraries"
  /// What the precompiled header includes: the set's libraries and nothing standard. A submitted
  /// file sees all of it, whatever it includes itself.
  std::vector<std::string> headers;
  std::vector<std::string> defined;  ///< macros that only these headers see
  /// Headers of ours in the place of a library's own: name -> text.
  std::map<std::string, std::string> stand_ins;
  /// A header of ours in grader/run/inside that uses what submissions use most, so that its
  /// templates are instantiated once, in the precompiled header; or "".
  std::string instances;
  /// Whether they are compiled once as well, into an object beside the precompiled header. clang++
  /// 14 cannot with LibTorch (c10::visit has no matching initializer_list there).
  bool instances_apart = false;
  std::vector<std::string> compile_flags;  ///< include folders and definitions
  std::vector<std::string> link_flags;
  /// What the driver loads once, so that the process of a case does not.
  std::vector<std::string> loaded_libraries;
  /// One of them that is linked with libraries which it takes nothing from; or "".
  std::string overlinked;
  /// For the exercise in place of link_flags: what it draws with and reads its data with as well.
  std::vector<std::string> exercise_link_flags;
  /// Files that change when the libraries do: their times and sizes are part of every key.
  std::vector<std::filesystem::path> sentinels;
};

/// @throws InputError that lists the sets there are.
const LibrarySet& library_set(const std::string& name);

/// @returns the flags that every submitted file is compiled with.
const std::vector<std::string>& common_compile_flags();

/// @returns the path of the clang++ that compiles and links submissions; CMake found it.
const std::string& compiler();

}  // namespace pset3::build
