#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "starter/common/errors.hpp"

namespace pset3 {

/// What to do with a file that ends before its header says, as after a broken download.
enum class IdxShortage { kRefuse, kTakeWhatIsThere };

/// Grey pictures of one size.
struct IdxImages {
  std::size_t count = 0;
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<std::uint8_t> pixels;  ///< count · height · width; picture by picture, row by row
  std::size_t announced = 0;         ///< how many the header says; more than count after a shortage
};

struct IdxLabels {
  std::vector<std::uint8_t> labels;
  std::size_t announced = 0;  ///< as above
};

/// Pictures with the class of each.
struct LabelledImages {
  IdxImages images;
  std::vector<std::uint8_t> labels;  ///< as many as images
};

/// Reads pictures in the IDX format of MNIST (magic 0x00000803), plain or gzip-compressed.
///
/// @throws DataError when the file is missing, is of another kind, holds more than its header says,
///         does not unpack, or holds less and `shortage` is kRefuse. A file with no whole picture
///         is always refused.
IdxImages read_idx_images(const std::filesystem::path& file,
                          IdxShortage shortage = IdxShortage::kRefuse);

/// The same for labels (magic 0x00000801).
IdxLabels read_idx_labels(const std::filesystem::path& file,
                          IdxShortage shortage = IdxShortage::kRefuse);

/// Reads a data set's pictures and labels: SET-images…idx3-ubyte and SET-labels…idx1-ubyte in a
/// folder, with or without .gz.
///
/// @param set  "train" or "t10k" for the data sets made like MNIST.
/// @throws DataError as above; also where a file is not there or there are several, and where there
///         are not as many labels as pictures. After a shortage the first of both are taken.
LabelledImages read_labelled_images(const std::filesystem::path& folder, const std::string& set,
                                    IdxShortage shortage = IdxShortage::kRefuse);

}  // namespace pset3
