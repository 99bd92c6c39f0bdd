#include "tests/intake/archives.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace pset3::intake::testing {
namespace {

la_ssize_t append(archive* /*writer*/, void* target, const void* bytes, std::size_t count) {
  static_cast<std::string*>(target)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}

void set_type(archive_entry* entry, const Item& item) {
  ::archive_entry_set_perm(entry, 0644);
  ::archive_entry_set_filetype(entry, AE_IFREG);
  switch (item.type) {
    case Item::Type::kFile:
      ::archive_entry_set_size(entry, static_cast<la_int64_t>(item.bytes.size()));
      break;
    case Item::Type::kFolder:
      ::archive_entry_set_filetype(entry, AE_IFDIR);
      break;
    case Item::Type::kSymlink:
      ::archive_entry_set_filetype(entry, AE_IFLNK);
      ::archive_entry_set_symlink(entry, item.bytes.c_str());
      break;
    case Item::Type::kHardlink:
      ::archive_entry_set_hardlink(entry, item.bytes.c_str());
      break;
    case Item::Type::kFifo:
      ::archive_entry_set_filetype(entry, AE_IFIFO);
      break;
    case Item::Type::kDevice:
      ::archive_entry_set_filetype(entry, AE_IFCHR);
      break;
  }
}

std::string written(archive* writer, const std::vector<Item>& items) {
  std::string bytes;
  ::archive_write_set_bytes_in_last_block(writer, 1);
  if (::archive_write_open(writer, &bytes, nullptr, append, nullptr) != ARCHIVE_OK) {
    throw std::runtime_error(::archive_error_string(writer));
  }
  for (const Item& item : items) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(::archive_entry_new(),
                                                                         ::archive_entry_free);
    ::archive_entry_copy_pathname(entry.get(), item.path.c_str());
    set_type(entry.get(), item);
    if (::archive_write_header(writer, entry.get()) < ARCHIVE_WARN) {
      throw std::runtime_error(::archive_error_string(writer));
    }
    if (item.type == Item::Type::kFile) {
      ::archive_write_data(writer, item.bytes.data(), item.bytes.size());
    }
  }
  ::archive_write_close(writer);
  return bytes;
}

using Writer = std::unique_ptr<archive, int (*)(archive*)>;

}  // namespace

std::vector<WantedPart> two_parts() {
  return {{"p1_carving", {"carve.cpp", "bounds.cpp", "main.cpp"}},
          {"p2_nets", {"train.cpp", "main.cpp"}}};
}

std::string zip_of(const std::vector<Item>& items, const std::string& password) {
  const Writer writer(::archive_write_new(), ::archive_write_free);
  ::archive_write_set_format_zip(writer.get());
  if (!password.empty()) {
    ::archive_write_set_options(writer.get(), "zip:encryption=traditional");
    ::archive_write_set_passphrase(writer.get(), password.c_str());
  }
  return written(writer.get(), items);
}

std::string tar_of(const std::vector<Item>& items) {
  const Writer writer(::archive_write_new(), ::archive_write_free);
  ::archive_write_set_format_pax_restricted(writer.get());
  return written(writer.get(), items);
}

std::string gzipped(std::string_view bytes) {
  z_stream stream{};
  if (::deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  std::string packed(::deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int status = ::deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (status != Z_STREAM_END) throw std::runtime_error("deflate");
  return packed;
}

std::string made_by_python(const std::string& script) {
  const TemporaryFolder folder;
  write_file(folder.path() / "make.py", script);
  const std::string command = "/usr/bin/python3 " + (folder.path() / "make.py").string() + " " +
                              (folder.path() / "made").string();
  if (std::system(command.c_str()) != 0) throw std::runtime_error("python3 failed");
  return read_file(folder.path() / "made");
}

std::filesystem::path Desk::file(const std::string& name, std::string_view bytes) const {
  const std::filesystem::path path = folder_.path() / name;
  std::filesystem::create_directories(path.parent_path());
  write_file(path, bytes);
  return path;
}

std::filesystem::path Desk::folder(const std::string& name, const std::vector<Item>& items) const {
  std::filesystem::create_directories(folder_.path() / name);
  for (const Item& item : items) {
    const std::filesystem::path path = folder_.path() / name / item.path;
    if (item.type == Item::Type::kFile) {
      file(name + "/" + item.path, item.bytes);
    } else if (item.type == Item::Type::kFolder) {
      std::filesystem::create_directories(path);
    } else {
      std::filesystem::create_directories(path.parent_path());
      std::filesystem::create_symlink(item.bytes, path);
    }
  }
  return folder_.path() / name;
}

std::string refusal(const std::filesystem::path& path, const Limits& limits) {
  try {
    take(path, two_parts(), limits);
  } catch (const Refused& refused) {
    return refused.what();
  }
  return "taken";
}

Submission taken(std::string_view bytes, const std::string& name) {
  const Desk desk;
  return take(desk.file(name, bytes), two_parts());
}

std::string refusal_of(std::string_view bytes, const std::string& name, const Limits& limits) {
  const Desk desk;
  return refusal(desk.file(name, bytes), limits);
}

}  // namespace pset3::intake::testing
