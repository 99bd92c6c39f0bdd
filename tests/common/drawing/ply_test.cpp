#include "starter/common/drawing/ply.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <map>
#include <sstream>

#include "starter/common/errors.hpp"
#include "tests/common/drawing/shapes.hpp"
#include "tests/common/drawing/temporary_folder.hpp"

namespace pset3::drawing {
namespace {

// What read_ply.py found: counts of elements, and the sum over each property.
std::map<std::string, double> read_with_numpy(const std::filesystem::path& path) {
  const std::string command = std::string("/usr/bin/python3 ") + PSET3_SOURCE_DIR +
                              "/tests/common/drawing/read_ply.py " + path.string();
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 256> line{};
  while (std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr) {
    text += line.data();
  }
  EXPECT_EQ(pclose(pipe), 0) << text;
  std::map<std::string, double> found;
  std::istringstream words(text);
  std::string name;
  double value = 0.0;
  while (words >> name >> value) {
    found[name] = value;
  }
  return found;
}

TEST(WritePly, WritesAMeshThatNumpyReadsBack) {
  const TemporaryFolder folder;
  const Mesh mesh = surface_mesh(ball({1.0, 2.0, 3.0}, 1.0, 0.2), 0.2);
  write_ply(folder / "mesh.ply", mesh);
  const auto found = read_with_numpy(folder / "mesh.ply");
  EXPECT_EQ(found.at("vertex"), static_cast<double>(mesh.vertices.rows()));
  EXPECT_EQ(found.at("face"), static_cast<double>(mesh.triangles.rows()));
  // Single precision: each of a few hundred values is rounded by 2e-7 at most.
  EXPECT_NEAR(found.at("x"), mesh.vertices.col(0).sum(), 1e-3);
  EXPECT_NEAR(found.at("y"), mesh.vertices.col(1).sum(), 1e-3);
  EXPECT_NEAR(found.at("z"), mesh.vertices.col(2).sum(), 1e-3);
  EXPECT_NEAR(found.at("nz"), mesh.normals.col(2).sum(), 1e-3);
  EXPECT_EQ(found.at("index"), static_cast<double>(mesh.triangles.sum()));
}

TEST(WritePly, WritesPointsWithAndWithoutColours) {
  const TemporaryFolder folder;
  Points points(2, 3);
  points << 0.5, -1.0, 2.0, 0.25, 4.0, 8.0;
  PointColours colours(2, 3);
  colours << 255, 0, 7, 100, 3, 9;
  write_ply(folder / "plain.ply", points);
  write_ply(folder / "coloured.ply", points, colours);
  EXPECT_EQ(read_with_numpy(folder / "plain.ply"),
            (std::map<std::string, double>{{"vertex", 2}, {"x", 0.75}, {"y", 3.0}, {"z", 10.0}}));
  const auto coloured = read_with_numpy(folder / "coloured.ply");
  EXPECT_EQ(coloured.at("red"), 355);
  EXPECT_EQ(coloured.at("green"), 3);
  EXPECT_EQ(coloured.at("blue"), 16);
}

TEST(WritePly, RefusesAColourCountThatDiffers) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_ply(folder / "a.ply", Points::Zero(2, 3), PointColours::Zero(3, 3)),
               std::invalid_argument);
}

TEST(WritePly, NamesTheFileThatItCannotWrite) {
  try {
    write_ply("/nowhere/at/all.ply", Points::Zero(2, 3));
    FAIL() << "no exception";
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find("/nowhere/at/all.ply"), std::string::npos);
  }
}

}  // namespace
}  // namespace pset3::drawing
