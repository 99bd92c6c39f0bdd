#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "starter/common/data/rgbd_view.hpp"
#include "starter/common/errors.hpp"

namespace pset3 {

enum class RgbdViews { kMono, kStereo };

/// How CLEVR-D names its pictures; the folders that they are in do not matter. A view's file is one
/// whose name holds `right` and `colour`, but not `depth`. Its depth map is called the same with
/// `depth` in place of `colour`, the picture to its left the same with `left` in place of `right`.
struct ClevrNames {
  std::string colour = "CLEVR";   ///< CLEVR_right_000012.png
  std::string depth = "CLEVR-D";  ///< CLEVR-D_right_000012.png
  std::string right = "right";
  std::string left = "left";  ///< CLEVR_left_000012.png and CLEVR-D_left_000012.png
  std::string extension = ".png";
};

/// More than any data set needs: a file that is made to exhaust the machine stops here.
struct RgbdLimits {
  std::size_t entries = 500'000;                          ///< files and folders
  std::uint64_t picture_bytes = std::uint64_t{64} << 20;  ///< of a picture as it is stored
  std::uint64_t archive_bytes = std::uint64_t{4} << 30;   ///< of an archive's pictures together
};

struct RgbdOptions {
  RgbdViews views = RgbdViews::kMono;
  std::optional<PictureSize> size;  ///< every picture is brought to it; else as stored
  ClevrNames names;
  RgbdLimits limits;
  std::string other_names;  ///< that the caller has looked for before, for the message; or empty
};

/// A data set of colour pictures with depth, of which a view is decoded when it is asked for.
///
/// It is a .zip archive, a folder, or a folder with nothing but one .zip archive, in one of two
/// formats, which the names tell apart:
///   - CLEVR-D: depth as grey values, near = bright, background = 0; see ClevrNames;
///   - 7-Scenes: NAME.color.jpg (or .png) and NAME.depth.png, 16-bit millimetres, where 0 and 65535
///     are no reading. It has no stereo views.
/// An archive is not unpacked: its pictures stay in memory, compressed, as large as the archive.
/// Other files are left alone.
class RgbdDataset {
 public:
  /// Views are in the order of their names; a number in a name counts as a number.
  ///
  /// @throws DataError when there is nothing at `path`, no picture in it, a picture without its
  ///         depth map or the other way round, without its left picture where stereo views are
  ///         asked for, a picture twice, a name in an archive that leads out of it, an archive that
  ///         is damaged or encrypted, or more than the limits allow.
  static RgbdDataset open(const std::filesystem::path& path, const RgbdOptions& options = {});

  std::size_t size() const { return files_.size(); }
  DepthUnit unit() const { return unit_; }
  /// @returns the name of a view's colour picture, without folders. @throws std::out_of_range
  const std::string& name(std::size_t index) const;

  /// Decodes a view. May be called from several threads at once.
  ///
  /// Pictures that are brought to another size: colour by the mean over the area of each new pixel
  /// (bilinear when it grows), depth by the value nearest to its centre, so that no depth is made
  /// up between a thing and what is behind it.
  /// @throws std::out_of_range when index >= size(); DataError when a picture is missing, cut off,
  ///         damaged or none, or when the pictures of the view have different sizes.
  RgbdView read(std::size_t index) const;

  /// Where the bytes of the pictures come from.
  class Source;
  /// The pictures of a view, by the names that the source knows; empty = there is none.
  struct Files {
    std::string name, colour, depth, left_colour, left_depth;
  };

 private:
  RgbdDataset(std::shared_ptr<const Source> source, std::vector<Files> files, DepthUnit unit,
              const RgbdOptions& options);

  std::shared_ptr<const Source> source_;
  std::vector<Files> files_;
  DepthUnit unit_;
  RgbdOptions options_;
};

}  // namespace pset3
