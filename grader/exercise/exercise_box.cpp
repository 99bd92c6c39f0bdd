#include "grader/exercise/exercise_box.hpp"

#include <unistd.h>

#include <system_error>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

/// The user's word for a path, without a slash at its end.
std::string called(const fs::path& typed) {
  const bool has_slash = !typed.has_filename() && typed.has_relative_path();
  return (has_slash ? typed.parent_path() : typed).string();
}

/// The last name of a path, also of "." and "..".
fs::path last_name(const fs::path& typed) {
  const fs::path whole = fs::absolute(typed).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).filename();
}

/// Whether a box can read a file, or everything in a folder.
bool is_reachable(const fs::path& folder) {
  std::error_code error;
  if (fs::is_regular_file(folder)) return box::reachable(folder);
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_symlink(error) || !box::reachable(entry->path())) return false;
  }
  return !error && box::reachable(folder);
}

void open_to_all(const fs::path& folder) {
  if (fs::is_regular_file(folder)) return fs::permissions(folder, static_cast<fs::perms>(0644));
  fs::permissions(folder, static_cast<fs::perms>(0755));
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    fs::permissions(entry.path(), static_cast<fs::perms>(entry.is_directory() ? 0755 : 0644));
  }
}

/// Boxes run as a user of their own; what that one cannot read is copied into `room`.
fs::path reachable_data(const fs::path& data, const fs::path& room) {
  if (is_reachable(fs::absolute(data))) return fs::absolute(data);
  const fs::path copy = room / "data";
  show_progress("copying the data to where the box can read it …");
  try {
    fs::copy(data, copy, fs::copy_options::recursive);
    open_to_all(copy);
  } catch (const fs::filesystem_error& error) {
    const fs::path& culprit = error.path1().empty() ? data : error.path1();
    throw InputError("cannot copy " + culprit.string() +
                     " to where the box can read it: " + error.code().message());
  }
  show_progress("");
  return copy;
}

}  // namespace

Place place_of_data(const fs::path& data, const fs::path& room) {
  // Exercises go by the last name: it tells an archive, and the name of a pair of pictures.
  const fs::path inside = fs::path("/data") / last_name(data);
  const std::string name = called(data);
  return {reachable_data(name, room), inside, name};
}

Place place_of_results(const fs::path& out, const fs::path& room) {
  return {room, "/out", called(out)};
}

box::BoxSpec exercise_box(const fs::path& program, const Place& data, const Place& out,
                          const std::vector<std::string>& arguments) {
  box::BoxSpec spec;
  spec.argv = {"/program", "--data", data.inside, "--out", out.inside};
  spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
  spec.read_only = {{program, "/program"}, {data.host, data.inside, data.called}};
  spec.writable = {{out.host, out.inside, out.called}};
  spec.environment = {{"PATH", "/usr/bin"}};
  if (::isatty(STDERR_FILENO) != 0) spec.environment.emplace_back("PSET3_PROGRESS", "1");
  spec.working_folder = out.inside;
  spec.limits.wall = spec.limits.cpu = std::chrono::hours(4);
  spec.limits.memory_bytes = 12ull << 30;
  spec.limits.file_bytes = 2ull << 30;
  spec.limits.tmp_bytes = 256ull << 20;
  spec.relay_text = true;
  return spec;
}

}  // namespace pset3::app
