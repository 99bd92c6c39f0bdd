#include "grader/exercise/exercise_box.hpp"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHere = "/here";  ///< stands for the folder that pset3 was started in

/// Whether the box can show something at an absolute path: it has nothing of its own at the path's
/// top folder. Its /tmp is made before, and empty, so that folders can be shown below it.
bool is_free_inside(const fs::path& path) {
  static const std::set<std::string> kTaken = {
      "",      "bin",    "built-in", "data", "dev",     "etc", "here", "lib", "lib32",
      "lib64", "libx32", "out",      "proc", "program", "run", "sbin", "sys", "usr"};
  const fs::path below = path.relative_path();
  if (below.empty() || below == "tmp") return false;
  return kTaken.count(below.begin()->string()) == 0;
}

bool is_at_or_below(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
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

}  // namespace

Seen seen_as(const fs::path& path, const char* otherwise) {
  fs::path plain = path.lexically_normal();
  if (!plain.has_filename()) plain = plain.parent_path();
  const bool mounted = box::probe() >= box::Level::kNamespaces;
  const bool below_here = plain.is_relative() && plain != "." && *plain.begin() != "..";
  if (mounted && below_here) return {fs::path(kHere) / plain, plain.string()};
  if (mounted && plain.is_absolute() && is_free_inside(plain)) return {plain, plain.string()};
  return {otherwise, otherwise};
}

Seen seen_beside(const Seen& data, const fs::path& out) {
  const Seen seen = seen_as(out, "/out");
  const bool apart =
      !is_at_or_below(seen.inside, data.inside) && !is_at_or_below(data.inside, seen.inside);
  return apart ? seen : Seen{"/out", "/out"};
}

fs::path reachable_data(const fs::path& data, const fs::path& room) {
  if (is_reachable(data)) return data;
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

box::BoxSpec exercise_box(const fs::path& program, const Place& data, const Place& out,
                          const std::vector<std::string>& arguments) {
  box::BoxSpec spec;
  spec.argv = {"/program", "--data", data.seen.name, "--out", out.seen.name};
  spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
  spec.read_only = {{program, "/program"}, {data.host, data.seen.inside}};
  spec.writable = {{out.host, out.seen.inside}};
  spec.environment = {{"PATH", "/usr/bin"}};
  if (::isatty(STDERR_FILENO) != 0) spec.environment.emplace_back("PSET3_PROGRESS", "1");
  const bool here =
      is_at_or_below(data.seen.inside, kHere) || is_at_or_below(out.seen.inside, kHere);
  spec.working_folder = here ? fs::path(kHere) : out.seen.inside;
  spec.limits.wall = spec.limits.cpu = std::chrono::hours(4);
  spec.limits.memory_bytes = 12ull << 30;
  spec.limits.file_bytes = 2ull << 30;
  spec.limits.tmp_bytes = 256ull << 20;
  spec.relay_text = true;
  return spec;
}

}  // namespace pset3::app
