#include "grader/parts/p4_unsupervised_depth/cases/generators.hpp"
#include "grader/worlds/block_data.hpp"

namespace pset3::cases::p4 {

/// As wide as the exercise's pictures are, and others than p3's.
DefaultData default_data() {
  worlds::BlockDataOptions options;
  options.views = 600;
  options.seed = 2;
  options.stereo = true;
  options.world.width = 128;
  options.world.height = 64;
  return [options](const std::filesystem::path& folder, const Progress& progress) {
    worlds::write_block_data(folder, options, progress);
  };
}

}  // namespace pset3::cases::p4
