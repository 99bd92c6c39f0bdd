#include "grader/parts/p1_space_carving/cases/generators.hpp"

#include <array>
#include <cmath>
#include <optional>

#include "grader/parts/parameters.hpp"
#include "grader/parts/tries.hpp"
#include "grader/worlds/scene.hpp"

namespace pset3::cases::p1 {
namespace {

using arrays::Array;
using arrays::DType;

/// @returns whether a box is so many voxels long that a right program may not count one more or
/// less by rounding.
bool is_broken(double voxels_long) {
  const double fraction = voxels_long - std::floor(voxels_long);
  return fraction >= 0.15 && fraction <= 0.85;
}

/// The sides of a box, before it is scaled.
Eigen::Vector3d proportions(const std::string& shape, int num_voxels, worlds::Random& random) {
  if (shape == "cube") return Eigen::Vector3d::Ones();
  if (shape == "flat" || shape == "tall") {
    // So that the short sides still have some voxels.
    const double thin = shape == "flat" ? 7.0 / std::sqrt(num_voxels) : 40.0 / num_voxels;
    const double share = std::min(std::max(0.05, thin) * random.uniform(1.0, 1.6), 0.6);
    Eigen::Vector3d sides{random.uniform(0.8, 1.0), random.uniform(0.8, 1.0), 1.0};
    if (shape == "flat") sides.z() = share;
    if (shape == "tall") sides.head<2>() *= std::min(share, 0.35);
    return sides;
  }
  return random.vector(0.35, 1.0);
}

/// Far from the origin for "offset", else near it.
Eigen::Vector3d draw_middle(const std::string& shape, const Eigen::Vector3d& sides,
                            worlds::Random& random) {
  if (shape != "offset") return random.vector(-0.4, 0.4).cwiseProduct(sides);
  const double distance = random.uniform(3.0, 9.0);
  return random.direction() * sides.maxCoeff() * distance;
}

std::optional<worlds::Box> draw_box(const std::string& shape, int num_voxels,
                                    worlds::Random& random) {
  Eigen::Vector3d sides = proportions(shape, num_voxels, random);
  const double least = 0.05 / sides.minCoeff();
  const double most = 50.0 / sides.maxCoeff();
  sides *= random.log_uniform(least, most);
  const Eigen::Array3d voxels_long = sides.array() / std::cbrt(sides.prod() / num_voxels);
  const double fewest = num_voxels < 1000 ? 2.0 : 3.0;
  for (const double length : voxels_long) {
    if (length < fewest || !is_broken(length)) return std::nullopt;
  }
  const Eigen::Vector3d middle = draw_middle(shape, sides, random);
  return worlds::Box{middle - 0.5 * sides, middle + 0.5 * sides};
}

}  // namespace

CaseData box(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("p1.box", params);
  const std::string shape =
      parameters.choice("shape", {"cube", "flat", "tall", "offset", "random"});
  int num_voxels = parameters.integer("num_voxels", 30, 10'000'000);
  parameters.finish();
  while (shape == "cube" && !is_broken(std::cbrt(num_voxels))) ++num_voxels;

  worlds::Random random(seed, "p1.box");
  const worlds::Box drawn =
      first_success("p1.box", [&] { return draw_box(shape, num_voxels, random); });
  CaseData data;
  const std::array<const char*, 3> names = {"xlim", "ylim", "zlim"};
  for (int axis = 0; axis < 3; ++axis) {
    data.inputs[names[static_cast<std::size_t>(axis)]] =
        Array::of(std::vector<double>{drawn.low(axis), drawn.high(axis)});
  }
  data.inputs["num_voxels"] = Array::scalar<std::int64_t>(num_voxels);
  data.outputs["voxels"] = {DType::kF64, {{0, 40LL * num_voxels + 200'000}, {3, 3}}};
  data.outputs["rows"] = arrays::exactly(DType::kI64, {});
  data.outputs["voxel_size"] = arrays::exactly(DType::kF64, {});
  return data;
}

Generators generators() {
  return {{"p1.box", box},
          {"p1.carve_scene", carve_scene},
          {"p1.ring_scene", ring_scene},
          {"p1.bounds_scene", bounds_scene},
          {"p1.nothing_left_scene", nothing_left_scene}};
}

}  // namespace pset3::cases::p1
