#include "grader/intake/intake.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

/// A part file handed in as it is, without a folder or archive around it.
void visit_bare_file(int descriptor, const std::string& name, Budget& budget, const Visit& visit) {
  const Entry entry{place_of(without_upload_decoration(name), budget.limits()), Kind::kFile};
  visit(entry, [&] { return read_part_file(descriptor, entry.place, budget); });
}

bool is_named_like_a_source(const fs::path& name) {
  const std::string ending = lowercase(name.extension().string());
  return ending == ".cpp" || ending == ".cc" || ending == ".cxx" || ending == ".c";
}

void visit_file(int descriptor, const fs::path& name, Budget& budget, const Visit& visit) {
  const std::string start = first_bytes(descriptor);
  refuse_other_archives(start);
  const Format format = format_of(start);
  if (format == Format::kZip) return visit_zip(descriptor, budget, visit);
  if (format != Format::kUnknown) return visit_tar(descriptor, budget, visit);
  if (is_named_like_a_source(name)) return visit_bare_file(descriptor, name, budget, visit);
  // The oldest tars have no mark of their own, so libarchive has the last word.
  visit_tar(descriptor, budget, visit);
}

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

}  // namespace

Submission take(const fs::path& path, const std::vector<WantedPart>& wanted, const Limits& limits) {
  const fs::path name = last_name(path);
  Submission submission;
  submission.name = without_archive_ending(name.string());
  Selection selection(wanted);
  visit_path(path, name, limits,
             [&](const Entry& entry, const ReadBytes& read) { selection.see(entry, read); });
  selection.decide(submission);
  return submission;
}

}  // namespace pset3::intake
