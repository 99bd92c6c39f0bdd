#include <cstdlib>

#include "grader/intake/gradescope_metadata.hpp"
#include "grader/intake/intake.hpp"
#include "tests/fuzz/readers.hpp"

namespace pset3::fuzz {

void read_archive(std::string_view bytes) {
  const std::vector<intake::WantedPart> wanted = {
      {"p1_space_carving", {"carve.cpp", "get_voxel_bounds.cpp"}}, {"p0", {"layer.cpp"}}};
  try {
    const intake::Submission taken = intake::take(as_file(bytes, "carve.cpp"), wanted);
    for (const auto& [part, files] : taken.parts) {
      for (const auto& [name, text] : files) {
        if (name.find('/') != std::string::npos || name.empty()) std::abort();
      }
    }
  } catch (const intake::Refused&) {
  }
}

void read_metadata(std::string_view bytes) {
  for (const auto& [folder, submission] : intake::read_gradescope_metadata(bytes)) {
    if (folder.size() > bytes.size()) std::abort();
  }
}

}  // namespace pset3::fuzz
