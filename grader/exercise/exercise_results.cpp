#include "grader/exercise/exercise_results.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "grader/base/descriptor.hpp"
#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/row_names.hpp"

namespace pset3::exercise {
namespace {

namespace fs = std::filesystem;

constexpr auto kLookEvery = std::chrono::milliseconds(500);

class Opened {
 public:
  Opened(const fs::path& path, int flags)
      : file_(::open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, 0644)) {}

  int number() const { return file_.get(); }
  bool is_plain() const {
    struct stat status {};
    return file_ && ::fstat(file_.get(), &status) == 0 && S_ISREG(status.st_mode);
  }

 private:
  Descriptor file_;
};

[[noreturn]] void throw_last_error(const fs::path& path) {
  throw fs::filesystem_error("copy", path, std::error_code(errno, std::generic_category()));
}

void write_bytes(const Opened& file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.number(), bytes.data(), bytes.size());
    if (count < 0) throw_last_error(path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

/// By hand, since std::filesystem calls a full disk an "Input/output error".
void copy_bytes(const Opened& from, const fs::path& to, box::RelayedText text, bool is_text) {
  PrintableStream safe;
  const auto shown = [&](std::string piece) { return is_text ? safe.add(piece) : piece; };
  const Opened out(to, O_WRONLY | O_CREAT | O_TRUNC);
  if (out.number() < 0) throw_last_error(to);
  std::vector<char> block(1 << 20);
  for (bool is_over = false; !is_over;) {
    const ssize_t count = ::read(from.number(), block.data(), block.size());
    if (count < 0) throw_last_error(to);
    is_over = count == 0;
    const std::string_view bytes(block.data(), static_cast<std::size_t>(count));
    write_bytes(out, shown(is_over ? text.rest() : text.add(bytes)), to);
  }
  write_bytes(out, safe.rest(), to);
}

bool is_meant(const fs::path& file, const std::string& only) {
  return only.empty() || file.extension() == only;
}

/// A program in a box may call its files as it likes; out here names are shown and typed.
std::string plain_name(const fs::path& file) {
  const std::string name = file.filename().string();
  const bool is_plain = !intake::is_disguised(name) && name[0] != '.' && name[0] != '-';
  return is_plain ? name : intake::fit_name(name);
}

void copy_into(const fs::path& folder, const fs::path& from, const box::PathNames& names) {
  // Opened first, then looked at: the exercise may be changing its files meanwhile.
  const Opened file(from, O_RDONLY | O_NONBLOCK);
  if (!file.is_plain()) return;
  fs::create_directories(folder);
  const bool is_text = from.extension() == ".txt";
  const std::string name = plain_name(from);
  const fs::path beside = folder / ("." + name + ".part");
  try {
    copy_bytes(file, beside, box::RelayedText(is_text ? names : box::PathNames()), is_text);
    fs::rename(beside, folder / name);
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

void collect_results(const fs::path& from, const fs::path& to, const box::PathNames& names,
                     const std::string& only) {
  try {
    for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
      if (is_meant(entry.path(), only)) copy_into(to, entry.path(), names);
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
      copy_into(to_, file, {});
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

}  // namespace pset3::exercise
