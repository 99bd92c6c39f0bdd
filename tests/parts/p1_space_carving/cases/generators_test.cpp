#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <string>

#include "grader/base/error.hpp"
#include "grader/parts/p1_space_carving/cases/generators.hpp"

// The boxes of question (a), and what holds for every generator: seeds, complaints, output bounds.
namespace pset3::cases::p1 {
namespace {

using arrays::Arrays;
using nlohmann::json;

constexpr std::uint64_t kSeeds = 20;

json carve_params(const char* inside) {
  return {
      {"solid", "random"}, {"inside", inside}, {"width", 120}, {"height", 90}, {"voxels", 4000}};
}

TEST(Box, IsABrokenNumberOfVoxelsLongOnEveryAxis) {
  for (const char* shape : {"cube", "flat", "tall", "offset", "random"}) {
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
      const Arrays inputs = box({{"shape", shape}, {"num_voxels", 8000}}, seed).inputs;
      const auto num_voxels = get(inputs, "num_voxels").item<std::int64_t>();
      EXPECT_NEAR(static_cast<double>(num_voxels), 8000.0, 500.0);
      std::array<double, 3> sides{};
      std::array<const char*, 3> names = {"xlim", "ylim", "zlim"};
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double* limits = get(inputs, names[axis]).data<double>();
        sides[axis] = limits[1] - limits[0];
        EXPECT_GE(sides[axis], 0.049);
        EXPECT_LE(sides[axis], 50.001);
      }
      const double side =
          std::cbrt(sides[0] * sides[1] * sides[2] / static_cast<double>(num_voxels));
      for (const double length : sides) {
        const double fraction = length / side - std::floor(length / side);
        EXPECT_GT(length / side, 2.99) << shape;
        EXPECT_GT(fraction, 0.149) << shape << " " << seed;
        EXPECT_LT(fraction, 0.851) << shape << " " << seed;
      }
    }
  }
}

TEST(Generators, GiveTheSameBytesForASeedAndOthersForAnother) {
  const std::map<std::string, json> params = {
      {"p1.box", {{"shape", "random"}, {"num_voxels", 1000}}},
      {"p1.carve_scene", carve_params("outside")},
      {"p1.ring_scene",
       {{"solid", "box"}, {"views", 3}, {"width", 64}, {"height", 48}, {"voxels", 1000}}},
      {"p1.bounds_scene",
       {{"solid", "random"},
        {"views", 8},
        {"width", 120},
        {"height", 100},
        {"better", false},
        {"num_voxels", 4000}}},
      {"p1.nothing_left_scene",
       {{"solid", "random"}, {"views", 8}, {"width", 120}, {"height", 120}, {"num_voxels", 4000}}}};
  ASSERT_EQ(generators().size(), params.size());
  for (const auto& [name, generator] : generators()) {
    const json& own = params.at(name);
    const std::string first = arrays::encode(generator(own, 11).inputs);
    EXPECT_EQ(first, arrays::encode(generator(own, 11).inputs)) << name;
    EXPECT_NE(first, arrays::encode(generator(own, 12).inputs)) << name;
  }
}

std::string complaint(const json& params) {
  try {
    box(params, 1);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Generators, SayWhatIsWrongWithAParameter) {
  EXPECT_EQ(complaint({{"shape", "flat"}}),
            "generator p1.box: the parameter \"num_voxels\" is missing; add it");
  EXPECT_EQ(complaint({{"shape", "round"}, {"num_voxels", 100}}),
            "generator p1.box: the parameter \"shape\" must be one of cube, flat, tall, offset, "
            "random, but is \"round\"");
  EXPECT_EQ(complaint({{"shape", "flat"}, {"num_voxels", 2.5}}),
            "generator p1.box: the parameter \"num_voxels\" must be a whole number from 30 to "
            "10000000, but is 2.5");
  EXPECT_NE(complaint({{"shape", "flat"}, {"num_voxels", 100}, {"vewis", 3}}).find("vewis"),
            std::string::npos);
}

TEST(Generators, BoundTheOutputs) {
  const CaseData data = carve_scene(carve_params("safe"), 2);
  const std::int64_t voxels = get(data.inputs, "voxels").shape().at(0);
  const arrays::ArraySpec& survivors = data.outputs.at("survivors");
  EXPECT_EQ(survivors.dtype, arrays::DType::kF64);
  EXPECT_EQ(survivors.shape.at(0).min, 0);
  EXPECT_EQ(survivors.shape.at(0).max, 2 * voxels + 16);
  EXPECT_EQ(survivors.shape.at(1).min, 3);
}

}  // namespace
}  // namespace pset3::cases::p1
