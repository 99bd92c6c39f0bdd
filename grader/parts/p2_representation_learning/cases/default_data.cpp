#include "grader/parts/p2_representation_learning/cases/generators.hpp"
#include "grader/worlds/garments.hpp"

namespace pset3::cases::p2 {

DefaultData default_data() {
  return [](const std::filesystem::path& folder, const Progress& progress) {
    worlds::write_garments(folder, worlds::GarmentFileOptions(), progress);
  };
}

}  // namespace pset3::cases::p2
