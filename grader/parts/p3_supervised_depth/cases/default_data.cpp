#include "grader/parts/p3_supervised_depth/cases/generators.hpp"
#include "grader/worlds/block_data.hpp"

namespace pset3::cases::p3 {

DefaultData default_data() {
  return [](const std::filesystem::path& folder, const Progress& progress) {
    worlds::write_block_data(folder, worlds::BlockDataOptions(), progress);
  };
}

}  // namespace pset3::cases::p3
