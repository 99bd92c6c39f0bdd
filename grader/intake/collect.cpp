#include "grader/intake/collect.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <system_error>

#include "grader/base/text.hpp"
#include "grader/intake/place.hpp"

namespace pset3::intake {
namespace {

namespace fs = std::filesystem;

constexpr int kPeekDepth = 4;
constexpr std::size_t kPeekEntries = 5000;

/// What a folder's entries say about it, without reading any file.
struct Signs {
  bool has_part_folder = false;
  std::set<std::string> wanted_files;
};

/// The entries in the order of names; none for what cannot be listed, since `take` will say so.
std::vector<fs::path> listed(const fs::path& folder) {
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

/// Looks for part folders and wanted files a few levels deep.
class Peek {
 public:
  explicit Peek(const std::vector<WantedPart>& wanted) : wanted_(wanted) {}

  Signs at(const fs::path& folder) {
    entries_ = 0;
    Signs signs;
    below(folder, kPeekDepth, signs);
    return signs;
  }
  void look_at(const fs::path& path, Signs& signs) const {
    const std::string name = path.filename().string();
    for (const WantedPart& part : wanted_) {
      signs.has_part_folder |= name == part.folder && is_folder(path);
      const bool is_wanted =
          std::find(part.files.begin(), part.files.end(), name) != part.files.end();
      if (is_wanted && is_file(path)) signs.wanted_files.insert(name);
    }
  }

 private:
  void below(const fs::path& folder, int depth, Signs& signs) {
    for (const fs::path& path : listed(folder)) {
      if (++entries_ > kPeekEntries) return;
      look_at(path, signs);
      const bool goes_deeper =
          depth > 1 && is_folder(path) && !is_ignored_folder(path.filename().string());
      if (goes_deeper) below(path, depth - 1, signs);
    }
  }

  const std::vector<WantedPart>& wanted_;
  std::size_t entries_ = 0;
};

bool is_one_submission_by_itself(const std::vector<fs::path>& entries, const Peek& peek) {
  Signs signs;
  bool is_tree = false;
  for (const fs::path& path : entries) {
    peek.look_at(path, signs);
    const std::string name = path.filename().string();
    is_tree |=
        name == "starter" || name == "solution" || name == ".git" || name == "CMakeLists.txt";
  }
  return is_tree || signs.has_part_folder || !signs.wanted_files.empty();
}

bool has_metadata(const std::vector<fs::path>& entries) {
  return std::any_of(entries.begin(), entries.end(), [](const fs::path& path) {
    return path.filename() == "submission_metadata.yml";
  });
}

bool is_loose_source(const fs::path& path) {
  return is_file(path) && lowercase(path.extension().string()) == ".cpp";
}

/// A student's tree may spread different files over its folders; a class repeats the same ones.
bool holds_several(const std::vector<fs::path>& children, Peek& peek) {
  std::size_t clear = 0;
  std::map<std::string, int> repeats;
  for (const fs::path& child : children) {
    if (!is_folder(child)) {
      clear += 1;
      continue;
    }
    const Signs signs = peek.at(child);
    clear += signs.has_part_folder ? 1 : 0;
    for (const std::string& file : signs.wanted_files) ++repeats[file];
  }
  const bool repeated = std::any_of(repeats.begin(), repeats.end(),
                                    [](const auto& repeat) { return repeat.second >= 2; });
  return clear >= 2 || repeated;
}

bool is_only_an_archive(const std::vector<fs::path>& children) {
  return children.size() == 1 && !is_folder(children.front());
}

std::vector<fs::path> expanded(const fs::path& path, const std::vector<WantedPart>& wanted) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  Peek peek(wanted);
  const std::vector<fs::path> entries = listed(path);
  const bool is_export = has_metadata(entries);
  if (!is_export && is_one_submission_by_itself(entries, peek)) return {path};
  std::vector<fs::path> children;
  for (const fs::path& entry : entries) {
    const std::string name = entry.filename().string();
    const bool is_child = (is_folder(entry) && !is_ignored_folder(name)) ||
                          (is_file(entry) && is_named_like_an_archive(name)) ||
                          is_loose_source(entry);
    if (is_child) children.push_back(entry);
  }
  if (children.empty()) return {path};
  const bool is_class = is_export || is_only_an_archive(children) || holds_several(children, peek);
  return is_class ? children : std::vector<fs::path>{path};
}

std::string folder_name(const fs::path& path) {
  fs::path whole = fs::absolute(path).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  std::string name = without_archive_ending(whole.filename().string());
  static const std::string kPlain = "._-";
  for (char& character : name) {
    const auto byte = static_cast<unsigned char>(character);
    const bool is_plain =
        std::isalnum(byte) || byte >= 0x80 || kPlain.find(character) != kPlain.npos;
    if (!is_plain) character = '_';
  }
  if (has_hidden_characters(name) || valid_utf8_bytes(name) != name.size()) {
    for (char& character : name)
      character = static_cast<signed char>(character) < 0 ? '_' : character;
  }
  if (name.empty()) return "submission";
  if (name[0] == '.' || name[0] == '-') name[0] = '_';
  return name;
}

}  // namespace

std::vector<Found> submissions_in(const std::vector<fs::path>& paths,
                                  const std::vector<WantedPart>& wanted) {
  std::vector<Found> found;
  std::set<std::string> taken;
  for (const fs::path& given : paths) {
    for (const fs::path& path : expanded(given, wanted)) {
      const std::string name = folder_name(path);
      std::string unique = name;
      for (int i = 2; !taken.insert(unique).second; ++i) unique = name + "-" + std::to_string(i);
      found.push_back({path, unique});
    }
  }
  return found;
}

}  // namespace pset3::intake
