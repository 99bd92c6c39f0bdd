#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "grader/base/descriptor.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/source.hpp"

namespace pset3::intake {
namespace {

constexpr int kOpenFolder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

[[noreturn]] void refuse_unreadable(const std::string& path, int error) {
  const std::string what = path.empty() ? "the folder" : shown(path);
  if (error == ENOENT) throw Refused(what + " vanished while it was read; run it again");
  // What was a file or folder when it was listed has been replaced by a link since.
  if (error == ELOOP || error == ENOTDIR) {
    throw Refused(what + " changed while it was read; run it again");
  }
  throw Refused(what + " cannot be read: " + std::strerror(error));
}

Kind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return Kind::kFile;
  if (S_ISDIR(mode)) return Kind::kFolder;
  return S_ISLNK(mode) ? Kind::kLink : Kind::kSpecial;
}

std::vector<std::string> names_in(int folder, const std::string& path, const Limits& limits) {
  // A directory stream owns its descriptor, and the caller still opens files through this one.
  const int listed = ::openat(folder, ".", kOpenFolder);
  if (listed < 0) refuse_unreadable(path, errno);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(listed), ::closedir);
  if (!stream) refuse_unreadable(path, errno);
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
    if (names.size() > static_cast<std::size_t>(limits.ignored_entries)) break;
    errno = 0;
  }
  if (errno != 0) refuse_unreadable(path, errno);
  std::sort(names.begin(), names.end());
  return names;
}

/// Every step is relative to an open folder and takes no link, so that nobody who swaps a folder
/// for a link meanwhile can lead the walk elsewhere.
class Walk {
 public:
  Walk(Budget& budget, const Visit& visit) : budget_(budget), visit_(visit) {}

  void below(int folder, const std::string& prefix) {
    for (const std::string& name : names_in(folder, prefix, budget_.limits())) {
      struct stat status {};
      if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        refuse_unreadable(prefix + name, errno);
      }
      const Entry entry{place_of(prefix + name, budget_.limits()), kind_of(status.st_mode),
                        static_cast<std::int64_t>(status.st_mtime)};
      budget_.count_entry(entry.place.is_ignored);
      visit_(entry, [&] { return read(folder, name, entry.place); });
      if (entry.kind == Kind::kFolder && !entry.place.is_ignored) descend(folder, prefix, name);
    }
  }

 private:
  void descend(int folder, const std::string& prefix, const std::string& name) {
    const Descriptor inner(::openat(folder, name.c_str(), kOpenFolder | O_NOFOLLOW));
    if (inner.get() < 0) refuse_unreadable(prefix + name, errno);
    below(inner.get(), prefix + name + "/");
  }

  std::string read(int folder, const std::string& name, const Place& place) {
    // Without O_NONBLOCK a FIFO that took the file's place would wait for a writer for ever.
    const Descriptor file(
        ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (file.get() < 0) refuse_unreadable(place.path(), errno);
    return read_part_file(file.get(), place, budget_);
  }

  Budget& budget_;
  const Visit& visit_;
};

}  // namespace

void refuse_large_file(const std::string& path, const Limits& limits) {
  throw Refused(shown(path) + " is larger than " + size_text(limits.file_bytes) +
                ", which a part file may have; leave data and generated code out of it");
}

std::string read_part_file(int descriptor, const Place& place, Budget& budget) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) refuse_unreadable(place.path(), errno);
  if (!S_ISREG(status.st_mode)) refuse_unreadable(place.path(), ENOTDIR);
  std::string bytes;
  std::array<char, 1 << 16> block;
  while (true) {
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse_unreadable(place.path(), errno);
    if (count == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(count));
    if (bytes.size() > budget.limits().file_bytes) refuse_large_file(place.path(), budget.limits());
    budget.count_taken(static_cast<std::uint64_t>(count));
  }
}

void visit_folder(const std::filesystem::path& folder, Budget& budget, const Visit& visit) {
  const Descriptor top(::open(folder.c_str(), kOpenFolder));
  if (top.get() < 0) refuse_unreadable("", errno);
  Walk(budget, visit).below(top.get(), "");
}

}  // namespace pset3::intake
