#include "starter/common/drawing/mesh.hpp"

#include <Eigen/Geometry>
#include <stdexcept>
#include <string>

#include "starter/common/drawing/marching_cubes.hpp"

namespace pset3::drawing {
namespace {

// Taubin's pass band: a step inwards, then a slightly larger one outwards keeps the volume.
constexpr double kInwards = 0.5;
constexpr double kOutwards = -0.53;

void move_towards_neighbours(const Triangles& triangles, double step, Points& vertices) {
  Points sum = Points::Zero(vertices.rows(), 3);
  Eigen::VectorXd count = Eigen::VectorXd::Zero(vertices.rows());
  for (Eigen::Index t = 0; t < triangles.rows(); ++t) {
    for (int corner = 0; corner < 3; ++corner) {
      // Each edge of a closed mesh is seen from both its triangles, so all neighbours count twice.
      const int vertex = triangles(t, corner);
      sum.row(vertex) += vertices.row(triangles(t, (corner + 1) % 3));
      sum.row(vertex) += vertices.row(triangles(t, (corner + 2) % 3));
      count(vertex) += 2.0;
    }
  }
  for (Eigen::Index v = 0; v < vertices.rows(); ++v) {
    vertices.row(v) += step * (sum.row(v) / count(v) - vertices.row(v));
  }
}

Eigen::RowVector3d doubled_area_normal(const Mesh& mesh, Eigen::Index t) {
  const Eigen::RowVector3d a = mesh.vertices.row(mesh.triangles(t, 0));
  const Eigen::RowVector3d b = mesh.vertices.row(mesh.triangles(t, 1));
  const Eigen::RowVector3d c = mesh.vertices.row(mesh.triangles(t, 2));
  return (b - a).cross(c - a);
}

void renew_normals(Mesh& mesh) {
  mesh.normals = Points::Zero(mesh.vertices.rows(), 3);
  for (Eigen::Index t = 0; t < mesh.triangles.rows(); ++t) {
    const Eigen::RowVector3d normal = doubled_area_normal(mesh, t);
    for (int corner = 0; corner < 3; ++corner) {
      mesh.normals.row(mesh.triangles(t, corner)) += normal;
    }
  }
  mesh.normals.rowwise().normalize();
}

}  // namespace

void SurfaceOptions::check() const {
  if (smoothing_rounds < 0) {
    throw std::invalid_argument("smoothing_rounds must be at least 0, not " +
                                std::to_string(smoothing_rounds));
  }
}

Mesh surface_mesh(const Points& voxels, double voxel_size, const SurfaceOptions& options) {
  options.check();
  Mesh mesh = marching_cubes(occupancy_of(voxels, voxel_size));
  smooth(mesh, options.smoothing_rounds);
  return mesh;
}

void smooth(Mesh& mesh, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    move_towards_neighbours(mesh.triangles, kInwards, mesh.vertices);
    move_towards_neighbours(mesh.triangles, kOutwards, mesh.vertices);
  }
  renew_normals(mesh);
}

double surface_area(const Mesh& mesh) {
  double doubled = 0.0;
  for (Eigen::Index t = 0; t < mesh.triangles.rows(); ++t) {
    doubled += doubled_area_normal(mesh, t).norm();
  }
  return doubled / 2.0;
}

double enclosed_volume(const Mesh& mesh) {
  double six_volumes = 0.0;
  for (Eigen::Index t = 0; t < mesh.triangles.rows(); ++t) {
    // Tetrahedra to a point of the mesh and not to the origin, which may be far away.
    const Eigen::RowVector3d arm = mesh.vertices.row(mesh.triangles(t, 0)) - mesh.vertices.row(0);
    six_volumes += arm.dot(doubled_area_normal(mesh, t));
  }
  return six_volumes / 6.0;
}

}  // namespace pset3::drawing
