#include "grader/pipeline/store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <set>
#include <system_error>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/interrupt.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;

void make_root(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw GraderError("cannot make " + path.string() + ": " + error.message());
}

/// Makes a folder and those above it, up to a root that is there. Others may pass through, since
/// the user of boxes has to, and cannot look around.
void make_closed_folders(const fs::path& path) {
  constexpr mode_t kPassThrough = 0711;
  std::error_code none;
  if (fs::is_directory(path, none)) return;
  make_closed_folders(path.parent_path());
  if (::mkdir(path.c_str(), kPassThrough) == 0) return;
  const int error = errno;
  if (fs::is_directory(path, none)) return;  // another process was first
  throw GraderError("cannot make " + path.string() + ": " + std::strerror(error));
}

/// @returns what holds a share of the store until it is closed. A file system without locks gives
/// one that holds nothing.
std::shared_ptr<const Descriptor> share_of(const fs::path& root) {
  auto lock = std::make_shared<const Descriptor>(
      ::open((root / kInUseFile).c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0644));
  while (lock->get() >= 0 && ::flock(lock->get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    sleep_unless_interrupted(std::chrono::milliseconds(50));
  }
  return lock;
}

void write_sums(const fs::path& folder) {
  std::set<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) names.insert(entry.path().filename().string());
  }
  std::string text;
  for (const std::string& name : names)
    text += sha256(read_file(folder / name)) + "  " + name + "\n";
  write_file(folder / kSumsFile, text);
}

/// A result's time says when it was last used, to the day.
void mark_as_used(const fs::path& folder) {
  struct stat status {};
  constexpr time_t kDay = 24 * 60 * 60;
  if (::stat(folder.c_str(), &status) != 0 || status.st_mtime > ::time(nullptr) - kDay) return;
  ::utimensat(AT_FDCWD, folder.c_str(), nullptr, 0);
}

}  // namespace

Store::Store(const fs::path& root) : root_(fs::absolute(root).lexically_normal()) {
  make_root(root_);
  in_use_ = share_of(root_);
  make_closed_folders(root_ / "incoming");
  remove_abandoned(root_ / "incoming");
}

fs::path Store::folder_of(std::string_view stage, const std::string& key) const {
  return root_ / stage / key.substr(0, 2) / key.substr(2);
}

std::optional<fs::path> Store::find(std::string_view stage, const std::string& key) const {
  std::error_code error;
  const fs::path folder = folder_of(stage, key);
  if (!fs::is_directory(folder, error)) return std::nullopt;
  mark_as_used(folder);
  return folder;
}

fs::path Store::get(std::string_view stage, const std::string& key,
                    const std::function<void(const fs::path&)>& make) const {
  if (const std::optional<fs::path> found = find(stage, key)) return *found;
  TemporaryFolder incoming(root_ / "incoming", 0755);
  try {
    make(incoming.path());
    write_sums(incoming.path());
  } catch (const fs::filesystem_error& error) {
    throw GraderError("cannot write to " + root_.string() + ": " + error.code().message() +
                      "; mend that and run the same command again, what is finished will not be "
                      "done twice");
  }
  const fs::path target = folder_of(stage, key);
  make_closed_folders(target.parent_path());
  std::error_code error;
  fs::rename(incoming.path(), target, error);
  if (!error) {
    incoming.release();
  } else if (!fs::is_directory(target)) {  // else another process was first, with the same bytes
    throw GraderError("cannot store " + target.string() + ": " + error.message());
  }
  return target;
}

void Store::discard(const fs::path& folder, const char* why) const {
  fmt::print(stderr, "pset3: note: {} in the store does not read and is made again: {}\n",
             folder.string(), why);
  TemporaryFolder away(root_ / "incoming", 0755);
  std::error_code gone_already;
  fs::rename(folder, away.path() / "damaged", gone_already);
}

nlohmann::json read_stored(const fs::path& file) {
  try {
    return nlohmann::json::parse(read_file(file));
  } catch (const InputError& error) {
    throw DamagedEntry(error.what());
  } catch (const nlohmann::json::exception& error) {
    throw DamagedEntry(error.what());
  }
}

}  // namespace pset3::pipeline
