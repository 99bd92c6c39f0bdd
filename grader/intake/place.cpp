#include "grader/intake/place.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "grader/base/text.hpp"

namespace pset3::intake {
namespace {

constexpr std::size_t kMaxNameBytes = 255;  // of a file name on every file system that students use

bool is_absolute(std::string_view path) {
  const bool has_drive =
      path.size() >= 2 && path[1] == ':' && std::isalpha(static_cast<unsigned char>(path[0]));
  return has_drive || path.substr(0, 1) == "/";
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, end);
    if (!name.empty() && name != ".") names.emplace_back(name);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return names;
}

void require_plain(const std::vector<std::string>& names, std::string_view written) {
  for (const std::string& name : names) {
    if (name == "..") {
      throw Refused(shown(written) +
                    " leads out of the submission; pack the folder again from inside it");
    }
    if (name.size() > kMaxNameBytes) {
      throw Refused("a name of " + counted(name.size(), "byte") + " (" + shown(name.substr(0, 40)) +
                    "); at most 255 are taken, shorten it");
    }
  }
}

}  // namespace

std::string Place::path() const {
  std::string text;
  for (const std::string& folder : folders) text += folder + "/";
  return text + name;
}

Place place_of(std::string_view written, const Limits& limits) {
  if (written.size() > static_cast<std::size_t>(limits.path_bytes)) {
    throw Refused("a path of " + counted(written.size(), "byte") + " (" +
                  shown(written.substr(0, 40)) + "); at most " + std::to_string(limits.path_bytes) +
                  " are taken");
  }
  std::string path(written);
  std::replace(path.begin(), path.end(), '\\', '/');
  if (is_absolute(path)) {
    throw Refused(shown(written) + " is an absolute name; pack the folder again from inside it");
  }
  Place place;
  place.folders = split(path);
  require_plain(place.folders, written);
  if (place.folders.empty()) return place;
  place.name = std::move(place.folders.back());
  place.folders.pop_back();
  place.is_ignored = place.name[0] == '.' || is_ignored_folder(place.name) ||
                     std::any_of(place.folders.begin(), place.folders.end(), is_ignored_folder);
  if (!place.is_ignored && place.folders.size() > static_cast<std::size_t>(limits.depth)) {
    throw Refused("folders nested more than " + std::to_string(limits.depth) + " deep (" +
                  shown(written) + "); hand in only the part folders");
  }
  return place;
}

bool is_ignored_folder(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "__MACOSX", "build", "_build", "CMakeFiles", "_deps", "node_modules", "venv", "__pycache__"};
  return name.substr(0, 1) == "." || name.substr(0, 12) == "cmake-build-" ||
         name.substr(0, 6) == "build-" ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool has_hidden_characters(std::string_view text) {
  if (text.find_first_of("\n\t") != std::string_view::npos) return true;
  // A name in Windows' or another 8-bit encoding is no UTF-8, but it is not hostile either.
  while (!text.empty()) {
    const std::size_t good = valid_utf8_bytes(text);
    if (printable(text.substr(0, good), text.size() * 8) != text.substr(0, good)) return true;
    text.remove_prefix(std::min(good + 1, text.size()));
  }
  return false;
}

std::string shown(std::string_view path) {
  std::string text;
  for (const char character : printable(path.substr(0, 200), 1000)) {
    text += character == '\n' ? "\\n" : character == '\t' ? "\\t" : std::string(1, character);
  }
  return path.size() > 200 ? text + "…" : text;
}

bool is_named_like_an_archive(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kEndings = {
      ".zip", ".tar",     ".tgz",  ".tar.gz", ".gz",  ".rar",
      ".7z",  ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst"};
  const std::string lower = lowercase(name);
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
    return lower.size() > ending.size() &&
           std::string_view(lower).substr(lower.size() - ending.size()) == ending;
  });
}

std::string without_archive_ending(const std::string& name) {
  const std::string lower = lowercase(name);
  for (const std::string_view ending : {".tar.gz", ".tgz", ".tar", ".zip"}) {
    if (lower.size() > ending.size() &&
        lower.compare(lower.size() - ending.size(), ending.size(), ending) == 0) {
      return name.substr(0, name.size() - ending.size());
    }
  }
  return name;
}

}  // namespace pset3::intake
