#include "grader/base/zip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include "grader/base/error.hpp"

namespace pset3 {
namespace {

la_ssize_t append(archive* /*writer*/, void* into, const void* bytes, std::size_t count) {
  static_cast<std::string*>(into)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}

}  // namespace

struct ZipWriter::Writer {
  explicit Writer(Packing packing) : handle(archive_write_new(), archive_write_free) {
    const auto choose = packing == Packing::kStored ? archive_write_zip_set_compression_store
                                                    : archive_write_zip_set_compression_deflate;
    require(handle != nullptr && archive_write_set_format_zip(handle.get()) == ARCHIVE_OK &&
            choose(handle.get()) == ARCHIVE_OK &&
            archive_write_set_bytes_per_block(handle.get(), 0) == ARCHIVE_OK &&
            archive_write_open(handle.get(), &bytes, nullptr, append, nullptr) == ARCHIVE_OK);
  }

  void require(bool succeeded) const {
    if (succeeded) return;
    const char* const why = handle == nullptr ? nullptr : archive_error_string(handle.get());
    throw GraderError(std::string("libarchive cannot make an archive: ") +
                      (why == nullptr ? "no memory" : why));
  }

  std::string bytes;  // outlives the handle, which ends the archive when it goes
  std::unique_ptr<archive, int (*)(archive*)> handle;
  std::optional<std::time_t> time;
};

ZipWriter::ZipWriter(Packing packing, std::optional<std::time_t> time)
    : writer_(std::make_unique<Writer>(packing)) {
  writer_->time = time;
}

ZipWriter::~ZipWriter() = default;

void ZipWriter::add(const std::string& name, std::string_view bytes, unsigned mode) {
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                       archive_entry_free);
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), static_cast<__LA_MODE_T>(mode));
  if (writer_->time) archive_entry_set_mtime(entry.get(), *writer_->time, 0);
  const auto size = static_cast<la_int64_t>(bytes.size());
  archive_entry_set_size(entry.get(), size);
  writer_->require(archive_write_header(writer_->handle.get(), entry.get()) == ARCHIVE_OK &&
                   archive_write_data(writer_->handle.get(), bytes.data(), bytes.size()) == size);
}

const std::string& ZipWriter::finish() {
  writer_->require(archive_write_close(writer_->handle.get()) == ARCHIVE_OK);
  return writer_->bytes;
}

}  // namespace pset3
