#include "grader/intake/intake.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "grader/base/descriptor.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/near_miss.hpp"
#include "grader/intake/selection.hpp"
#include "grader/intake/source.hpp"

namespace pset3::intake {
namespace {

namespace fs = std::filesystem;

enum class Format { kZip, kGzip, kTar, kUnknown };

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  const char* name;
};

constexpr std::array<Magic, 5> kOtherArchives = {{{0, "Rar!", "a RAR archive"},
                                                  {0, "7z\xBC\xAF\x27\x1C", "a 7z archive"},
                                                  {0, "BZh", "packed with bzip2"},
                                                  {0,
                                                   "\xFD"
                                                   "7zXZ",
                                                   "packed with xz"},
                                                  {0, "\x28\xB5\x2F\xFD", "packed with zstd"}}};

/// The last name of a path that is also right for "hw3/" and ".".
fs::path last_name(const fs::path& path) {
  fs::path whole = fs::absolute(path).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  return whole.filename();
}

std::string first_bytes(int descriptor) {
  std::string bytes(512, '\0');
  const ssize_t count = ::pread(descriptor, bytes.data(), bytes.size(), 0);
  bytes.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return bytes;
}

Format format_of(std::string_view start) {
  if (start.substr(0, 4) == "PK\3\4" || start.substr(0, 4) == "PK\5\6") return Format::kZip;
  if (start.substr(0, 2) == "\x1F\x8B") return Format::kGzip;
  if (start.size() > 262 && start.substr(257, 5) == "ustar") return Format::kTar;
  return Format::kUnknown;
}

void refuse_other_archives(std::string_view start) {
  for (const Magic& magic : kOtherArchives) {
    if (start.substr(magic.offset, magic.bytes.size()) == magic.bytes) {
      throw Refused(std::string("it is ") + magic.name + ", which is not taken; " + kTakenFormats);
    }
  }
}

/// A file handed in as it is, without a folder or archive around it.
void visit_bare_file(int descriptor, const std::string& name, Budget& budget, const Visit& visit) {
  const Entry entry{place_of(name, budget.limits()), Kind::kFile};
  visit(entry, [&] { return read_part_file(descriptor, entry.place, budget); });
}

bool is_named_like_a_source(const fs::path& name) {
  const std::string ending = lowercase(name.extension().string());
  return ending == ".cpp" || ending == ".cc" || ending == ".cxx" || ending == ".c";
}

/// What a download becomes when its link needed a login.
void refuse_web_page(std::string_view start, const fs::path& name) {
  const std::string text = lowercase(start.substr(0, 200));
  const std::size_t begin = std::min(text.find_first_not_of(" \r\n\t"), text.size());
  const bool is_page =
      text.compare(begin, 9, "<!doctype") == 0 || text.compare(begin, 5, "<html") == 0;
  if (!is_page || !is_named_like_an_archive(name.string())) return;
  throw Refused("it is a web page that was saved as " + shown(name.string()) +
                ", perhaps a login page; download the hand-in itself");
}

/// Whether only an archive can be meant, though its bytes do not begin like one.
bool may_be_an_archive(const fs::path& name) {
  return !name.has_extension() || is_named_like_an_archive(name.string());
}

void visit_file(int descriptor, const fs::path& name, Budget& budget, const Visit& visit) {
  const std::string start = first_bytes(descriptor);
  refuse_other_archives(start);
  refuse_web_page(start, name);
  // Such a zip begins with the end of its list of files.
  if (start.substr(0, 4) == "PK\5\6") {
    throw Refused("the archive is empty, no file was packed into it; pack the part folders again");
  }
  const Format format = format_of(start);
  if (format == Format::kZip) return visit_zip(descriptor, budget, visit);
  if (format != Format::kUnknown) return visit_tar(descriptor, budget, visit);
  if (is_named_like_a_source(name) || !may_be_an_archive(name)) {
    return visit_bare_file(descriptor, name.string(), budget, visit);
  }
  // The oldest tars have no mark of their own, so libarchive has the last word.
  visit_tar(descriptor, budget, visit);
}

/// @param name  how messages call it, and what a bare file is called.
void visit_path(const fs::path& path, const fs::path& name, const Limits& limits,
                const Visit& visit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
    const int error = errno;
    if (error == ENOENT) throw Refused(shown(name.string()) + " does not exist");
    throw Refused(shown(name.string()) + " cannot be read: " + std::strerror(error));
  }
  if (S_ISDIR(status.st_mode)) {
    Budget budget(limits, 0);
    return visit_folder(path, budget, visit);
  }
  if (!S_ISREG(status.st_mode)) {
    throw Refused(shown(name.string()) + " is neither a folder nor a file; " + kTakenFormats);
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size == 0) throw Refused(shown(name.string()) + " is empty; upload it once more");
  if (size > limits.archive_bytes) {
    throw Refused(shown(name.string()) + " is larger than " + size_text(limits.archive_bytes) +
                  "; hand in only the part folders, without build trees and data");
  }
  Budget budget(limits, size);
  visit_file(file.get(), name, budget, visit);
}

constexpr Limits kClassLimits = {8ull << 30, 8ull << 30, 8ull << 30, 64ull << 20, 200,
                                 200'000,    200'000,    24,         2048};

}  // namespace

void visit_class_archive(const fs::path& path, const Visit& visit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  const bool is_plain = file && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode);
  const Format format = is_plain ? format_of(first_bytes(file.get())) : Format::kUnknown;
  if (format == Format::kUnknown) throw Refused("it is no archive; " + std::string(kTakenFormats));
  Budget budget(kClassLimits, static_cast<std::uint64_t>(status.st_size));
  if (format == Format::kZip) return visit_zip(file.get(), budget, visit);
  visit_tar(file.get(), budget, visit);
}

Submission take(const fs::path& path, const std::vector<WantedPart>& wanted, const Limits& limits) {
  const std::string name = last_name(path).string();
  return take({{path, without_upload_decoration(name)}}, wanted, limits);
}

Submission take(const std::vector<Piece>& pieces, const std::vector<WantedPart>& wanted,
                const Limits& limits) {
  Submission submission;
  submission.name = without_archive_ending(pieces.at(0).name);
  Selection selection(wanted);
  for (const Piece& piece : pieces) {
    selection.begin(piece, pieces.size() > 1);
    visit_path(piece.path, piece.name, limits,
               [&](const Entry& entry, const ReadBytes& read) { selection.see(entry, read); });
    selection.end();
  }
  selection.decide(submission);
  return submission;
}

bool is_archive(const fs::path& file) {
  if (is_named_like_an_archive(file.filename().string())) return true;
  if (file.has_extension()) return false;
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
  struct stat status {};
  if (!opened || ::fstat(opened.get(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  return format_of(first_bytes(opened.get())) != Format::kUnknown;
}

}  // namespace pset3::intake
