#include "starter/common/data/idx_file.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <new>
#include <system_error>

#include "starter/common/data/data_file.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<unsigned char>;

constexpr std::uint32_t kImagesMagic = 0x803;
constexpr std::uint32_t kLabelsMagic = 0x801;
constexpr std::size_t kMostBytes = std::size_t{1} << 30;  // a set of a million pictures is below
constexpr std::size_t kMostPixelsAlongASide = 4096;
const char* const kGetAgain = "Get the file again; its download was probably cut off.";
const char* const kOrTakeIt = " Or take what is there: --partial-data.";  // every exercise's option
const char* const kOtherFile = "Take one of the data set's own files, as it was published.";

struct Content {
  Bytes bytes;
  bool is_whole = true;  ///< false when a compressed file ends too early
};

std::string hexadecimal(std::uint32_t number) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "0x%08x", number);
  return text.data();
}

std::string count_of(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// Unpacks a gzip file of one or more members.
class Unpacker {
 public:
  Unpacker(const fs::path& file, Bytes& packed) : file_(file) {
    stream_.next_in = packed.data();
    stream_.avail_in = static_cast<uInt>(packed.size());
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  ~Unpacker() { inflateEnd(&stream_); }
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  Content unpack() {
    Content content;
    for (;;) {
      const int state = fill(content.bytes);
      if (content.bytes.size() > kMostBytes) {
        throw data_error({file_, "", "at most 1 GiB when unpacked", "more", kOtherFile});
      }
      if (state == Z_STREAM_END) {
        if (stream_.avail_in == 0) return content;
        inflateReset(&stream_);
      } else if (state == Z_BUF_ERROR || (state == Z_OK && stream_.avail_in == 0 && !is_full_)) {
        content.is_whole = false;
        return content;
      } else if (state != Z_OK) {
        throw data_error({file_, "byte " + std::to_string(stream_.total_in) + " of the gzip data",
                          "data that unpack", stream_.msg == nullptr ? "damage" : stream_.msg,
                          kGetAgain});
      }
    }
  }

 private:
  int fill(Bytes& bytes) {
    stream_.next_out = buffer_.data();
    stream_.avail_out = static_cast<uInt>(buffer_.size());
    const int state = inflate(&stream_, Z_NO_FLUSH);
    is_full_ = stream_.avail_out == 0;
    bytes.insert(bytes.end(), buffer_.data(), stream_.next_out);
    return state;
  }

  const fs::path& file_;
  z_stream stream_{};
  std::array<unsigned char, 1 << 16> buffer_{};
  bool is_full_ = false;
};

Content read_content(const fs::path& file) {
  Bytes bytes = read_data_file(file, kOtherFile);
  if (bytes.size() > kMostBytes) {
    throw data_error(
        {file, "", "at most 1 GiB", std::to_string(bytes.size()) + " bytes", kOtherFile});
  }
  const bool is_gzip = bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
  if (!is_gzip) return {std::move(bytes), true};
  return std::make_unique<Unpacker>(file, bytes)->unpack();
}

/// Numbers of four bytes, the most significant first.
std::uint32_t number_at(const Bytes& bytes, std::size_t field) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | bytes[4 * field + i];
  return number;
}

/// @returns the header's numbers behind the magic one, of which the first is how many items follow.
std::vector<std::size_t> read_header(const fs::path& file, const Bytes& bytes, std::uint32_t magic,
                                     std::size_t fields) {
  const std::size_t header = 4 * (fields + 1);
  if (bytes.size() >= 4 && number_at(bytes, 0) != magic) {
    throw data_error({file, "magic number",
                      hexadecimal(magic) + (magic == kImagesMagic ? " (images)" : " (labels)"),
                      hexadecimal(number_at(bytes, 0)), kOtherFile});
  }
  if (bytes.size() < header) {
    throw data_error(
        {file, "header", count_of(header, "byte"), count_of(bytes.size(), "byte"), kGetAgain});
  }
  std::vector<std::size_t> numbers;
  for (std::size_t i = 1; i <= fields; ++i) numbers.push_back(number_at(bytes, i));
  if (numbers[0] == 0) throw data_error({file, "number of items", "at least 1", "0", kOtherFile});
  return numbers;
}

/// Drops the header, and what is there of an item that is cut off.
/// @returns how many whole items of `size` bytes there are.
std::size_t keep_items(const fs::path& file, Content& content, std::size_t header,
                       std::size_t announced, std::size_t size, const std::string& item,
                       IdxShortage shortage) {
  const std::size_t payload = content.bytes.size() - header;
  const std::size_t there = payload / size;
  const std::string expected = count_of(announced, item) + ", as its header says";
  if (payload > announced * size) {
    throw data_error({file, "data", expected,
                      count_of(payload - announced * size, "byte") + " more", kOtherFile});
  }
  const bool is_short = !content.is_whole || there < announced;
  if (is_short && (shortage == IdxShortage::kRefuse || there == 0)) {
    throw data_error(
        {file, "data", expected,
         (content.is_whole ? "" : "a gzip file that is cut off, with ") + count_of(there, item),
         kGetAgain + std::string(there == 0 ? "" : kOrTakeIt)});
  }
  content.bytes.erase(content.bytes.begin(),
                      content.bytes.begin() + static_cast<std::ptrdiff_t>(header));
  content.bytes.resize(there * size);
  return there;
}

bool starts_and_ends(const std::string& name, const std::string& start, const std::string& end) {
  return name.size() >= start.size() + end.size() && name.rfind(start, 0) == 0 &&
         name.compare(name.size() - end.size(), end.size(), end) == 0;
}

/// The only file START…END or START…END.gz of a folder.
fs::path find_file(const fs::path& folder, const std::string& start, const std::string& end) {
  const std::string wanted = "one file " + start + "…" + end + " or .gz";
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  if (error) throw data_error({folder, "", "a folder with IDX files", error.message(), kOtherFile});
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (starts_and_ends(name, start, end) || starts_and_ends(name, start, end + ".gz")) {
      found.push_back(entry.path());
    }
  }
  if (found.empty()) throw data_error({folder, "", wanted, "none", kOtherFile});
  if (found.size() > 1) {
    std::sort(found.begin(), found.end());
    throw data_error({folder, "", wanted,
                      found[0].filename().string() + " and " + found[1].filename().string(),
                      "Keep only the one that you want in the folder."});
  }
  return found.front();
}

}  // namespace

