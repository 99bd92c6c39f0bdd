#include <stdexcept>
#include <utility>

#include "starter/common/drawing/marching_cubes.hpp"

namespace pset3::drawing {
namespace {

using Loop = std::vector<int>;  // edges of the cube, in the order in which a contour cuts them

constexpr int kNone = -1;

int edge_between(int corner_a, int corner_b) {
  const int lower = corner_a & corner_b;
  const int axis = (corner_a ^ corner_b) >> 1;  // 1, 2, 4 become 0, 1, 2
  for (int edge = 0; edge < 12; ++edge) {
    if (cube_edges()[static_cast<std::size_t>(edge)].corner == lower &&
        cube_edges()[static_cast<std::size_t>(edge)].axis == axis) {
      return edge;
    }
  }
  throw std::logic_error("two corners of the cube have no edge between them");
}

// The four corners of a face, counter-clockwise seen from outside.
std::array<int, 4> face_corners(int axis, int side) {
  const int base = side << axis;
  const int u = 1 << ((axis + 1) % 3);
  const int v = 1 << ((axis + 2) % 3);
  if (side == 1) {
    return {base, base | u, base | u | v, base | v};
  }
  return {base, base | v, base | u | v, base | u};
}

// Draws one face's lines. Each starts where the walk around the face enters the solid and ends
// where it last left it, that is, on the other side of the same run of empty corners.
void trace_face(unsigned inside, const std::array<int, 4>& corners, std::array<int, 12>& next) {
  const auto is_inside = [&](int i) {
    return (inside >> corners[static_cast<std::size_t>(i & 3)] & 1U) != 0;
  };
  const auto edge_after = [&](int i) {
    return edge_between(corners[static_cast<std::size_t>(i & 3)],
                        corners[static_cast<std::size_t>((i + 1) & 3)]);
  };
  for (int i = 0; i < 4; ++i) {
    if (is_inside(i) || !is_inside(i + 1)) {
      continue;
    }
    int leave = i + 3;  // one step back from i, kept non-negative
    while (!is_inside(leave)) {
      leave += 3;
    }
    next[static_cast<std::size_t>(edge_after(i))] = edge_after(leave);
  }
}

std::vector<Loop> contours(unsigned inside) {
  std::array<int, 12> next{};
  next.fill(kNone);
  for (int axis = 0; axis < 3; ++axis) {
    for (int side = 0; side < 2; ++side) {
      trace_face(inside, face_corners(axis, side), next);
    }
  }
  std::vector<Loop> loops;
  for (int& start : next) {
    Loop loop;
    int* at = &start;
    while (*at != kNone) {
      loop.push_back(*at);
      at = &next[static_cast<std::size_t>(std::exchange(*at, kNone))];
    }
    if (!loop.empty()) {
      loops.push_back(loop);
    }
  }
  return loops;
}

bool share_a_face(int edge_a, int edge_b) {
  const CubeEdge a = cube_edges()[static_cast<std::size_t>(edge_a)];
  const CubeEdge b = cube_edges()[static_cast<std::size_t>(edge_b)];
  for (int axis = 0; axis < 3; ++axis) {
    const bool both_in_such_a_face = a.axis != axis && b.axis != axis;
    if (both_in_such_a_face && (a.corner >> axis & 1) == (b.corner >> axis & 1)) {
      return true;
    }
  }
  return false;
}

// Cuts loop[first..last] into triangles whose inner edges keep off the cube's faces.
bool cut(const Loop& loop, std::size_t first, std::size_t last, CubeTriangles& triangles) {
  if (last - first < 2) {
    return true;
  }
  const auto may_join = [&](std::size_t a, std::size_t b) {
    return b - a == 1 || !share_a_face(loop[a], loop[b]);
  };
  for (std::size_t apex = first + 1; apex < last; ++apex) {
    const std::size_t before = triangles.size();
    if (may_join(first, apex) && may_join(apex, last) && cut(loop, first, apex, triangles) &&
        cut(loop, apex, last, triangles)) {
      triangles.push_back({loop[first], loop[apex], loop[last]});
      return true;
    }
    triangles.resize(before);
  }
  return false;
}

std::array<CubeTriangles, 256> derive_table() {
  std::array<CubeTriangles, 256> table;
  for (unsigned inside = 0; inside < 256; ++inside) {
    for (const Loop& loop : contours(inside)) {
      if (!cut(loop, 0, loop.size() - 1, table[inside])) {
        throw std::logic_error("a contour cannot be cut into triangles");
      }
    }
  }
  return table;
}

}  // namespace

const std::array<CubeEdge, 12>& cube_edges() {
  static const std::array<CubeEdge, 12> edges = {{{0, 0},
                                                  {2, 0},
                                                  {4, 0},
                                                  {6, 0},
                                                  {0, 1},
                                                  {1, 1},
                                                  {4, 1},
                                                  {5, 1},
                                                  {0, 2},
                                                  {1, 2},
                                                  {2, 2},
                                                  {3, 2}}};
  return edges;
}

const std::array<CubeTriangles, 256>& cube_table() {
  static const std::array<CubeTriangles, 256> table = derive_table();
  return table;
}

}  // namespace pset3::drawing
