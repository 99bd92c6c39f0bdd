#include "grader/parts/p0_neural_nets/cases/generators.hpp"
#include "grader/worlds/garments.hpp"

namespace pset3::cases::p0 {

DefaultData default_data() {
  return [](const std::filesystem::path& folder, const Progress& progress) {
    worlds::write_garments(folder, worlds::GarmentFileOptions(), progress);
  };
}

}  // namespace pset3::cases::p0
