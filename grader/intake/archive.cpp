#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <string_view>

#include "grader/base/descriptor.hpp"
#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/source.hpp"

namespace pset3::intake {
namespace {

constexpr std::size_t kBlockBytes = 1 << 16;
constexpr std::size_t kTarBlockBytes = 512;
constexpr const char* kPackAgain = "; pack the folder again and upload it once more";

using Reader = std::unique_ptr<archive, int (*)(archive*)>;

Reader make_reader() {
  Reader reader(::archive_read_new(), ::archive_read_free);
  if (!reader) throw GraderError("libarchive has no memory for a reader");
  return reader;
}

/// libarchive gives no name at all for one that the locale cannot write, so we lend it one that
/// can write every name, for this thread only.
class Utf8Names {
 public:
  Utf8Names() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) before_ = ::uselocale(locale_);
  }
  ~Utf8Names() {
    if (locale_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(locale_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t locale_;
  locale_t before_ = nullptr;
};

std::string message_of(archive* reader) {
  const char* message = ::archive_error_string(reader);
  return shown(message == nullptr ? "unknown damage" : message);
}

Kind kind_of(archive_entry* entry) {
  if (::archive_entry_hardlink(entry) != nullptr) return Kind::kLink;
  switch (::archive_entry_filetype(entry)) {
    case AE_IFREG:
      return Kind::kFile;
    case AE_IFDIR:
      return Kind::kFolder;
    case AE_IFLNK:
      return Kind::kLink;
    default:
      return Kind::kSpecial;
  }
}

std::string written_name(archive_entry* entry) {
  const char* name = ::archive_entry_pathname(entry);
  if (name == nullptr) name = ::archive_entry_pathname_utf8(entry);
  if (name == nullptr) throw Refused(std::string("a file in it has no readable name") + kPackAgain);
  return name;
}

class Archive {
 public:
  Archive(archive* reader, Budget& budget) : reader_(reader), budget_(budget) {}

  void visit_all(const Visit& visit) {
    archive_entry* entry = nullptr;
    while (next(entry)) {
      const Entry found{place_of(written_name(entry), budget_.limits()), kind_of(entry),
                        static_cast<std::int64_t>(::archive_entry_mtime(entry))};
      budget_.count_entry(found.place.is_ignored);
      if (::archive_entry_is_encrypted(entry) != 0) {
        throw Refused("it is encrypted; pack the folder again without a password");
      }
      visit(found, [&] { return read(found.place); });
      ++entries_;
    }
  }

 private:
  bool next(archive_entry*& entry) {
    const int status = ::archive_read_next_header(reader_, &entry);
    if (status == ARCHIVE_EOF) return false;
    if (status < ARCHIVE_WARN) refuse_damage();
    return true;
  }

  std::string read(const Place& place) {
    std::string bytes;
    std::array<char, kBlockBytes> block;
    while (true) {
      const la_ssize_t count = ::archive_read_data(reader_, block.data(), block.size());
      if (count < 0) refuse_damage();
      if (count == 0) return bytes;
      bytes.append(block.data(), static_cast<std::size_t>(count));
      if (bytes.size() > budget_.limits().file_bytes) {
        refuse_large_file(place.path(), budget_.limits());
      }
      budget_.count_taken(static_cast<std::uint64_t>(count));
    }
  }

  [[noreturn]] void refuse_damage() {
    if (::archive_read_has_encrypted_entries(reader_) > 0) {
      throw Refused("it is encrypted; pack the folder again without a password");
    }
    throw Refused("it is damaged " +
                  (entries_ == 0 ? "at its start" : "after " + counted(entries_, "file")) + ": " +
                  message_of(reader_) + kPackAgain);
  }

  archive* reader_;
  Budget& budget_;
  std::size_t entries_ = 0;
};

/// Inflates with zlib itself, since it verifies checksums, which libarchive's own gzip filter does
/// not, and since here every inflated byte passes the budget, also those that nobody looks at.
class GzipStream {
 public:
  GzipStream(int descriptor, Budget& budget) : file_(nullptr, ::gzclose), budget_(budget) {
    Descriptor copy(::dup(descriptor));  // zlib closes the one it has
    file_.reset(::gzdopen(copy.get(), "rb"));
    if (!file_) throw GraderError("zlib cannot read from a descriptor");
    copy.release();
  }

  /// @returns nothing after an error, which `failure` then tells.
  std::optional<std::string_view> next() {
    const int count = ::gzread(file_.get(), block_.data(), static_cast<unsigned>(block_.size()));
    int status = Z_OK;
    ::gzerror(file_.get(), &status);
    // An end before the trailer is reported beside the bytes that came before it.
    if (count < 0 || (status != Z_OK && status != Z_STREAM_END)) {
      failure_ =
          status == Z_BUF_ERROR ? "it is cut short" : "it is damaged: wrong data or checksum";
      failure_ += kPackAgain;
      return std::nullopt;
    }
    try {
      budget_.count_inflated(static_cast<std::uint64_t>(count));
    } catch (const Refused& refused) {
      failure_ = refused.what();
      return std::nullopt;
    }
    const std::string_view bytes(block_.data(), static_cast<std::size_t>(count));
    const std::string_view tail =
        bytes.substr(bytes.size() - std::min(bytes.size(), kTarBlockBytes));
    const std::size_t last = tail.find_last_not_of('\0');
    zeros_at_end_ = last == tail.npos ? zeros_at_end_ + tail.size() : tail.size() - last - 1;
    return bytes;
  }

  /// Every tar ends in empty blocks; one that was cut between two files has none.
  bool has_end_mark() const { return zeros_at_end_ >= kTarBlockBytes; }
  void require_sound() const {
    if (!failure_.empty()) throw Refused(failure_);
  }
  /// Reads to the end, where the checksum is.
  void drain() {
    while (true) {
      const std::optional<std::string_view> block = next();
      require_sound();
      if (block->empty()) return;
    }
  }

 private:
  std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
  Budget& budget_;
  std::array<char, kBlockBytes> block_{};
  std::string failure_;
  std::size_t zeros_at_end_ = 0;
};

/// Called from C, so it must not throw: the stream keeps its failure for later.
la_ssize_t read_block(archive* reader, void* stream, const void** block) {
  const std::optional<std::string_view> bytes = static_cast<GzipStream*>(stream)->next();
  if (!bytes) {
    ::archive_set_error(reader, EIO, "unreadable");
    return -1;
  }
  *block = bytes->data();
  return static_cast<la_ssize_t>(bytes->size());
}

}  // namespace

void visit_zip(int descriptor, Budget& budget, const Visit& visit) {
  const Utf8Names names;
  const Reader reader = make_reader();
  // Not the streaming reader: it believes the headers between the files, which may say otherwise
  // than the directory that every unpacker shows.
  ::archive_read_support_format_zip_seekable(reader.get());
  if (::archive_read_open_fd(reader.get(), descriptor, kBlockBytes) != ARCHIVE_OK) {
    throw Refused("the zip is damaged or cut short (" + message_of(reader.get()) + ")" +
                  kPackAgain);
  }
  Archive(reader.get(), budget).visit_all(visit);
}

void visit_tar(int descriptor, Budget& budget, const Visit& visit) {
  const Utf8Names names;
  GzipStream stream(descriptor, budget);
  const Reader reader = make_reader();
  ::archive_read_support_format_tar(reader.get());
  if (::archive_read_open(reader.get(), &stream, nullptr, read_block, nullptr) != ARCHIVE_OK) {
    stream.require_sound();
    throw Refused("it is no tar archive; " + std::string(kTakenFormats));
  }
  Archive tar(reader.get(), budget);
  try {
    tar.visit_all(visit);
  } catch (const Refused&) {
    stream.require_sound();  // says more than libarchive, which only knows that reading failed
    throw;
  }
  stream.require_sound();
  stream.drain();
  if (!stream.has_end_mark()) throw Refused(std::string("it is cut short") + kPackAgain);
}

}  // namespace pset3::intake
