#include "grader/base/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <system_error>

#include "grader/base/error.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_to_write(const fs::path& path, int error) {
  throw GraderError("cannot write " + path.string() + ": " + std::strerror(error) +
                    (error == ENOSPC ? "; free some space and run the same command again, what is "
                                       "finished will not be done twice"
                                     : ""));
}

/// @returns 0 or the errno of the first write that failed.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

constexpr const char* kTemporaryPrefix = "pset3-";

/// @returns a descriptor that holds the folder's lock, or -1 when somebody else has it.
int lock_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (descriptor >= 0) ::close(descriptor);
  return -1;
}

}  // namespace

std::string read_file(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    throw InputError(path.string() +
                     (fs::exists(path, error) ? ": not a regular file" : ": no such file"));
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw InputError(path.string() + ": " + std::strerror(errno));
  std::string bytes;
  std::array<char, 1 << 16> block;
  do {
    stream.read(block.data(), block.size());
    bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  } while (stream);
  if (stream.bad()) throw InputError(path.string() + ": " + std::strerror(errno));
  return bytes;
}

void write_file(const fs::path& path, std::string_view bytes) {
  std::string beside = path.string() + ".XXXXXX";
  const int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0) fail_to_write(path, errno);
  int error = write_all(descriptor, bytes);
  ::fchmod(descriptor, 0644);
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(beside.c_str());
  fail_to_write(path, error);
}

TemporaryFolder::TemporaryFolder(const fs::path& parent, unsigned mode) {
  std::string name = (parent / (std::string(kTemporaryPrefix) + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) fail_to_write(name, errno);
  ::chmod(name.c_str(), static_cast<mode_t>(mode));
  path_ = name;
  lock_ = lock_folder(path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

void TemporaryFolder::release() {
  path_.clear();
  if (lock_ >= 0) ::close(lock_);
  lock_ = -1;
}

void remove_abandoned(const fs::path& parent) {
  std::error_code error;
  for (fs::directory_iterator entry(parent, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path& path = entry->path();
    std::error_code ignored;
    if (path.filename().string().rfind(kTemporaryPrefix, 0) != 0) continue;
    // A folder's owner takes its lock a moment after making it.
    const auto age = fs::file_time_type::clock::now() - fs::last_write_time(path, ignored);
    if (ignored || age < std::chrono::minutes(1)) continue;
    const int lock = lock_folder(path);
    if (lock < 0) continue;
    fs::remove_all(path, ignored);
    ::close(lock);
  }
}

}  // namespace pset3
