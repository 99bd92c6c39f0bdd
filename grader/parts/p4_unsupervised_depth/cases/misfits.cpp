#include <string>
#include <vector>

#include "grader/base/error.hpp"
#include "grader/parts/p4_unsupervised_depth/cases/generators.hpp"
#include "grader/parts/parameters.hpp"
#include "grader/worlds/random.hpp"

namespace pset3::cases::p4 {
namespace {

using arrays::Array;
using arrays::DType;

struct Misfit {
  std::vector<std::int64_t> image;
  std::vector<std::int64_t> disparity;
};

/// In each dimension another number that broadcasting would take, and two that it would not.
std::vector<Misfit> misfits_of(const std::vector<std::int64_t>& image, worlds::Random& random) {
  const std::vector<std::int64_t> fitting = {image[0], 1, image[2], image[3]};
  std::vector<Misfit> all;
  const auto add = [&](std::size_t dimension, std::int64_t size) {
    Misfit misfit = {image, fitting};
    misfit.disparity[dimension] = size;
    all.push_back(misfit);
  };
  for (const std::size_t dimension : {0UL, 2UL, 3UL}) {
    add(dimension, 1);
    add(dimension, image[dimension] + random.integer(1, 2));
    add(dimension, image[dimension] - random.integer(1, 2));
  }
  all.push_back({{1, image[1], image[2], image[3]}, fitting});
  all.push_back({image, {image[0], 1, image[3], image[2]}});
  return all;
}

}  // namespace

CaseData misfits(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p4.misfits", params);
  const std::string function = parameters.choice("function", {"sampler_refusals", "view_refusals"});
  const int batch = parameters.integer("batch", 4, 8);
  const int channels = parameters.integer("channels", 1, 4);
  const int height = parameters.integer("height", 5, 64);
  const int width = parameters.integer("width", 5, 64);
  parameters.finish();
  if (height == width) throw InputError("p4.misfits: height and width have to differ");
  worlds::Random random(seed, "p4.misfits");
  CaseData data;
  std::vector<std::int64_t> images;
  std::vector<std::int64_t> disparities;
  for (const Misfit& misfit : misfits_of({batch, channels, height, width}, random)) {
    images.insert(images.end(), misfit.image.begin(), misfit.image.end());
    disparities.insert(disparities.end(), misfit.disparity.begin(), misfit.disparity.end());
  }
  const auto count = static_cast<std::int64_t>(images.size() / 4);
  data.inputs["image_shapes"] = Array::copy_of(images.data(), {count, 4});
  data.inputs["disparity_shapes"] = Array::copy_of(disparities.data(), {count, 4});
  data.outputs["answers"] = arrays::exactly(DType::kI64, {count});
  data.outputs["takes"] = arrays::exactly(DType::kI64, {function == "view_refusals" ? 2 : 1});
  if (function == "view_refusals") {
    data.outputs["left"] = data.outputs["right"] = arrays::exactly(DType::kI64, {count});
  }
  return data;
}

}  // namespace pset3::cases::p4
