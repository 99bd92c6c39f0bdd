#include "grader/synthetic/default_data.hpp"

#include <map>

#include "grader/base/error.hpp"
#include "grader/synthetic/block_data.hpp"
#include "grader/synthetic/garments.hpp"
#include "grader/synthetic/turntable.hpp"

namespace pset3::synthetic {
namespace {

using Progress = std::function<void(int, int)>;
using Writer = std::function<void(const std::filesystem::path&, const Progress&)>;

/// As wide as p4's pictures are, and others than p3's.
BlockDataOptions stereo_block_data() {
  BlockDataOptions options;
  options.views = 600;
  options.seed = 2;
  options.stereo = true;
  options.world.width = 128;
  options.world.height = 64;
  return options;
}

/// A new part with a data set of its own adds a line.
const std::map<std::string, Writer>& writers() {
  const Writer garments = [](const std::filesystem::path& folder, const Progress& progress) {
    write_garments(folder, GarmentFileOptions(), progress);
  };
  static const std::map<std::string, Writer> all = {
      {"p0", garments},
      {"p1",
       [](const std::filesystem::path& folder, const Progress& progress) {
         write_turntable(folder, TurntableOptions(), progress);
       }},
      {"p2", garments},
      {"p3",
       [](const std::filesystem::path& folder, const Progress& progress) {
         write_block_data(folder, BlockDataOptions(), progress);
       }},
      {"p4",
       [](const std::filesystem::path& folder, const Progress& progress) {
         write_block_data(folder, stereo_block_data(), progress);
       }},
  };
  return all;
}

}  // namespace

void write_default_data(const std::string& part, const std::filesystem::path& folder,
                        const Progress& progress) {
  const auto writer = writers().find(part);
  if (writer != writers().end()) return writer->second(folder, progress);
  std::string names;
  for (const auto& [name, unused] : writers()) names += (names.empty() ? "" : ", ") + name;
  throw InputError("there is no built-in data set for part \"" + part + "\"; there is one for " +
                   names);
}

}  // namespace pset3::synthetic
