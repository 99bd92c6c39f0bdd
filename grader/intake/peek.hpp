#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "grader/intake/intake.hpp"
#include "grader/intake/source.hpp"

namespace pset3::intake {

/// One entry of a folder or an archive that may hold a class, without a look at any source file.
struct Child {
  std::string name;
  Kind kind = Kind::kFile;
  bool is_archive = false;
  bool has_part_folder = false;        ///< in it, some levels deep
  bool has_archive = false;            ///< in it
  std::set<std::string> wanted_files;  ///< in it, or its own name
};

/// The entries in the order of names. Hidden files, build folders and the like are left out, what
/// pset3 has written itself is not looked into. None for what cannot be listed.
/// @param output  where reports go: never an input. May be empty.
std::vector<Child> children_of_folder(const std::filesystem::path& folder,
                                      const std::vector<WantedPart>& wanted,
                                      const std::filesystem::path& output = {});

/// The same for an archive. @param inside  only what is below this folder of it, "" for all.
/// @throws Refused
std::vector<Child> children_of_archive(const std::filesystem::path& archive,
                                       const std::string& inside,
                                       const std::vector<WantedPart>& wanted);

/// Whether a folder is `output`, or has nothing in it but that and what `pset3 grade` has written.
bool is_own_output(const std::filesystem::path& folder, const std::filesystem::path& output = {});

/// Names of a folder's entries in their order; none for what cannot be listed.
std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);

bool is_folder(const std::filesystem::path& path);  ///< and no link to one
bool is_file(const std::filesystem::path& path);    ///< and no link to one

}  // namespace pset3::intake
