#include "starter/p1_space_carving/exercise/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace pset3::carving {
namespace {

VoxelBounds box_from(const std::vector<double>& numbers) {
  VoxelBounds box;
  box.xlim = {numbers[0], numbers[1]};
  box.ylim = {numbers[2], numbers[3]};
  box.zlim = {numbers[4], numbers[5]};
  for (const Limits& limits : {box.xlim, box.ylim, box.zlim}) {
    if (!(limits(0) < limits(1))) {
      throw std::invalid_argument("--box: each lower limit must be below its upper one");
    }
  }
  return box;
}

}  // namespace

std::optional<ExerciseOptions> parse_options(int argc, const char* const* argv) {
  ExerciseOptions options;
  std::vector<double> box;
  const std::map<std::string, SilhouetteSource> sources = {
      {"true", SilhouetteSource::kTrue}, {"estimated", SilhouetteSource::kEstimated}};

  CLI::App app("Space carving: the whole exercise with your functions.", "./pset3 run p1");
  app.add_option("--data", options.data,
                 "Folder with the views: cameras.json, dino_Ps.mat, projection_txt/, frames.mat or "
                 "*_par.txt, as starter/common/README.md describes them")
      ->required()
      ->option_text("DIR (default: the built-in data)");
  app.add_option("--out", options.out, "Folder for pictures, meshes and tables")
      ->required()
      ->option_text("DIR (default: out/p1)");
  app.add_option("--voxels", options.voxels, "About how many voxels the final carve starts with")
      ->check(CLI::Range(1000, 100'000'000))
      ->capture_default_str();
  app.add_option("--views", options.views, "How many of the views, evenly spaced (default: all)")
      ->check(CLI::Range(2, 100'000));
  app.add_option("--silhouettes", options.silhouettes, "true, or estimated from the colours")
      ->transform(CLI::CheckedTransformer(sources, CLI::ignore_case))
      ->option_text("true|estimated");
  app.add_option("--box", box, "X0 X1 Y0 Y1 Z0 Z1: carve this box instead of question (d)'s")
      ->expected(6);
  app.add_flag("--draft", options.draft, "Small pictures, for a quick look");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw std::invalid_argument(error.what());
  }
  if (!box.empty()) {
    options.box = box_from(box);
  }
  return options;
}

}  // namespace pset3::carving
