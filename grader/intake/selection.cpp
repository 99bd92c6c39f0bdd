#include "grader/intake/selection.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "grader/base/text.hpp"
#include "grader/intake/near_miss.hpp"
#include "grader/intake/receipt.hpp"
#include "grader/intake/source_text.hpp"

namespace pset3::intake {
namespace {

constexpr std::size_t kNamesInAMessage = 5;
constexpr std::size_t kRememberedFiles = 2000;
/// Of headers that may lie beside a part file; it is known only when all entries were seen.
constexpr std::size_t kReadHeaders = 256;
constexpr std::size_t kReadHeaderBytes = 2UL << 20;

bool ends_with(const std::string& name, std::string_view ending) {
  return name.size() > ending.size() &&
         name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

bool is_header(const std::string& name) { return ends_with(name, ".hpp") || ends_with(name, ".h"); }

bool is_source(const std::string& name) {
  return ends_with(name, ".cpp") || ends_with(name, ".cc") || ends_with(name, ".cxx");
}

/// Letters, digits and a few signs: such a name means the same to everybody.
bool is_plain_name(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

bool has_file(const WantedPart& part, std::string_view name) {
  return std::find(part.files.begin(), part.files.end(), name) != part.files.end();
}

bool is_wanted_name(const std::vector<WantedPart>& wanted, const std::string& name) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const WantedPart& part) {
    return part.folder == name || has_file(part, name);
  });
}

/// The parts that a file of this name at this place may belong to: those whose folder it is in, or
/// else all that have a file of this name.
std::vector<std::pair<const WantedPart*, Fit>> parts_for(const std::vector<WantedPart>& wanted,
                                                         const Place& place) {
  std::vector<std::pair<const WantedPart*, Fit>> inside;
  std::vector<std::pair<const WantedPart*, Fit>> elsewhere;
  for (const WantedPart& part : wanted) {
    if (!has_file(part, place.name)) continue;
    const auto& folders = place.folders;
    if (!folders.empty() && folders.back() == part.folder) return {{&part, Fit::kInPartFolder}};
    if (std::find(folders.begin(), folders.end(), part.folder) != folders.end()) {
      inside.emplace_back(&part, Fit::kBelowPartFolder);
    }
    elsewhere.emplace_back(&part, Fit::kElsewhere);
  }
  return inside.empty() ? elsewhere : inside;
}

/// Of what was handed in several times only the last version stays.
void set_earlier_aside(const std::string& file, std::vector<Candidate>& candidates,
                       std::vector<std::string>& notes) {
  const Candidate last = *std::max_element(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.version < b.version; });
  std::erase_if(candidates, [&](const Candidate& other) {
    if (other.version == last.version) return false;
    if (other.bytes != last.bytes) {
      notes.push_back(shown(other.path) + " was left aside: the " + file +
                      " that was handed in later, " + shown(last.path) + ", is graded");
    }
    return true;
  });
}

std::string folder_of(const Candidate& candidate) { return folder_of(candidate.path); }

/// "hw3/solution/p1/" -> "hw3/starter/p1/"; "" for a folder that is not below a solution/.
std::string starter_twin(const std::string& folder) {
  static const std::string kSolution = "solution/";
  const std::size_t position = ("/" + folder).find("/" + kSolution);
  if (position == std::string::npos) return "";
  return folder.substr(0, position) + "starter/" + folder.substr(position + kSolution.size());
}

/// "a, b, c and 12 more".
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesInAMessage); ++i) {
    text += (i == 0 ? "" : ", ") + shown(names[i]);
  }
  if (names.size() > kNamesInAMessage) {
    text += " and " + std::to_string(names.size() - kNamesInAMessage) + " more";
  }
  return text;
}

std::string looked_for(const std::vector<WantedPart>& wanted) {
  std::vector<std::string> names;
  for (const WantedPart& part : wanted) {
    if (!part.asked) continue;
    for (const std::string& file : part.files) names.push_back(part.folder + "/" + file);
  }
  return listed(names);
}

}  // namespace

void Selection::begin(const Piece& piece, bool is_one_of_several) {
  std::error_code error;
  const bool is_loose =
      !std::filesystem::is_directory(piece.path, error) && !is_archive(piece.path);
  const std::string name = without_archive_ending(piece.name);
  const bool is_part = std::any_of(wanted_.begin(), wanted_.end(),
                                   [&](const WantedPart& part) { return part.folder == name; });
  part_around_ = is_part && !is_loose ? name : "";
  prefix_ = is_one_of_several && !is_loose ? piece.name + "/" : "";
  version_ = piece.version;
  candidate_paths_.clear();
  near_case_.clear();
  links_.clear();
}

void Selection::end() { require_clear_paths(); }

