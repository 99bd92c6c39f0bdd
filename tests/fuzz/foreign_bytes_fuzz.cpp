// Feeds the readers of foreign files with whatever libFuzzer thinks of. PSET3_FUZZ names the
// reader. What a reader may throw for a bad file is caught; anything else, and any sanitizer's
// finding, ends it.
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/intake/gradescope_metadata.hpp"
#include "grader/intake/intake.hpp"
#include "starter/common/data/idx_file.hpp"

namespace {

using pset3::read_file;
using pset3::write_file;

/// The bytes as a file, since these readers open one.
std::filesystem::path as_file(std::string_view bytes) {
  static const pset3::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "carve.cpp";
  write_file(file, bytes);
  return file;
}

void read_archive(std::string_view bytes) {
  const std::vector<pset3::intake::WantedPart> wanted = {
      {"p1_space_carving", {"carve.cpp", "get_voxel_bounds.cpp"}}, {"p0", {"layer.cpp"}}};
  try {
    const pset3::intake::Submission taken = pset3::intake::take(as_file(bytes), wanted);
    for (const auto& [part, files] : taken.parts) {
      for (const auto& [name, text] : files) {
        if (name.find('/') != std::string::npos || name.empty()) std::abort();
      }
    }
  } catch (const pset3::intake::Refused&) {
  }
}

void read_metadata(std::string_view bytes) {
  for (const auto& [folder, submission] : pset3::intake::read_gradescope_metadata(bytes)) {
    if (folder.size() > bytes.size()) std::abort();
  }
}

void read_idx(std::string_view bytes) {
  const std::filesystem::path file = as_file(bytes);
  for (const auto shortage : {pset3::IdxShortage::kRefuse, pset3::IdxShortage::kTakeWhatIsThere}) {
    try {
      const pset3::IdxImages images = pset3::read_idx_images(file, shortage);
      if (images.pixels.size() != images.count * images.height * images.width) std::abort();
    } catch (const pset3::DataError&) {
    }
    try {
      pset3::read_idx_labels(file, shortage);
    } catch (const pset3::DataError&) {
    }
  }
}

const std::function<void(std::string_view)>& reader() {
  static const std::map<std::string, std::function<void(std::string_view)>> kReaders = {
      {"archive", read_archive}, {"metadata", read_metadata}, {"idx", read_idx}};
  const char* named = std::getenv("PSET3_FUZZ");
  static const std::function<void(std::string_view)> chosen = kReaders.at(named ? named : "");
  return chosen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  reader()(std::string_view(reinterpret_cast<const char*>(bytes), count));
  return 0;
}
