#include "grader/intake/peek.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <system_error>

#include "grader/base/descriptor.hpp"
#include "grader/intake/place.hpp"

namespace pset3::intake {
namespace {

namespace fs = std::filesystem;

constexpr int kPeekDepth = 4;
constexpr std::size_t kPeekEntries = 5000;
constexpr std::size_t kOutputDepth = 4;

bool is_wanted_file(const std::string& name, const std::vector<WantedPart>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const WantedPart& part) {
    return std::find(part.files.begin(), part.files.end(), name) != part.files.end();
  });
}

bool is_part_folder(const std::string& name, const std::vector<WantedPart>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const WantedPart& part) { return part.folder == name; });
}

/// Looks for part folders, wanted files and archives a few levels deep.
class Peek {
 public:
  explicit Peek(const std::vector<WantedPart>& wanted) : wanted_(wanted) {}

  Child at(const fs::path& path) {
    Child child;
    child.name = path.filename().string();
    std::error_code error;
    switch (fs::symlink_status(path, error).type()) {
      case fs::file_type::regular:
        child.kind = Kind::kFile;
        child.is_archive = is_archive(path);
        if (is_wanted_file(child.name, wanted_)) child.wanted_files.insert(child.name);
        break;
      case fs::file_type::directory:
        child.kind = Kind::kFolder;
        entries_ = 0;
        below(path, kPeekDepth, child);
        break;
      case fs::file_type::symlink:
        child.kind = Kind::kLink;
        break;
      default:
        child.kind = Kind::kSpecial;
    }
    return child;
  }

 private:
  void below(const fs::path& folder, int depth, Child& child) {
    for (const fs::path& path : entries_of(folder)) {
      if (++entries_ > kPeekEntries) return;
      const std::string name = path.filename().string();
      if (is_file(path)) {
        if (is_wanted_file(name, wanted_)) child.wanted_files.insert(name);
        child.has_archive |= name[0] != '.' && is_archive(path);
      } else if (is_folder(path) && !is_ignored_folder(name)) {
        child.has_part_folder |= is_part_folder(name, wanted_);
        if (depth > 1) below(path, depth - 1, child);
      }
    }
  }

  const std::vector<WantedPart>& wanted_;
  std::size_t entries_ = 0;
};

bool has_schema(const fs::path& file, const char* schema) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(1 << 20, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text.find(schema) != std::string::npos;
}

/// @returns whether there is nothing foreign in the folder; `is_marked` whether anything is ours.
bool is_all_ours(const fs::path& folder, std::size_t depth, const fs::path& output,
                 bool& is_marked) {
  std::error_code error;
  if (!output.empty() && fs::equivalent(folder, output, error)) return is_marked = true;
  static const std::set<std::string> kOwn = {"class.json", "class.csv",   "class.html",
                                             "report.txt", "report.html", "hand_in.json"};
  for (const fs::path& path : entries_of(folder)) {
    const std::string name = path.filename().string();
    if (is_folder(path)) {
      if (depth == 0 || !is_all_ours(path, depth - 1, output, is_marked)) return false;
    } else if (!is_file(path)) {
      return false;
    } else if (name == "results.json" || name == "class.json") {
      if (!has_schema(path, name == "class.json" ? "pset3-class" : "pset3-results")) return false;
      is_marked = true;
    } else if (kOwn.count(name) == 0 && name[0] != '.') {
      return false;
    }
  }
  return true;
}

/// Adds what one entry of an archive says of the child that it is, or is in.
void add_entry(const Place& place, Kind kind, std::size_t depth,
               const std::vector<WantedPart>& wanted, std::map<std::string, Child>& children) {
  const std::string& top = place.folders.size() > depth ? place.folders[depth] : place.name;
  Child& child = children[top];
  child.name = top;
  if (place.folders.size() == depth) {
    child.kind = kind;
    child.is_archive = kind == Kind::kFile && is_named_like_an_archive(top);
  } else {
    child.kind = Kind::kFolder;
  }
  for (std::size_t i = depth + 1; i < place.folders.size(); ++i) {
    child.has_part_folder |= is_part_folder(place.folders[i], wanted);
  }
  if (kind != Kind::kFile) return;
  if (is_wanted_file(place.name, wanted)) child.wanted_files.insert(place.name);
  child.has_archive |= place.folders.size() > depth && is_named_like_an_archive(place.name);
}

}  // namespace

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    paths.push_back(entry->path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() == fs::file_type::directory;
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() == fs::file_type::regular;
}

bool is_own_output(const fs::path& folder, const fs::path& output) {
  bool is_marked = false;
  return is_folder(folder) && is_all_ours(folder, kOutputDepth, output, is_marked) && is_marked;
}

std::vector<Child> children_of_folder(const fs::path& folder, const std::vector<WantedPart>& wanted,
                                      const fs::path& output) {
  Peek peek(wanted);
  std::vector<Child> children;
  for (const fs::path& path : entries_of(folder)) {
    const std::string name = path.filename().string();
    if (name[0] == '.' || (is_folder(path) && is_ignored_folder(name))) continue;
    if (is_own_output(path, output)) continue;
    children.push_back(peek.at(path));
  }
  return children;
}

std::vector<Child> children_of_archive(const fs::path& archive, const std::string& inside,
                                       const std::vector<WantedPart>& wanted) {
  std::map<std::string, Child> children;
  const std::size_t depth = inside.empty() ? 0 : 1;
  visit_class_archive(archive, [&](const Entry& entry, const ReadBytes&) {
    const Place& place = entry.place;
    if (place.is_ignored || place.name.empty()) return;
    if (depth == 1 && (place.folders.empty() || place.folders[0] != inside)) return;
    add_entry(place, entry.kind, depth, wanted, children);
  });
  std::vector<Child> sorted;
  for (auto& [name, child] : children) sorted.push_back(std::move(child));
  return sorted;
}

}  // namespace pset3::intake
