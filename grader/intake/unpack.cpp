#include "grader/intake/unpack.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <ctime>
#include <system_error>

#include "grader/intake/place.hpp"
#include "grader/intake/source.hpp"

namespace pset3::intake {
namespace {

namespace fs = std::filesystem;

void set_time(const fs::path& file, std::int64_t seconds) {
  const timespec time{static_cast<time_t>(seconds), 0};
  const std::array<timespec, 2> times = {time, time};
  ::utimensat(AT_FDCWD, file.c_str(), times.data(), AT_SYMLINK_NOFOLLOW);
}

void unpack_file(const fs::path& to, const ReadBytes& read) {
  try {
    write_file(to, read());
  } catch (const Refused&) {  // too large, most likely; if the archive is damaged, the next entry
                              // says so
    write_file(to, "");
    std::error_code error;
    fs::resize_file(to, Limits{}.archive_bytes + 1, error);
  }
}

void unpack_entry(const fs::path& folder, const Entry& entry, const ReadBytes& read) {
  if (entry.place.is_ignored || entry.place.name.empty()) return;
  const fs::path to = folder / entry.place.path();
  try {
    fs::create_directories(to.parent_path());
    if (entry.kind == Kind::kFolder) {
      fs::create_directories(to);
    } else if (entry.kind == Kind::kFile) {
      unpack_file(to, read);
    } else {
      fs::create_symlink("not unpacked", to);
    }
  } catch (const fs::filesystem_error& error) {
    throw Refused(shown(entry.place.path()) + " cannot be unpacked: " + error.code().message());
  }
  if (entry.kind == Kind::kFile && entry.modified_s > 0) set_time(to, entry.modified_s);
}

}  // namespace

std::shared_ptr<const TemporaryFolder> unpack_class(const fs::path& archive) {
  auto folder = std::make_shared<TemporaryFolder>();
  visit_class_archive(archive, [&](const Entry& entry, const ReadBytes& read) {
    unpack_entry(folder->path(), entry, read);
  });
  return folder;
}

}  // namespace pset3::intake
