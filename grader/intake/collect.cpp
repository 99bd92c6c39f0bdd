#include "grader/intake/collect.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/attempts.hpp"
#include "grader/intake/class_shape.hpp"
#include "grader/intake/gradescope_metadata.hpp"
#include "grader/intake/near_miss.hpp"
#include "grader/intake/peek.hpp"
#include "grader/intake/place.hpp"
#include "grader/intake/unpack.hpp"
#include "grader/intake/upload_names.hpp"

namespace pset3::intake {
namespace {

namespace fs = std::filesystem;

fs::path without_slash(const fs::path& path) {
  const fs::path whole = fs::absolute(path).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

std::string typed_name(const fs::path& path) { return without_slash(path).filename().string(); }

/// Uploads of one student, before they are put together.
struct Upload {
  UploadName name;
  fs::path path;
};

std::string prefix_of(Shape shape) {
  switch (shape) {
    case Shape::kCanvas:
      return "canvas:";
    case Shape::kMoodle:
      return "moodle:";
    case Shape::kBlackboard:
      return "blackboard:";
    case Shape::kGradescope:
      return "gradescope:";
    case Shape::kFolders:
      return "name:";
  }
  return "";
}

/// Blackboard's record of an attempt begins "Name: Jane Doe (jdoe)".
std::optional<Person> person_in_record(const fs::path& file) {
  std::error_code error;
  if (!is_file(file) || fs::file_size(file, error) > (1u << 20)) return std::nullopt;
  const std::string text = read_file(file);
  const std::string line = text.substr(0, text.find_first_of("\r\n"));
  const std::size_t open = line.rfind('(');
  const std::size_t close = line.rfind(')');
  if (line.rfind("Name: ", 0) != 0 || open == line.npos || close == line.npos || close < open) {
    return std::nullopt;
  }
  std::string name = line.substr(6, open - 6);
  name.erase(name.find_last_not_of(' ') + 1);
  return Person{name, line.substr(open + 1, close - open - 1), "", ""};
}

/// Clones of GitHub Classroom are called "assignment-account".
/// @returns what the names of all clones begin with, and "" where not all are clones
std::string prefix_of_clones(const std::vector<fs::path>& entries) {
  std::string prefix = entries.empty() ? "" : entries[0].filename().string();
  for (const fs::path& entry : entries) {
    if (!fs::exists(entry / ".git")) return "";
    const std::string name = entry.filename().string();
    const auto end = std::mismatch(prefix.begin(), prefix.end(), name.begin(), name.end()).first;
    prefix.erase(end, prefix.end());
  }
  return entries.size() < 2 ? "" : prefix.substr(0, prefix.rfind('-') + 1);
}

class Collector {
 public:
  Collector(const std::vector<WantedPart>& wanted, const CollectOptions& options)
      : wanted_(wanted), options_(options) {}

  Class collect(const std::vector<fs::path>& paths) {
    add_given(paths);
    tell_apart();
    if (options_.roster) match_roster(*options_.roster, class_.hand_ins);
    name_rows(class_.hand_ins, options_.earlier);
    return std::move(class_);
  }

 private:
  void add_given(const std::vector<fs::path>& paths);
  void expand(const fs::path& path, const std::string& called);
  bool expand_archive(const fs::path& path, const std::string& called);
  void expand_folder(const fs::path& folder, const std::string& called);
  void add_class(const fs::path& folder, Shape shape, const std::string& called);
  void add_entries(const std::vector<fs::path>& entries, Shape shape, const fs::path& metadata);
  void add_platform(const std::vector<fs::path>& entries, Shape shape);
  void add_student(Shape shape, std::vector<Upload> uploads);
  void add_exported(const std::vector<fs::path>& entries, const fs::path& metadata);
  void add_one(const fs::path& path, const std::string& called, const std::string& identity);
  void add_pieces(const fs::path& path, const std::string& name, bool is_upload, HandIn& row,
                  std::vector<Piece>& pieces);
  bool skip(const fs::path& entry);
  void tell_apart();

  const std::vector<WantedPart>& wanted_;
  const CollectOptions& options_;
  Class class_;
};

/// What a shell has expanded from "download/*" is put together like the folder itself.
void Collector::add_given(const std::vector<fs::path>& paths) {
  std::set<fs::path> seen;
  std::vector<fs::path> given;
  std::vector<std::string> names;
  fs::path metadata;
  for (const fs::path& path : paths) {
    if (!seen.insert(without_slash(path)).second) continue;
    if (is_own_output(path, options_.output) && paths.size() > 1) {
      class_.skipped.push_back({path.string(), "reports of pset3"});
      continue;
    }
    if (path.filename() == kGradescopeMetadata) metadata = path;
    given.push_back(path);
    names.push_back(typed_name(path));
  }
  if (!metadata.empty()) return add_entries(given, Shape::kGradescope, metadata);
  const bool is_platforms = options_.shape && *options_.shape != Shape::kFolders;
  const std::optional<Shape> shape = is_platforms ? options_.shape : shape_of_names(names);
  std::vector<fs::path> uploads;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const bool is_upload = shape && parse_upload_name(*shape, names[i]);
    if (is_upload) {
      uploads.push_back(given[i]);
    } else {
      expand(given[i], names[i]);
    }
  }
  if (!uploads.empty()) add_platform(uploads, *shape);
}

void Collector::expand(const fs::path& path, const std::string& called) {
  std::error_code error;
  if (fs::is_directory(path, error)) return expand_folder(path, called);
  const bool is_a_class =
      fs::is_regular_file(path, error) && is_archive(path) && expand_archive(path, called);
  if (!is_a_class) add_one(path, called, "");
}

bool Collector::expand_archive(const fs::path& path, const std::string& called) {
  try {
    std::vector<Child> children = children_of_archive(path, "", wanted_);
    std::string inside;
    if (children.size() == 1 && children[0].kind == Kind::kFolder) {
      inside = children[0].name;
      children = children_of_archive(path, inside, wanted_);
    }
    std::optional<Shape> shape = shape_of_archive(children);
    if (!shape && !options_.shape) return false;
    if (options_.shape) shape = options_.shape;
    class_.unpacked.push_back(unpack_class(path));
    add_class(class_.unpacked.back()->path() / inside, *shape, called);
    return true;
  } catch (const Refused&) {  // `take` will say why
    return false;
  }
}

void Collector::expand_folder(const fs::path& folder, const std::string& called) {
  if (options_.shape) return add_class(folder, *options_.shape, called);
  const std::vector<Child> children = children_of_folder(folder, wanted_, options_.output);
  std::vector<std::string> names;
  for (const fs::path& entry : entries_of(folder)) names.push_back(entry.filename().string());
  if (const auto shape = shape_of_folder(names, children, wanted_)) {
    return add_class(folder, *shape, called);
  }
  const bool is_wrapper = children.size() == 1 && names.size() >= 1;
  if (is_wrapper) {
    const fs::path inner = folder / children[0].name;
    if (children[0].is_archive && expand_archive(inner, children[0].name)) return;
    const bool may_be_a_class = children[0].kind == Kind::kFolder && children[0].name != "starter";
    const auto inside =
        may_be_a_class ? children_of_folder(inner, wanted_, options_.output) : std::vector<Child>{};
    std::vector<std::string> inner_names;
    for (const fs::path& entry : entries_of(inner))
      inner_names.push_back(entry.filename().string());
    const auto shape = shape_of_folder(inner_names, inside, wanted_);
    if (may_be_a_class && shape) return add_class(inner, *shape, called + "/" + children[0].name);
  }
  add_one(folder, called, "");
}

/// @returns whether an entry of a class is no hand-in, which is noted.
bool Collector::skip(const fs::path& entry) {
  const std::string name = entry.filename().string();
  std::string why;
  if (is_own_output(entry, options_.output)) {
    why = "reports of pset3";
  } else if (is_folder(entry)) {
    if (is_ignored_folder(name)) why = name[0] == '.' ? "hidden" : "a folder that programs make";
  } else {
    why = why_no_hand_in(name);
  }
  if (!why.empty()) class_.skipped.push_back({name, why});
  return !why.empty();
}

void Collector::add_class(const fs::path& folder, Shape shape, const std::string& called) {
  const fs::path metadata = folder / kGradescopeMetadata;
  const std::size_t before = class_.hand_ins.size();
  add_entries(entries_of(folder), shape, is_file(metadata) ? metadata : fs::path());
  const auto first = class_.hand_ins.begin() + static_cast<std::ptrdiff_t>(before);
  std::stable_sort(first, class_.hand_ins.end(),
                   [](const HandIn& a, const HandIn& b) { return a.called < b.called; });
  const std::size_t count = class_.hand_ins.size() - before;
  class_.notes.push_back(shown(called) + ": " + name_of(shape) + " with " +
                         counted(count, "hand-in") +
                         (options_.shape ? "" : " (guessed; --from says how it was downloaded)"));
}

void Collector::add_entries(const std::vector<fs::path>& entries, Shape shape,
                            const fs::path& metadata) {
  std::vector<fs::path> hand_ins;
  for (const fs::path& entry : entries) {
    if (!skip(entry)) hand_ins.push_back(entry);
  }
  if (shape == Shape::kGradescope) return add_exported(hand_ins, metadata);
  if (shape != Shape::kFolders) return add_platform(hand_ins, shape);
  const std::string assignment = prefix_of_clones(hand_ins);
  for (const fs::path& entry : hand_ins) {
    const std::string name = without_archive_ending(entry.filename().string());
    add_one(entry, name.substr(assignment.size()), "name:" + name);
  }
}

void Collector::add_platform(const std::vector<fs::path>& entries, Shape shape) {
  std::map<std::string, std::vector<Upload>> students;
  for (const fs::path& entry : entries) {
    const std::string name = typed_name(entry);
    const std::optional<UploadName> upload = parse_upload_name(shape, name);
    if (upload) {
      students[lowercase(upload->student + "\n" + upload->id)].push_back({*upload, entry});
    } else {
      add_one(entry, without_archive_ending(name), "name:" + without_archive_ending(name));
    }
  }
  for (auto& [key, uploads] : students) add_student(shape, std::move(uploads));
}

void Collector::add_pieces(const fs::path& path, const std::string& name, bool is_upload,
                           HandIn& row, std::vector<Piece>& pieces) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (fs::is_symlink(status)) {
    row.refused = shown(name) + " is a link; hand in the files themselves";
  } else if (fs::is_directory(status)) {
    for (Piece& piece : pieces_of_folder(path, is_upload, wanted_, row.notes)) {
      pieces.push_back(std::move(piece));
    }
  } else {
    pieces.push_back({path, name});
  }
}

void Collector::add_student(Shape shape, std::vector<Upload> uploads) {
  std::stable_sort(uploads.begin(), uploads.end(),
                   [](const Upload& a, const Upload& b) { return a.name.order < b.name.order; });
  HandIn row;
  row.called = uploads[0].name.student;
  row.id_in_class = uploads[0].name.id;
  row.identities = {prefix_of(shape) + row.called + ":" + row.id_in_class};
  row.people = {{row.called, row.id_in_class, "", ""}};
  row.source = uploads[0].path;
  const bool has_number = !uploads.back().name.order.empty();
  if (shape == Shape::kCanvas && has_number) row.uploaded_as = typed_name(uploads.back().path);
  std::map<std::string, std::vector<Piece>> by_time;
  for (const Upload& upload : uploads) {
    row.is_late |= upload.name.is_late;
    if (shape == Shape::kBlackboard && upload.name.file.empty()) {
      if (const auto person = person_in_record(upload.path)) row.people = {*person};
      continue;
    }
    std::vector<Piece>& pieces = by_time[upload.name.at];
    const int before = pieces.empty() ? -1 : pieces.back().version;
    std::vector<Piece> more;
    const std::string name =
        upload.name.file.empty() ? typed_name(upload.path) : without_copy_number(upload.name.file);
    add_pieces(upload.path, name, true, row, more);
    for (Piece& piece : more) {
      // What the platform gives no order has been handed in together.
      piece.version += upload.name.order.empty() ? std::max(before, 0) : before + 1;
      pieces.push_back(std::move(piece));
    }
  }
  for (const auto& [time, pieces] : by_time) {
    if (pieces.empty()) continue;
    std::vector<Attempt> attempts = attempts_of(pieces);
    for (Attempt& attempt : attempts) attempt.at = time;
    // An attempt of Blackboard's is whole; what one upload replaces elsewhere is told by attempts.
    row.attempts.insert(row.attempts.end(), attempts.begin(), attempts.end());
  }
  if (row.attempts.empty() && row.refused.empty()) {
    row.refused = "the platform's record of the attempt is there, and no file";
  }
  class_.hand_ins.push_back(std::move(row));
}

/// Gradescope has one folder for each submission, and says in one file whose it is.
void Collector::add_exported(const std::vector<fs::path>& entries, const fs::path& metadata) {
  std::map<std::string, ExportedSubmission> known;
  if (!metadata.empty()) known = read_gradescope_metadata(read_file(metadata));
  std::map<std::string, std::size_t> row_of;  // of the same people
  const auto add = [&](const std::string& name, const fs::path& path) {
    const ExportedSubmission& about = known[name];
    HandIn row;
    std::string who;
    for (const Person& person : about.submitters) {
      row.called += (row.called.empty() ? "" : "+") + person.name;
      who += (who.empty() ? "" : ",") + (person.id.empty() ? person.email : person.id);
    }
    row.people = about.submitters;
    if (row.called.empty()) row.called = name;
    row.identities = {"gradescope:" + (who.empty() ? name : who)};
    if (about.submitters.size() == 1) row.id_in_class = about.submitters[0].id;
    row.source = path;
    std::vector<Piece> pieces;
    if (path.empty()) {
      row.refused = std::string(kGradescopeMetadata) + " names " + shown(name) +
                    ", and there is no such folder";
    } else {
      add_pieces(path, name, true, row, pieces);
    }
    if (!pieces.empty()) row.attempts = attempts_of(pieces);
    for (Attempt& attempt : row.attempts) attempt.at = about.created_at;
    const auto [place, is_new] = row_of.try_emplace(row.identities[0], class_.hand_ins.size());
    if (is_new) return class_.hand_ins.push_back(std::move(row));
    HandIn& first = class_.hand_ins[place->second];
    first.attempts.insert(first.attempts.end(), row.attempts.begin(), row.attempts.end());
    std::stable_sort(first.attempts.begin(), first.attempts.end(),
                     [](const Attempt& a, const Attempt& b) { return a.at < b.at; });
  };
  std::set<std::string> there;
  for (const fs::path& entry : entries) {
    there.insert(typed_name(entry));
    add(without_archive_ending(typed_name(entry)), entry);
  }
  std::vector<std::string> absent;
  for (const auto& [name, about] : known) {
    if (there.count(name) == 0 && !about.submitters.empty()) absent.push_back(name);
  }
  for (const std::string& name : absent) add(name, {});
}

/// @param identity  "" where only the path tells one from another.
void Collector::add_one(const fs::path& path, const std::string& called,
                        const std::string& identity) {
  HandIn row;
  row.called = without_archive_ending(called);
  const fs::path whole = without_slash(path);
  const std::string parent = whole.parent_path().filename().string();
  const bool names_its_parent = path.has_parent_path() && !parent.empty() && path != "." &&
                                path.parent_path().filename() != ".." &&
                                !says_nothing(parent, wanted_);
  const bool is_nobodys = identity.empty() && says_nothing(row.called, wanted_);
  if (is_nobodys && names_its_parent) row.called = parent;
  row.identities = {!identity.empty()                 ? identity
                    : is_nobodys && !names_its_parent ? "path:" + whole.string()
                                                      : "name:" + row.called};
  row.source = path;
  std::vector<Piece> pieces;
  if (identity.empty()) {  // given by the user, who may well mean what a link leads to
    std::error_code error;
    if (fs::is_directory(path, error)) {
      pieces = pieces_of_folder(without_slash(path), false, wanted_, row.notes);
    } else {
      pieces = {{path, without_upload_decoration(called)}};
    }
  } else {
    add_pieces(path, path.filename().string(), false, row, pieces);
  }
  if (!pieces.empty()) row.attempts = attempts_of(pieces);
  class_.hand_ins.push_back(std::move(row));
}

/// Two of one name that are not known to be the same student get their folders' names as well.
void Collector::tell_apart() {
  std::map<std::string, int> count;
  for (const HandIn& row : class_.hand_ins) ++count[row.identities.at(0)];
  for (HandIn& row : class_.hand_ins) {
    if (count[row.identities[0]] < 2) continue;
    const fs::path whole = without_slash(row.source);
    row.called = whole.parent_path().filename().string() + "_" + row.called;
    row.identities = {"path:" + whole.string()};
  }
}

}  // namespace

Class collect(const std::vector<fs::path>& paths, const std::vector<WantedPart>& wanted,
              const CollectOptions& options) {
  return Collector(wanted, options).collect(paths);
}

}  // namespace pset3::intake