std::string Selection::path_of(const Place& place) const { return prefix_ + place.path(); }

void Selection::see(const Entry& entry, const ReadBytes& read) {
  const Place& place = entry.place;
  if (place.is_ignored) {
    const auto first = std::find_if(place.folders.begin(), place.folders.end(), is_ignored_folder);
    if (first != place.folders.end()) {
      not_seen_.insert(*first);
    } else if (entry.kind == Kind::kFolder) {
      not_seen_.insert(place.name);
    }
    return;
  }
  if (entry.kind == Kind::kLink) links_.insert(place.path());
  if (entry.kind == Kind::kFile) {
    see_file(place, read);
  } else if (entry.kind != Kind::kFolder && is_wanted_name(wanted_, place.name)) {
    throw Refused(shown(place.path()) +
                  (entry.kind == Kind::kLink ? " is a link" : " is a device or a pipe") +
                  "; hand in the file itself");
  }
}

void Selection::see_file(const Place& place, const ReadBytes& read) {
  see_near_case(place);
  Place whole = place;
  if (!part_around_.empty()) whole.folders.insert(whole.folders.begin(), part_around_);
  const auto parts = parts_for(wanted_, whole);
  if (parts.size() > 1) return see_shared(place, read);
  if (parts.empty()) {
    if (others_.size() < kRememberedFiles) others_.push_back(place);
    see_header(place, read);
    see_receipt(place, read);
    return;
  }
  const std::string path = path_of(place);
  if (has_hidden_characters(path)) {
    throw Refused(shown(path) + " has control characters in its name; rename its folders");
  }
  const auto& [part, fit] = parts.front();
  auto& known = candidates_[part->folder][place.name];
  Candidate candidate{path, fit, read(), version_};
  if (!candidate_paths_.insert(path).second) {
    const auto same = std::find_if(known.begin(), known.end(),
                                   [&](const Candidate& other) { return other.path == path; });
    if (same->bytes == candidate.bytes) return;
    throw Refused(shown(path) + " is in it twice with different contents; pack the folder again");
  }
  known.push_back(std::move(candidate));
}

/// What cannot be read as a header is no reason to refuse the part files.
void Selection::see_header(const Place& place, const ReadBytes& read) {
  if (!is_header(place.name) || !is_plain_name(place.name)) return;
  if (headers_.size() >= kReadHeaders || header_bytes_ >= kReadHeaderBytes) return;
  std::optional<std::string>& header = headers_[path_of(place)];
  try {
    header = read();
    header_bytes_ += header->size();
    if (header->size() > kOwnHeaderBytes) header.reset();
  } catch (const Refused&) {
    header.reset();
  }
}

void Selection::see_receipt(const Place& place, const ReadBytes& read) {
  if (place.name != kReceiptName) return;
  try {
    receipt_ = read();
  } catch (const Refused&) {
    receipt_ = "too large";
  }
  if (receipt_.size() > kReceiptBytes) receipt_ = "too large";
}

void Selection::see_shared(const Place& place, const ReadBytes& read) {
  Shared file{place, path_of(place), "", false, version_};
  try {
    file.bytes = read();
    file.is_read = true;
  } catch (const Refused&) {  // too large, say: it may be no part file at all
  }
  shared_.push_back(std::move(file));
}

/// Whose a file is: of the one part that the clear files beside it belong to, or of the one part
/// that was asked for. @returns nullptr when that does not tell
const WantedPart* Selection::owner_of(const Shared& file) const {
  const std::string folder = file.path.substr(0, file.path.rfind('/') + 1);
  const auto parts = parts_for(wanted_, file.place);
  std::set<const WantedPart*> beside;
  std::set<const WantedPart*> asked;
  for (const WantedPart& part : wanted_) {
    const auto known = candidates_.find(part.folder);
    if (known == candidates_.end()) continue;
    for (const auto& [name, candidates] : known->second) {
      for (const Candidate& other : candidates) {
        if (folder_of(other) == folder) beside.insert(&part);
      }
    }
  }
  const auto may_own = [&](const WantedPart* part) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const auto& possible) { return possible.first == part; });
  };
  if (!beside.empty()) {
    return beside.size() == 1 && may_own(*beside.begin()) ? *beside.begin() : nullptr;
  }
  for (const auto& [part, fit] : parts) {
    if (part->asked) asked.insert(part);
  }
  return asked.size() == 1 ? *asked.begin() : nullptr;
}

