#pragma once

#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace pset3::author {

/// A file that is given away.
struct ReleaseFile {
  std::string bytes;
  bool is_program = false;  ///< may be executed
};

/// Path below the tree's root, with '/' -> file.
using ReleaseTree = std::map<std::string, ReleaseFile>;

/// Adds a file of the repository under its own path. @throws InputError when it is missing.
void add_file(ReleaseTree& tree, const std::filesystem::path& source,
              const std::filesystem::path& path);

/// Adds the files below a folder of the repository for which `keep` says so; never what begins with
/// a point, links, and folders of builds and results.
void add_folder(ReleaseTree& tree, const std::filesystem::path& source,
                const std::filesystem::path& folder,
                const std::function<bool(const std::filesystem::path& path)>& keep);

/// Writes the tree into a folder that is new, empty, or holds an earlier release, whose files go.
/// @throws InputError when the folder holds anything else.
void write_tree(const ReleaseTree& tree, const std::filesystem::path& folder);

/// @param top   folder that the files are in; empty = none.
/// @param time  of all files.
std::string zip_of(const ReleaseTree& tree, const std::string& top, std::time_t time);

/// The time that a release's files get: SOURCE_DATE_EPOCH, or else that of the last commit, so that
/// the same commit gives the same bytes and a later one younger files; now where neither is known.
std::time_t release_time(const std::filesystem::path& source);

}  // namespace pset3::author
