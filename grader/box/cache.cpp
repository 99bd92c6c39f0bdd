#include "grader/box/cache.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <system_error>

#include <fmt/format.h>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/box/box.hpp"

namespace pset3::box {
namespace {

namespace fs = std::filesystem;

fs::path named_cache() {
  if (const char* named = std::getenv("PSET3_CACHE"); named != nullptr && *named != '\0') {
    return named;
  }
  if (::geteuid() == 0) return "/var/cache/pset3";
  if (const char* xdg = std::getenv("XDG_CACHE_HOME"); xdg != nullptr && *xdg == '/') {
    return fs::path(xdg) / "pset3";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    return fs::path(home) / ".cache" / "pset3";
  }
  throw GraderError("there is no place for the cache: set PSET3_CACHE to a folder of yours");
}

void make_folder(const fs::path& folder, mode_t mode) {
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (!error && ::mkdir(folder.c_str(), mode) == 0) {
    ::chmod(folder.c_str(), mode);  // mkdir obeys the umask
    return;
  }
  if (!fs::is_directory(folder)) {
    throw GraderError("cannot make the folder " + folder.string() + ": " +
                      (error ? error.message() : std::strerror(errno)) +
                      "; set PSET3_CACHE to another folder");
  }
}

std::string for_root(const fs::path& path, uid_t uid, bool owned) {
  fs::path so_far;
  for (const fs::path& piece : path) {
    so_far /= piece;
    struct stat status {};
    if (::stat(so_far.c_str(), &status) != 0) {
      return so_far.string() + ": " + std::strerror(errno);
    }
    const bool last = so_far == path;
    if (last && owned) continue;
    const bool folder = S_ISDIR(status.st_mode);
    const mode_t needed = (last ? S_IROTH : 0u) | (folder ? S_IXOTH : 0u);
    if ((status.st_mode & needed) == needed) continue;
    return fmt::format(
        "the user of boxes ({}) cannot reach {}: {} is closed to others (mode {:04o}); move it "
        "below {}, or run: chmod o+{} {}",
        uid, path.string(), so_far.string(), status.st_mode & 07777u, cache_folder().string(),
        last ? "rX" : "x", so_far.string());
  }
  return {};
}

fs::path program_of(const char* variable, const char* built) {
  const char* named = std::getenv(variable);
  const fs::path program = named != nullptr && *named != '\0' ? named : built;
  if (!fs::is_regular_file(program)) {
    throw GraderError(fmt::format("{} is not there: build the target {}, or name it in {}",
                                  program.string(), fs::path(built).filename().string(), variable));
  }
  return reachable_program(program);
}

}  // namespace

fs::path cache_folder() {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  fs::path folder = fs::absolute(named_cache()).lexically_normal();
  // Boxes pass through for what they bind, and cannot look around.
  make_folder(folder, ::geteuid() == 0 ? 0711 : 0700);
  return folder;
}

std::string unreachable(const fs::path& path, std::optional<uid_t> uid, bool owned) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return path.string() + ": " + error.message();
  if (uid) {
    const std::string why = for_root(fs::absolute(path).lexically_normal(), *uid, owned);
    return why.empty() ? for_root(real, *uid, owned) : why;
  }
  if (::access(real.c_str(), owned ? R_OK | W_OK : R_OK) == 0) return {};
  return path.string() + ": " + std::strerror(errno);
}

bool reachable(const fs::path& path) {
  const std::optional<uid_t> others =
      ::geteuid() == 0 ? std::optional<uid_t>(65534) : std::optional<uid_t>();
  return unreachable(path, others, false).empty();
}

fs::path reachable_program(const fs::path& program) {
  fs::path real = fs::absolute(program).lexically_normal();
  if (reachable(real)) return real;
  const std::string bytes = read_file(real);
  const fs::path folder = cache_folder() / "programs";
  make_folder(folder, 0711);
  fs::path copy = folder / hash_of(bytes).substr(0, 32);
  if (!fs::exists(copy)) {
    // Not executable yet when it appears under its name for an instant; renamed when it is.
    const fs::path beside = copy.string() + "." + std::to_string(::getpid());
    write_file(beside, bytes);
    ::chmod(beside.c_str(), 0755);
    fs::rename(beside, copy);
  }
  return copy;
}

fs::path stub_program() { return program_of("PSET3_STUB", PSET3_BUILT_STUB); }
fs::path probe_program() { return program_of("PSET3_PROBE", PSET3_BUILT_PROBE); }

}  // namespace pset3::box
