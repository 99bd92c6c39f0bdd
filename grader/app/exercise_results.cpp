#include "grader/app/exercise_results.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <utility>

#include "grader/base/error.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

constexpr auto kLookEvery = std::chrono::milliseconds(500);

/// A file that was opened as what it is, whatever its name becomes meanwhile.
class PlainFile {
 public:
  explicit PlainFile(const fs::path& path)
      : number_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)) {
    struct stat status {};
    is_plain_ = number_ >= 0 && ::fstat(number_, &status) == 0 && S_ISREG(status.st_mode);
  }
  ~PlainFile() {
    if (number_ >= 0) ::close(number_);
  }
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;

  bool is_plain() const { return is_plain_; }
  fs::path path() const { return fmt::format("/proc/self/fd/{}", number_); }

 private:
  int number_;
  bool is_plain_ = false;
};

bool is_meant(const fs::path& file, const std::string& only) {
  return only.empty() || file.extension() == only;
}

void copy_into(const fs::path& folder, const fs::path& from) {
  const PlainFile file(from);
  if (!file.is_plain()) return;
  fs::create_directories(folder);
  const fs::path beside = folder / ("." + from.filename().string() + ".part");
  try {
    fs::copy_file(file.path(), beside, fs::copy_options::overwrite_existing);
    fs::permissions(beside, static_cast<fs::perms>(0644));
    fs::rename(beside, folder / from.filename());
  } catch (const fs::filesystem_error&) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    throw;
  }
}

InputError cannot_write(const fs::path& out, const std::string& reason) {
  return InputError(fmt::format(
      "{}: expected a folder that results can be written to, found: {}. Name another one with "
      "--out, or make room.",
      out.string(), reason));
}

}  // namespace

void collect_results(const fs::path& from, const fs::path& to, const std::string& only) {
  try {
    for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
      if (is_meant(entry.path(), only)) copy_into(to, entry.path());
    }
  } catch (const fs::filesystem_error& error) {
    throw cannot_write(to, error.code().message());
  }
}

void check_results_folder(const fs::path& out) {
  std::error_code error;
  fs::path there = fs::absolute(out);
  while (!fs::exists(fs::symlink_status(there, error)) && there.has_relative_path()) {
    there = there.parent_path();
  }
  const std::string where = there.string();
  if (!fs::is_directory(there, error)) {
    throw cannot_write(out, where + " is no folder");
  }
  if (::access(there.c_str(), W_OK | X_OK) == 0) return;
  const std::error_code reason(errno, std::generic_category());
  throw cannot_write(out, where + ": " + reason.message());
}

CheckpointKeeper::CheckpointKeeper(fs::path from, fs::path to)
    : from_(std::move(from)), to_(std::move(to)), kept_(times()), watcher_([this] { watch(); }) {}

CheckpointKeeper::~CheckpointKeeper() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ends_.notify_all();
  watcher_.join();
}

CheckpointKeeper::Times CheckpointKeeper::times() const {
  Times times;
  std::error_code error;  // what has gone meanwhile is not there
  for (auto entry = fs::directory_iterator(from_, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (!is_meant(entry->path(), kCheckpoint)) continue;
    const fs::file_time_type time = entry->last_write_time(error);
    if (!error) times[entry->path()] = time;
  }
  return times;
}

void CheckpointKeeper::keep_what_is_new() {
  for (const auto& [file, time] : times()) {
    const auto before = kept_.find(file);
    if (before != kept_.end() && before->second == time) continue;
    try {
      copy_into(to_, file);
      kept_[file] = time;
    } catch (const fs::filesystem_error& error) {
      if (std::exchange(has_told_, true)) continue;
      fmt::print(stderr, "\nnote: {}\n", cannot_write(to_, error.code().message()).what());
    }
  }
}

void CheckpointKeeper::watch() {
  std::unique_lock lock(mutex_);
  while (!ends_.wait_for(lock, kLookEvery, [this] { return is_over_; })) {
    lock.unlock();
    keep_what_is_new();
    lock.lock();
  }
}

}  // namespace pset3::app
