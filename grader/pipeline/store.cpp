#include "grader/pipeline/store.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

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

}  // namespace

Store::Store(const fs::path& root) : root_(fs::absolute(root).lexically_normal()) {
  make_root(root_);
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
  return folder;
}

fs::path Store::get(std::string_view stage, const std::string& key,
                    const std::function<void(const fs::path&)>& make) const {
  if (const std::optional<fs::path> found = find(stage, key)) return *found;
  TemporaryFolder incoming(root_ / "incoming", 0755);
  try {
    make(incoming.path());
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
