#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "starter/common/data/rgbd_dataset.hpp"

namespace pset3 {

/// The files of a folder or an archive. Names are paths from its top, with "/" between folders.
class RgbdDataset::Source {
 public:
  virtual ~Source() = default;
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// What messages call it.
  virtual const std::filesystem::path& path() const = 0;
  /// The names of all files, in no certain order.
  virtual const std::vector<std::string>& names() const = 0;
  /// Makes ready to give the bytes of these files. @throws DataError
  virtual void keep(const std::set<std::string>& names) = 0;
  /// @param name  one that was kept. May be called from several threads at once.
  /// @throws DataError when the file cannot be read or is larger than the limits allow.
  virtual std::vector<unsigned char> bytes(const std::string& name) const = 0;
};

/// @param folder  of which all files are found, in folders below it too. Links to folders are not
///                followed.
/// @throws DataError
std::unique_ptr<RgbdDataset::Source> open_rgbd_folder(const std::filesystem::path& folder,
                                                      const RgbdLimits& limits);

/// @throws DataError when it is no .zip, damaged or encrypted, or has names that lead out of it.
std::unique_ptr<RgbdDataset::Source> open_rgbd_archive(const std::filesystem::path& file,
                                                       const RgbdLimits& limits);

}  // namespace pset3