void Selection::place_shared() {
  std::vector<std::pair<const WantedPart*, const Shared*>> owned;
  for (const Shared& file : shared_) {
    const WantedPart* const owner = file.is_read ? owner_of(file) : nullptr;
    if (owner == nullptr) {
      unclear_.push_back(file.path);
    } else {
      owned.emplace_back(owner, &file);
    }
  }
  for (const auto& [owner, file] : owned) {
    if (has_hidden_characters(file->path)) {
      throw Refused(shown(file->path) + " has control characters in its name; rename its folders");
    }
    candidates_[owner->folder][file->place.name].push_back(
        {file->path, Fit::kElsewhere, file->bytes, file->version});
  }
}

void Selection::see_near_case(const Place& place) {
  const std::string path = place.path();
  const std::string lower = lowercase(path);
  const auto [known, is_new] = near_case_.emplace(lower, path);
  if (is_new || known->second == path) return;
  const auto concerns = [&](const WantedPart& part) {
    return std::any_of(part.files.begin(), part.files.end(), [&](const std::string& file) {
      return lowercase(file) == lowercase(place.name);
    });
  };
  if (std::any_of(wanted_.begin(), wanted_.end(), concerns)) {
    throw Refused(
        shown(known->second) + " and " + shown(path) +
        " differ only in upper and lower case; keep only the one that you want to hand in");
  }
}

void Selection::require_clear_paths() const {
  for (const std::string& link : links_) {
    const std::string inside = link + "/";
    const auto below = candidate_paths_.lower_bound(inside);
    if (below != candidate_paths_.end() && below->compare(0, inside.size(), inside) == 0) {
      throw Refused(shown(*below) + " is below the link " + shown(link) +
                    "; hand in the files themselves");
    }
  }
}

/// Our own repository holds both, and a student's copy of it may as well.
void Selection::drop_solutions_beside_starters(const std::string& part) {
  auto& files = candidates_[part];
  std::set<std::string> folders;
  for (const auto& [file, candidates] : files) {
    for (const Candidate& candidate : candidates) folders.insert(folder_of(candidate));
  }
  for (auto file = files.begin(); file != files.end();) {
    const std::size_t dropped = std::erase_if(file->second, [&](const Candidate& candidate) {
      const std::string twin = starter_twin(folder_of(candidate));
      return !twin.empty() && folders.count(twin) != 0;
    });
    starter_preferred_ |= dropped > 0;
    file = file->second.empty() ? files.erase(file) : std::next(file);
  }
}

const Candidate& Selection::choose(const std::string& file, std::vector<Candidate>& candidates,
                                   Submission& submission) const {
  set_earlier_aside(file, candidates, submission.notes);
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.fit, a.path.size(), a.path) < std::tuple(b.fit, b.path.size(), b.path);
  });
  const auto end = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& other) {
    return other.fit != candidates.front().fit;
  });
  for (auto other = end; other != candidates.end(); ++other) {
    submission.notes.push_back(shown(other->path) + " was left aside: " +
                               shown(candidates.front().path) + " is the " + file + " to grade");
  }
  candidates.erase(end, candidates.end());
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    const std::string both = shown(candidates[0].path) + " and " + shown(candidates[i].path);
    if (candidates[i].bytes != candidates[0].bytes) {
      throw Refused("two different files may be the " + file + " to grade: " + both +
                    "; keep only the one that you want to hand in");
    }
    submission.notes.push_back(both + " are the same file; one copy is enough");
  }
  return candidates.front();
}

void Selection::take_part(const WantedPart& part, Submission& submission) {
  drop_solutions_beside_starters(part.folder);
  std::set<std::string> folders;
  for (auto& [file, candidates] : candidates_[part.folder]) {
    const Candidate& chosen = choose(file, candidates, submission);
    const std::string path = shown(chosen.path);
    folders.insert(folder_of(chosen));
    if (chosen.fit != Fit::kInPartFolder && chosen.path != file) {
      submission.notes.push_back(path + " was taken as " + part.folder + "/" + file);
    }
    submission.paths[part.folder][file] = chosen.path;
    submission.parts[part.folder][file] = plain_source(chosen.bytes, path, submission.notes);
  }
  take_headers(part, folders, submission);
  note_other_sources(part, folders, submission.not_taken);
  if (folders.size() > 1) {
    submission.notes.push_back(part.folder + ": its files came from " +
                               counted(folders.size(), "folder") + ": " +
                               listed({folders.begin(), folders.end()}));
  }
}

