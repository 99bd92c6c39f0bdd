#pragma once

#include <filesystem>
#include <functional>

#include "grader/worlds/block_world.hpp"

namespace pset3::worlds {

struct BlockDataOptions {
  int views = 1000;
  std::uint64_t seed = 1;
  bool stereo = false;  ///< the left views too
  BlockWorldOptions world;
  DepthRange depth;

  /// @throws InputError with the option, its range and the value found.
  void check() const;
};

/// Writes CLEVR-D.zip with pictures as CLEVR-D names them: CLEVR-D/CLEVR_right_NNNNNN.png, its
/// depth CLEVR-D/CLEVR-D_right_NNNNNN.png and, of stereo data, the same with "left".
/// Deterministic, byte by byte. Progress is told as (done, total).
/// @throws GraderError when the folder cannot be written.
void write_block_data(const std::filesystem::path& folder, const BlockDataOptions& options = {},
                      const std::function<void(int, int)>& progress = {});

}  // namespace pset3::worlds
