#include "grader/author/release_tree.hpp"

#include <cstdlib>
#include <set>
#include <sstream>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"
#include "grader/base/zip.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;

/// Lists what a release has written, so that the next one may replace it.
constexpr const char* kListFile = ".pset3_release";

bool is_passed_over(const fs::directory_entry& entry) {
  static const std::set<std::string> kResults = {"out", "__pycache__"};
  const std::string name = entry.path().filename().string();
  if (name[0] == '.' || entry.is_symlink()) return true;
  return entry.is_directory() &&
         (kResults.count(name) != 0 || fs::exists(entry.path() / "CMakeCache.txt"));
}

void remove_earlier(const fs::path& folder) {
  if (!fs::exists(folder)) return;
  if (!fs::is_directory(folder)) {
    throw InputError(folder.string() + " is a file; name a folder with --out");
  }
  if (fs::is_empty(folder)) return;
  if (!fs::exists(folder / kListFile)) {
    throw InputError(folder.string() +
                     " holds other files, which a release would be mixed with; empty it or name "
                     "another folder with --out");
  }
  std::istringstream names(read_file(folder / kListFile));
  for (std::string name; std::getline(names, name);) fs::remove(folder / name);
}

}  // namespace

void add_file(ReleaseTree& tree, const fs::path& source, const fs::path& path) {
  const auto mode = fs::status(source / path).permissions();
  const bool is_program = (mode & fs::perms::owner_exec) != fs::perms::none;
  tree[path.generic_string()] = {read_file(source / path), is_program};
}

void add_folder(ReleaseTree& tree, const fs::path& source, const fs::path& folder,
                const std::function<bool(const fs::path&)>& keep) {
  for (auto entry = fs::recursive_directory_iterator(source / folder);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (is_passed_over(*entry)) {
      entry.disable_recursion_pending();
      continue;
    }
    const fs::path path = fs::relative(entry->path(), source);
    if (entry->is_regular_file() && keep(path)) add_file(tree, source, path);
  }
}

void write_tree(const ReleaseTree& tree, const fs::path& folder) {
  remove_earlier(folder);
  fs::create_directories(folder);
  std::string list;
  for (const auto& [name, file] : tree) {
    fs::create_directories((folder / name).parent_path());
    write_file(folder / name, file.bytes);
    if (file.is_program) fs::permissions(folder / name, fs::perms(0755));
    list += name + "\n";
  }
  write_file(folder / kListFile, list);
}

std::string zip_of(const ReleaseTree& tree, const std::string& top, std::time_t time) {
  ::setenv("TZ", "UTC", 1);  // the format writes local times
  ::tzset();
  ZipWriter zip(ZipWriter::Packing::kDeflated, time);
  for (const auto& [name, file] : tree) {
    zip.add(top.empty() ? name : top + "/" + name, file.bytes, file.is_program ? 0755 : 0644);
  }
  return zip.finish();
}

std::time_t release_time(const fs::path& source) {
  if (const char* given = std::getenv("SOURCE_DATE_EPOCH"); given != nullptr && *given != '\0') {
    return static_cast<std::time_t>(std::strtoll(given, nullptr, 10));
  }
  try {
    const ProcessResult git = run_process({"git", "log", "-1", "--format=%ct"}, source);
    if (git.status == 0) return static_cast<std::time_t>(std::stoll(git.output));
  } catch (const std::exception&) {  // there is no git, or the tree is no clone
  }
  return std::time(nullptr);
}

}  // namespace pset3::author