void Selection::take_headers(const WantedPart& part, const std::set<std::string>& folders,
                             Submission& submission) const {
  auto& files = submission.parts[part.folder];
  std::size_t taken = 0;
  for (const auto& [path, bytes] : headers_) {
    if (folders.count(folder_of(path)) == 0) continue;
    const std::string name = path.substr(folder_of(path).size());
    const std::string label = shown(path);
    const auto given = part.given.find(name);
    std::vector<std::string> ignored;
    if (given != part.given.end()) {
      if (!bytes || plain_source(*bytes, label, ignored) != given->second) {
        submission.notes.push_back(label +
                                   " differs from the course's own, which is used in its "
                                   "place: what you changed in it does not count");
      }
    } else if (!bytes) {
      submission.not_taken.push_back(label +
                                     " was not taken: a header of your own may have 64 KiB");
    } else if (taken == kOwnHeaders) {
      submission.not_taken.push_back(label + " was not taken: at most 8 headers of your own are");
    } else if (files.emplace(name, plain_source(*bytes, label, submission.notes)).second) {
      ++taken;
      submission.paths[part.folder][name] = path;
      submission.notes.push_back(label + " is used with the files of " + part.folder);
    }
  }
}

void Selection::note_other_sources(const WantedPart& part, const std::set<std::string>& folders,
                                   std::vector<std::string>& notes) const {
  std::size_t count = 0;
  for (const Place& place : others_) {
    const std::string path = path_of(place);
    if (!is_source(place.name) || folders.count(folder_of(path)) == 0) continue;
    if (!probably_meant(place.name, part.files).empty() || ++count > kNamesInAMessage) continue;
    notes.push_back(shown(path) +
                    " was not taken: put its functions into one of the part's own "
                    "files, or into a header beside them");
  }
}

void Selection::note_missing(const WantedPart& part, Submission& submission) const {
  const auto taken = submission.parts.find(part.folder);
  if (taken == submission.parts.end()) {
    submission.notes.push_back(part.folder + ": not handed in, none of its files is there");
    return;
  }
  std::vector<std::string> missing;
  for (const std::string& file : part.files) {
    if (taken->second.count(file) == 0) missing.push_back(file);
  }
  if (!missing.empty()) {
    submission.notes.push_back(part.folder + ": not handed in: " + listed(missing));
  }
}

void Selection::note_near_misses(const Submission& submission,
                                 std::vector<std::string>& notes) const {
  std::vector<std::string> missing;
  for (const WantedPart& part : wanted_) {
    const auto taken = submission.parts.find(part.folder);
    for (const std::string& file : part.files) {
      if (taken == submission.parts.end() || taken->second.count(file) == 0) {
        missing.push_back(file);
      }
    }
  }
  std::size_t count = 0;
  for (const Place& place : others_) {
    const std::string meant = probably_meant(place.name, missing);
    if (meant.empty() || ++count > kNamesInAMessage) continue;
    notes.push_back(shown(place.path()) + ": did you mean " + meant + "?");
  }
}

void Selection::refuse_empty() const {
  std::string message = "no file of the assignment in it: looked for " + looked_for(wanted_);
  std::vector<std::string> found;
  std::vector<std::string> archives;
  for (const Place& place : others_) {
    found.push_back(place.path());
    if (is_named_like_an_archive(place.name)) archives.push_back(place.path());
  }
  if (!unclear_.empty()) {
    throw Refused(message + "; several parts have a file named like " + listed(unclear_) +
                  ": put it into its part's folder");
  }
  message += found.empty() ? "; it is empty" : "; found " + listed(found);
  if (!not_seen_.empty()) {
    message += "; not looked into: " + listed({not_seen_.begin(), not_seen_.end()});
  }
  std::vector<std::string> hints;
  note_near_misses({}, hints);
  for (const std::string& hint : hints) message += "; " + hint;
  const bool is_one_file = others_.size() == 1 && others_[0].folders.empty();
  if (is_one_file && not_seen_.empty()) message += std::string("; ") + kTakenFormats;
  if (!archives.empty()) {
    message += "; it holds an archive: hand in the inner one (" + shown(archives.front()) + ")";
  }
  throw Refused(message);
}

void Selection::decide(Submission& submission) {
  place_shared();
  if (candidates_.empty()) refuse_empty();
  for (const WantedPart& part : wanted_) {
    if (candidates_.count(part.folder) != 0) take_part(part, submission);
  }
  if (starter_preferred_) {
    submission.notes.push_back("it has starter/ and solution/: the files in starter/ were taken");
  }
  for (const std::string& path : unclear_) {
    submission.not_taken.push_back(shown(path) +
                                   " was not taken: several parts have a file of this name; put it "
                                   "into its part's folder");
  }
  submission.notes.insert(submission.notes.end(), submission.not_taken.begin(),
                          submission.not_taken.end());
  if (!receipt_.empty()) {
    submission.receipt_notes = differences_from_receipt(receipt_, submission.parts);
  }
  for (const WantedPart& part : wanted_) {
    if (part.asked) note_missing(part, submission);
  }
  note_near_misses(submission, submission.notes);
}

}  // namespace pset3::intake