IdxImages read_idx_images(const fs::path& file, IdxShortage shortage) {
  Content content = read_content(file);
  const std::vector<std::size_t> header = read_header(file, content.bytes, kImagesMagic, 3);
  for (const std::size_t side : {header[1], header[2]}) {
    if (side >= 1 && side <= kMostPixelsAlongASide) continue;
    throw data_error({file, "size of the images",
                      "1 to " + std::to_string(kMostPixelsAlongASide) + " pixels along each side",
                      std::to_string(header[1]) + "x" + std::to_string(header[2]), kOtherFile});
  }
  IdxImages images;
  images.announced = header[0];
  images.height = header[1];
  images.width = header[2];
  images.count =
      keep_items(file, content, 16, header[0], images.height * images.width, "image", shortage);
  images.pixels = std::move(content.bytes);
  return images;
}

IdxLabels read_idx_labels(const fs::path& file, IdxShortage shortage) {
  Content content = read_content(file);
  const std::vector<std::size_t> header = read_header(file, content.bytes, kLabelsMagic, 1);
  keep_items(file, content, 8, header[0], 1, "label", shortage);
  return {std::move(content.bytes), header[0]};
}

LabelledImages read_labelled_images(const fs::path& folder, const std::string& set,
                                    IdxShortage shortage) {
  const fs::path images_file = find_file(folder, set + "-images", "idx3-ubyte");
  const fs::path labels_file = find_file(folder, set + "-labels", "idx1-ubyte");
  LabelledImages both{read_idx_images(images_file, shortage), {}};
  IdxLabels labels = read_idx_labels(labels_file, shortage);
  if (both.images.announced != labels.announced) {
    throw data_error(
        {labels_file, "number of items",
         std::to_string(both.images.announced) + ", as many as " + images_file.filename().string(),
         std::to_string(labels.announced), kOtherFile});
  }
  const std::size_t count = std::min(both.images.count, labels.labels.size());
  both.images.count = count;
  both.images.pixels.resize(count * both.images.height * both.images.width);
  labels.labels.resize(count);
  both.labels = std::move(labels.labels);
  return both;
}

}  // namespace pset3
