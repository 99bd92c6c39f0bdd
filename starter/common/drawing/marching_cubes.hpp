#pragma once

#include <array>
#include <vector>

#include "starter/common/drawing/mesh.hpp"
#include "starter/common/drawing/occupancy.hpp"

namespace pset3::drawing {

/// An edge of the unit cube: it leaves `corner` in the direction of `axis`. Corner c of the cube is
/// at (c & 1, c >> 1 & 1, c >> 2 & 1).
struct CubeEdge {
  int corner = 0;
  int axis = 0;
};

/// The twelve edges, in the order that CubeTriangles counts them in.
const std::array<CubeEdge, 12>& cube_edges();

/// The triangles of one case; each corner of a triangle is the edge that it cuts.
using CubeTriangles = std::vector<std::array<int, 3>>;

/// The triangles for each of the 256 ways to fill a cube's corners (bit c = corner c is inside).
///
/// They are computed and not typed in: contours are traced over the cube's faces, and each contour
/// is cut into triangles. On a face where only two opposite corners are inside, these two are
/// joined. This depends on the face alone, so two cubes that share a face draw the same lines on
/// it. No triangle has an inner edge that lies in a face, so an edge never belongs to more than two
/// triangles.
const std::array<CubeTriangles, 256>& cube_table();

/// The surface half way between filled and empty cell centres. Normals are not set.
/// Source: Lorensen & Cline, SIGGRAPH 1987.
Mesh marching_cubes(const Occupancy& occupancy);

}  // namespace pset3::drawing
