#include "starter/common/drawing/marching_cubes.hpp"

#include <algorithm>

namespace pset3::drawing {
namespace {

constexpr int kNoVertex = -1;

// Walks over the lattice layer by layer and remembers the vertices of two layers only.
class Marcher {
 public:
  explicit Marcher(const Occupancy& occupancy) : occupancy_(occupancy) {
    const std::size_t layer = occupancy.index(0, 0, 1);
    for (auto& vertices : known_) {
      vertices.assign(layer, kNoVertex);
    }
  }

  Mesh march() {
    for (int z = 0; z + 1 < occupancy_.size[2]; ++z) {
      for (int y = 0; y + 1 < occupancy_.size[1]; ++y) {
        for (int x = 0; x + 1 < occupancy_.size[0]; ++x) {
          add_cube({x, y, z});
        }
      }
      forget_layer(z);
    }
    return collect();
  }

 private:
  using Cell = std::array<int, 3>;

  static Cell corner_of(Cell cell, int corner) {
    return {cell[0] + (corner & 1), cell[1] + (corner >> 1 & 1), cell[2] + (corner >> 2 & 1)};
  }

  bool is_filled(const Cell& cell) const {
    return occupancy_.filled[occupancy_.index(cell[0], cell[1], cell[2])] != 0;
  }

  void add_cube(const Cell& cell) {
    unsigned inside = 0;
    for (int corner = 0; corner < 8; ++corner) {
      inside |= static_cast<unsigned>(is_filled(corner_of(cell, corner))) << corner;
    }
    for (const std::array<int, 3>& triangle : cube_table()[inside]) {
      for (const int edge : triangle) {
        triangles_.push_back(vertex_on(cell, edge));
      }
    }
  }

  int vertex_on(const Cell& cell, int edge) {
    const auto [corner, axis] = cube_edges()[static_cast<std::size_t>(edge)];
    const Cell from = corner_of(cell, corner);
    int& vertex = known(from, axis);
    if (vertex == kNoVertex) {
      vertex = static_cast<int>(vertices_.size());
      Eigen::Vector3d place(from[0], from[1], from[2]);
      place(axis) += 0.5;
      vertices_.emplace_back(occupancy_.origin + occupancy_.spacing * place);
    }
    return vertex;
  }

  // Edges along x and y of even and odd layers, and edges along z from even and odd layers.
  int& known(const Cell& from, int axis) {
    const int slot = 2 * axis + (from[2] & 1);
    return known_[static_cast<std::size_t>(slot)][occupancy_.index(from[0], from[1], 0)];
  }

  void forget_layer(int z) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      auto& vertices = known_[2 * axis + static_cast<std::size_t>(z & 1)];
      std::fill(vertices.begin(), vertices.end(), kNoVertex);
    }
  }

  Mesh collect() const {
    Mesh mesh;
    mesh.vertices.resize(static_cast<Eigen::Index>(vertices_.size()), 3);
    for (std::size_t v = 0; v < vertices_.size(); ++v) {
      mesh.vertices.row(static_cast<Eigen::Index>(v)) = vertices_[v];
    }
    mesh.triangles = Eigen::Map<const Triangles>(
        triangles_.data(), static_cast<Eigen::Index>(triangles_.size() / 3), 3);
    return mesh;
  }

  const Occupancy& occupancy_;
  std::array<std::vector<int>, 6> known_;
  std::vector<Eigen::Vector3d> vertices_;
  std::vector<int> triangles_;
};

}  // namespace

Mesh marching_cubes(const Occupancy& occupancy) { return Marcher(occupancy).march(); }

}  // namespace pset3::drawing
