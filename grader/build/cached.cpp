#include "grader/build/cached.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <system_error>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::build {

namespace fs = std::filesystem;

std::string stamp_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    throw GraderError(file.string() + " is missing; run ./pset3 doctor");
  }
  return fmt::format("{} {} {}.{}", file.string(), status.st_size, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

void make_folder(const fs::path& target, const std::function<void(const fs::path&)>& fill) {
  if (fs::exists(target)) return;
  fs::create_directories(target.parent_path());
  TemporaryFolder beside(target.parent_path(), 0755);
  fill(beside.path());
  std::error_code error;
  fs::rename(beside.path(), target, error);
  if (!error) {
    beside.release();
  } else if (!fs::exists(target)) {
    throw GraderError("cannot make " + target.string() + ": " + error.message());
  }
}

}  // namespace pset3::build
