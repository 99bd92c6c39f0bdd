#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace pset3 {

/// @returns the bytes of a regular file. @throws InputError that names the path and the reason.
std::string read_file(const std::filesystem::path& path);

/// Writes beside and renames, so that a reader sees the old file or the new one and never half of
/// one.
/// @throws GraderError when the disk is full or the folder cannot be written.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// A folder that goes away with the object. It is locked meanwhile, so that `remove_abandoned` can
/// tell it from one whose owner was killed.
class TemporaryFolder {
 public:
  /// @param parent an existing folder. @param mode permission bits. @throws GraderError
  explicit TemporaryFolder(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path(),
      unsigned mode = 0700);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Leaves the folder where it is, for somebody else to own.
  void release();

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

/// Removes the temporary folders in `parent` whose owners were killed: those that nobody holds and
/// that are older than a minute. Never throws; what cannot be removed stays.
void remove_abandoned(const std::filesystem::path& parent);

}  // namespace pset3
