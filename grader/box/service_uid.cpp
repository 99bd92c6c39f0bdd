#include "grader/box/service_uid.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "grader/base/error.hpp"
#include "grader/box/box.hpp"

namespace pset3::box {
namespace {

constexpr uid_t kSlots = 256;
// Above what Debian and systemd give to accounts, services and containers.
constexpr uid_t kUnusedRange = 1'900'000'000;
// Debian's reserved range, for containers that have 65,536 users.
constexpr uid_t kSmallRange = 65'100;

/// Whether all the range exists in our user namespace.
bool is_mapped(uid_t first) {
  std::ifstream map("/proc/self/uid_map");
  std::uint64_t inside = 0;
  std::uint64_t outside = 0;
  std::uint64_t count = 0;
  while (map >> inside >> outside >> count) {
    if (first >= inside && first + kSlots <= inside + count) return true;
  }
  return false;
}

uid_t first_of_range() {
  for (const uid_t first : {kUnusedRange, kSmallRange}) {
    if (is_mapped(first)) return first;
  }
  throw GraderError(
      "this container has no spare users to run boxes as: run pset3 as a user "
      "other than root, or map at least 65536 users into the container");
}

}  // namespace

ServiceUid ServiceUid::acquire() {
  ServiceUid service;
  if (::geteuid() != 0) return service;
  static const uid_t first = first_of_range();
  const std::filesystem::path folder = cache_folder() / "users";
  ::mkdir(folder.c_str(), 0700);
  for (uid_t slot = 0; slot < kSlots; ++slot) {
    const std::filesystem::path file = folder / std::to_string(slot);
    Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (lock && ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) {
      service.value_ = first + slot;
      service.lock_ = std::move(lock);
      return service;
    }
  }
  throw GraderError("all " + std::to_string(kSlots) + " users for boxes are in use, or " +
                    folder.string() + " cannot be written; wait for other boxes to end");
}

}  // namespace pset3::box
