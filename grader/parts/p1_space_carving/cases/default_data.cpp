#include "grader/parts/p1_space_carving/cases/generators.hpp"
#include "grader/worlds/turntable.hpp"

namespace pset3::cases::p1 {

DefaultData default_data() {
  return [](const std::filesystem::path& folder, const Progress& progress) {
    worlds::write_turntable(folder, worlds::TurntableOptions(), progress);
  };
}

}  // namespace pset3::cases::p1
