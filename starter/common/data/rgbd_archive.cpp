#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "starter/common/data/data_file.hpp"
#include "starter/common/data/rgbd_source.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<unsigned char>;

constexpr std::size_t kBlockBytes = 1 << 16;
const char* const kGetArchiveAgain = "Get the archive again; a part of it is missing or damaged.";
const char* const kOtherArchive = "Take the data set's own archive, as it was published.";

/// libarchive gives no name at all for one that the locale cannot write, and students' files are in
/// folders of any name: a locale that can write them all, for this thread and as long as it lives.
class Utf8Names {
 public:
  Utf8Names() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) before_ = uselocale(locale_);
  }
  ~Utf8Names() {
    if (locale_ == nullptr) return;
    uselocale(before_);
    freelocale(locale_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t locale_;
  locale_t before_ = nullptr;
};

/// What to say of a file that libarchive does not take for a whole .zip archive.
DataError no_whole_archive(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string magic(4, ' ');
  stream.read(magic.data(), 4);
  DataProblem problem{file, "", "a whole .zip archive with pictures", "another kind of file",
                      "Name a .zip archive or a folder."};
  if (stream.gcount() == 0) {
    problem.found = "an empty file";
    problem.advice = kGetArchiveAgain;
  } else if (magic == "PK\x03\x04") {
    problem.found = "one that is cut off";
    problem.advice = kGetArchiveAgain;
  } else if (magic == "PK\x05\x06") {
    problem.found = "one with nothing in it";
    problem.advice = kOtherArchive;
  }
  return data_error(problem);
}

/// Whether a name would leave the folder that the archive is unpacked to.
bool leads_out(std::string name) {
  std::replace(name.begin(), name.end(), '\\', '/');
  if (name.empty() || name.front() == '/') return true;
  const fs::path path(name);
  return std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

/// A walk through an archive, from its first entry to its last.
class Walk {
 public:
  Walk(const fs::path& file, const RgbdLimits& limits)
      : file_(file), limits_(limits), reader_(archive_read_new(), archive_read_free) {
    if (!reader_) throw std::bad_alloc();
    // The kind that starts with the list at the archive's end, so that one that is cut off is not
    // taken for a shorter one, and that jumps over what is not wanted.
    archive_read_support_format_zip_seekable(reader_.get());
    if (archive_read_open_filename(reader_.get(), file.c_str(), kBlockBytes) == ARCHIVE_OK) return;
    throw no_whole_archive(file_);
  }

  /// @returns whether there is another entry.
  bool next() {
    const int status = archive_read_next_header(reader_.get(), &entry_);
    if (status == ARCHIVE_EOF) return false;
    if (status < ARCHIVE_WARN) refuse_damage();
    if (++entries_ > limits_.entries) {
      throw data_error({file_, "", "at most " + std::to_string(limits_.entries) + " entries",
                        "more", kOtherArchive});
    }
    name_ = written_name();
    if (leads_out(name_)) {
      throw data_error({file_, name_, "a name inside the archive's own folder",
                        "one that leads out of it", kOtherArchive});
    }
    return true;
  }

  const std::string& name() const { return name_; }
  bool is_file() const { return archive_entry_filetype(entry_) == AE_IFREG; }

  Bytes read() {
    if (archive_entry_is_encrypted(entry_) != 0) {
      throw data_error({file_, name_, "a file that can be read without a password",
                        "an encrypted one", kOtherArchive});
    }
    Bytes bytes;
    std::array<unsigned char, kBlockBytes> block;
    for (;;) {
      const la_ssize_t count = archive_read_data(reader_.get(), block.data(), block.size());
      if (count < 0) refuse_damage();
      if (count == 0) return bytes;
      bytes.insert(bytes.end(), block.data(), block.data() + count);
      bytes_ += static_cast<std::uint64_t>(count);
      check_size(bytes.size());
    }
  }

 private:
  std::string written_name() const {
    const char* name = archive_entry_pathname(entry_);
    if (name == nullptr) name = archive_entry_pathname_utf8(entry_);
    if (name != nullptr) return name;
    throw data_error(
        {file_, "entry " + std::to_string(entries_), "a readable name", "none", kOtherArchive});
  }

  std::string message() const {
    const char* const text = archive_error_string(reader_.get());
    return text == nullptr ? "unknown damage" : text;
  }

  [[noreturn]] void refuse_damage() const {
    throw data_error({file_, name_.empty() ? "its start" : name_, "an archive without damage",
                      message(), kGetArchiveAgain});
  }

  void check_size(std::uint64_t picture_bytes) const {
    if (picture_bytes > limits_.picture_bytes) {
      throw data_error({file_, name_,
                        "at most " + std::to_string(limits_.picture_bytes) + " bytes unpacked",
                        "more", kOtherArchive});
    }
    if (bytes_ > limits_.archive_bytes) {
      throw data_error(
          {file_, name_,
           "pictures of at most " + std::to_string(limits_.archive_bytes) + " bytes together",
           "more", "Unpack the archive and take its folder, which is read picture by picture."});
    }
  }

  Utf8Names names_;
  const fs::path& file_;
  const RgbdLimits& limits_;
  std::unique_ptr<archive, int (*)(archive*)> reader_;
  archive_entry* entry_ = nullptr;
  std::string name_;
  std::size_t entries_ = 0;
  std::uint64_t bytes_ = 0;
};

class Archive : public RgbdDataset::Source {
 public:
  Archive(fs::path file, const RgbdLimits& limits) : file_(std::move(file)), limits_(limits) {
    Walk walk(file_, limits_);
    while (walk.next()) {
      if (walk.is_file()) names_.push_back(walk.name());
    }
  }

  const fs::path& path() const override { return file_; }
  const std::vector<std::string>& names() const override { return names_; }

  void keep(const std::set<std::string>& names) override {
    Walk walk(file_, limits_);
    while (walk.next()) {
      if (walk.is_file() && names.count(walk.name()) != 0) kept_[walk.name()] = walk.read();
    }
  }

  Bytes bytes(const std::string& name) const override { return kept_.at(name); }

 private:
  fs::path file_;
  RgbdLimits limits_;
  std::vector<std::string> names_;
  std::map<std::string, Bytes> kept_;
};

}  // namespace

std::unique_ptr<RgbdDataset::Source> open_rgbd_archive(const fs::path& file,
                                                       const RgbdLimits& limits) {
  return std::make_unique<Archive>(file, limits);
}

}  // namespace pset3
