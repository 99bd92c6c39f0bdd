#pragma once

#include <Eigen/Core>

namespace pset3::drawing {

/// (N, 3): a row per point (x, y, z) in world units.
using Points = Eigen::Matrix<double, Eigen::Dynamic, 3, Eigen::RowMajor>;

/// (N, 3): a row per triangle, indices into the vertices, counter-clockwise seen from outside.
using Triangles = Eigen::Matrix<int, Eigen::Dynamic, 3, Eigen::RowMajor>;

struct Mesh {
  Points vertices;      ///< (V, 3)
  Points normals;       ///< (V, 3) unit vectors that point out of the object
  Triangles triangles;  ///< (F, 3)
};

struct SurfaceOptions {
  /// Rounds of smoothing (Taubin's two steps each, so that thin parts do not shrink away); 0 leaves
  /// the staircase of the voxels.
  int smoothing_rounds = 12;

  /// @throws std::invalid_argument when smoothing_rounds is negative.
  void check() const;
};

/// Wraps voxels in a closed surface: marching cubes over the lattice that the centres lie on.
///
/// @param voxels      (N, 3) voxel centres; N >= 1; the lattice may start anywhere.
/// @param voxel_size  spacing of that lattice in world units.
/// @returns a mesh whose every edge belongs to exactly two triangles.
/// @throws std::invalid_argument when there is no voxel, a centre is not finite, the size is not
///         positive, or the lattice would have more than 2^27 cells.
/// Source: Lorensen & Cline, SIGGRAPH 1987; Taubin, SIGGRAPH 1995.
Mesh surface_mesh(const Points& voxels, double voxel_size, const SurfaceOptions& options = {});

/// Moves every vertex towards the mean of its neighbours and back out again, and renews the
/// normals.
void smooth(Mesh& mesh, int rounds);

/// @returns the sum of the triangles' areas, in square world units.
double surface_area(const Mesh& mesh);

/// @returns the volume inside a closed mesh, in cubic world units; positive when normals point out.
double enclosed_volume(const Mesh& mesh);

}  // namespace pset3::drawing
