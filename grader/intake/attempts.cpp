#include "grader/intake/attempts.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include "grader/intake/peek.hpp"
#include "grader/intake/place.hpp"
#include "grader/intake/upload_names.hpp"

namespace pset3::intake {
namespace {

namespace fs = std::filesystem;

constexpr int kArchiveDepth = 3;
constexpr auto kTogether = std::chrono::seconds(2);

struct Seen {
  std::vector<fs::path> archives;
  bool has_part_file = false;
  fs::file_time_type newest = fs::file_time_type::min();  ///< of the part files
};

bool is_wanted(const std::string& name, const std::vector<WantedPart>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const WantedPart& part) {
    return std::find(part.files.begin(), part.files.end(), name) != part.files.end();
  });
}

void look_below(const fs::path& folder, int depth, const std::vector<WantedPart>& wanted,
                Seen& seen) {
  for (const fs::path& path : entries_of(folder)) {
    const std::string name = path.filename().string();
    std::error_code error;
    if (is_file(path)) {
      if (name[0] != '.' && depth > 0 && is_archive(path)) seen.archives.push_back(path);
      if (!is_wanted(name, wanted)) continue;
      seen.has_part_file = true;
      seen.newest = std::max(seen.newest, fs::last_write_time(path, error));
    } else if (is_folder(path) && !is_ignored_folder(name) && depth > -kArchiveDepth) {
      look_below(path, depth - 1, wanted, seen);
    }
  }
}

bool is_packed(const Piece& piece) { return is_folder(piece.path) || is_archive(piece.path); }

}  // namespace

std::vector<Piece> pieces_of_folder(const fs::path& folder, bool is_upload,
                                    const std::vector<WantedPart>& wanted,
                                    std::vector<std::string>& notes) {
  Seen seen;
  look_below(folder, kArchiveDepth, wanted, seen);
  std::vector<Piece> pieces = {{folder, folder.filename().string()}};
  for (const fs::path& archive : seen.archives) {
    if (seen.has_part_file && !is_upload) {
      notes.push_back(shown(archive.lexically_relative(folder).string()) +
                      " was not looked into: the files beside it were taken");
    } else {
      pieces.push_back({archive, archive.filename().string()});
    }
  }
  if (pieces.size() == 1) return pieces;
  // With archives alone the folder has nothing to be taken, and says so by its other files' names.
  if (seen.has_part_file) {
    order_by_time(pieces);
    return pieces;
  }
  std::vector<Piece> archives(pieces.begin() + 1, pieces.end());
  order_by_time(archives);
  if (archives.size() == 1 && !seen.has_part_file) return archives;
  archives.insert(archives.begin(), pieces.front());
  return archives;
}

std::vector<Attempt> attempts_of(const std::vector<Piece>& given) {
  std::vector<Piece> pieces = given;
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.version < b.version; });
  std::vector<Attempt> attempts(1);
  std::set<std::string> names;
  bool has_packed = false;
  int version = 0;
  for (const Piece& piece : pieces) {
    const bool packed = is_packed(piece);
    const bool is_again = (packed && has_packed) || names.count(piece.name) != 0;
    if (is_again && piece.version != version && !attempts.back().pieces.empty()) {
      attempts.push_back(attempts.back());
      names.clear();
      has_packed = false;
    }
    attempts.back().pieces.push_back(piece);
    names.insert(piece.name);
    has_packed |= packed;
    version = piece.version;
  }
  return attempts;
}

void order_by_time(std::vector<Piece>& pieces) {
  const auto time_of = [](const Piece& piece) {
    std::error_code error;
    if (!is_folder(piece.path)) return fs::last_write_time(piece.path, error);
    // A folder's own time says when a file was added to it, which a copy changes.
    fs::file_time_type newest = fs::file_time_type::min();
    for (auto entry = fs::recursive_directory_iterator(piece.path, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      std::error_code ignored;
      const bool counts = entry->is_regular_file(ignored) &&
                          lowercase(entry->path().extension().string()) == ".cpp";
      if (counts) newest = std::max(newest, entry->last_write_time(ignored));
    }
    return newest;
  };
  std::stable_sort(pieces.begin(), pieces.end(),
                   [&](const Piece& a, const Piece& b) { return time_of(a) < time_of(b); });
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const bool is_later = time_of(pieces[i]) - time_of(pieces[i - 1]) > kTogether;
    pieces[i].version = pieces[i - 1].version + (is_later ? 1 : 0);
  }
}

}  // namespace pset3::intake
