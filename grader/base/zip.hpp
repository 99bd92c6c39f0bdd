#pragma once

#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pset3 {

/// Writes a .zip archive in memory. The same files in the same order give the same bytes.
class ZipWriter {
 public:
  enum class Packing { kStored, kDeflated };

  /// @param time  of all files; empty = the earliest that the format knows, 1980. It is written as
  ///              local time too, so bytes depend on TZ then.
  explicit ZipWriter(Packing packing, std::optional<std::time_t> time = {});
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// @param mode  permission bits. @throws GraderError
  void add(const std::string& name, std::string_view bytes, unsigned mode = 0644);
  /// Ends the archive. @returns all of it. @throws GraderError
  const std::string& finish();

 private:
  struct Writer;
  std::unique_ptr<Writer> writer_;
};

}  // namespace pset3
