#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <vector>

#include "grader/worlds/random.hpp"
#include "grader/worlds/solids.hpp"

// A fox on its way, looking about. Its muzzle points to +x; feet, ears and tail are the thin parts
// that a coarse carve loses.
namespace pset3::worlds {
namespace {

using Eigen::Vector3d;

enum class Coat { kFur, kSock, kEar, kTail, kNose, kEye };

struct Part {
  RoundCone shape;
  Coat coat;
  double blend;  ///< width over which it melts into the parts before it
};

const Vector3d kNeck(0.34, 0.0, 0.12);
const Vector3d kHead(0.52, 0.0, 0.34);
constexpr double kFloor = -0.62;

/// The head is made looking straight ahead and turned with this about kNeck.
Eigen::Matrix3d head_turn() {
  return Eigen::AngleAxisd(0.38, Vector3d::UnitZ()).toRotationMatrix();
}

Vector3d on_head(const Vector3d& point) { return kNeck + head_turn() * (point - kNeck); }

Part cone(const Vector3d& from, double from_radius, const Vector3d& to, double to_radius,
          Coat coat = Coat::kFur, double blend = 0.07, const Vector3d& stretch = Vector3d::Ones()) {
  return {RoundCone({from, to, from_radius, to_radius, stretch}), coat, blend};
}

void add_trunk(std::vector<Part>& parts) {
  parts.push_back(cone({0.25, 0.0, 0.0}, 0.19, {-0.30, 0.0, 0.0}, 0.155));
  parts.push_back(cone({0.27, 0.0, 0.03}, 0.18, on_head({0.48, 0.0, 0.30}), 0.12));
}

void add_head(std::vector<Part>& parts) {
  parts.push_back(
      cone(on_head(kHead), 0.165, on_head(kHead), 0.165, Coat::kFur, 0.06, {1.0, 1.12, 0.92}));
  parts.push_back(
      cone(on_head({0.60, 0.0, 0.31}), 0.095, on_head({0.80, 0.0, 0.27}), 0.042, Coat::kFur, 0.06));
  parts.push_back(cone(on_head({0.835, 0.0, 0.285}), 0.027, on_head({0.835, 0.0, 0.285}), 0.027,
                       Coat::kNose, 0.01));
  for (const double side : {-1.0, 1.0}) {
    // Cheeks widen to a tuft.
    parts.push_back(cone(on_head({0.53, side * 0.08, 0.29}), 0.10,
                         on_head({0.47, side * 0.20, 0.25}), 0.03, Coat::kFur, 0.05));
    parts.push_back(cone(on_head({0.46, side * 0.095, 0.43}), 0.10,
                         on_head({0.44, side * 0.155, 0.67}), 0.012, Coat::kEar, 0.03,
                         {0.55, 1.0, 1.0}));
    parts.push_back(cone(on_head({0.645, side * 0.085, 0.395}), 0.028,
                         on_head({0.645, side * 0.085, 0.395}), 0.028, Coat::kEye, 0.008));
  }
}

/// A leg from the trunk through two joints to the paw.
void add_leg(std::vector<Part>& parts, const std::array<Vector3d, 4>& joints,
             const std::array<double, 4>& radii) {
  for (std::size_t i = 0; i + 1 < joints.size(); ++i) {
    parts.push_back(
        cone(joints[i], radii[i], joints[i + 1], radii[i + 1], Coat::kSock, i == 0 ? 0.07 : 0.03));
  }
  const Vector3d& ankle = joints.back();
  parts.push_back(
      cone(ankle, 0.042, ankle + Vector3d(0.055, 0.0, -0.005), 0.04, Coat::kSock, 0.03));
}

void add_legs(std::vector<Part>& parts) {
  constexpr double kAnkle = kFloor + 0.045;
  const std::array<double, 4> front = {0.095, 0.052, 0.036, 0.036};
  add_leg(parts,
          {{{0.26, 0.10, -0.05}, {0.33, 0.11, -0.27}, {0.40, 0.11, -0.46}, {0.42, 0.11, kAnkle}}},
          front);
  add_leg(
      parts,
      {{{0.24, -0.10, -0.05}, {0.20, -0.11, -0.28}, {0.17, -0.11, -0.46}, {0.13, -0.11, kAnkle}}},
      front);
  const std::array<double, 4> hind = {0.13, 0.066, 0.037, 0.034};
  add_leg(parts,
          {{{-0.29, 0.085, -0.04},
            {-0.26, 0.105, -0.28},
            {-0.40, 0.105, -0.42},
            {-0.40, 0.105, kAnkle}}},
          hind);
  add_leg(parts,
          {{{-0.28, -0.085, -0.04},
            {-0.17, -0.105, -0.28},
            {-0.24, -0.105, -0.45},
            {-0.19, -0.105, kAnkle}}},
          hind);
}

void add_tail(std::vector<Part>& parts) {
  const std::array<Vector3d, 5> way = {{{-0.40, 0.0, 0.06},
                                        {-0.52, -0.03, 0.03},
                                        {-0.67, -0.10, 0.03},
                                        {-0.80, -0.18, 0.12},
                                        {-0.89, -0.24, 0.26}}};
  const std::array<double, 5> radii = {0.055, 0.085, 0.14, 0.125, 0.02};
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    parts.push_back(cone(way[i], radii[i], way[i + 1], radii[i + 1], Coat::kTail, 0.05));
  }
}

std::vector<Part> fox_parts() {
  std::vector<Part> parts;
  add_trunk(parts);
  add_legs(parts);
  add_tail(parts);
  add_head(parts);
  return parts;
}

/// @returns 0 below `low`, 1 above `high`, smooth between.
double ramp(double value, double low, double high) {
  const double t = std::clamp((value - low) / (high - low), 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}

Vector3d mix(const Vector3d& first, const Vector3d& second, double share) {
  return first + share * (second - first);
}

// Cold whites and blacks: the colour heuristic must not take them for the coat.
const Vector3d kOrange(0.80, 0.33, 0.09);
const Vector3d kRust(0.55, 0.19, 0.06);
const Vector3d kWhite(0.80, 0.86, 0.90);
const Vector3d kBlack(0.030, 0.036, 0.045);

Vector3d trunk_colour(const Vector3d& point, double wander) {
  const Vector3d coat = mix(kOrange, kRust, ramp(point.z() + wander, 0.08, 0.22));
  const double belly = ramp(-point.z() + wander, 0.10, 0.14) * ramp(point.x(), -0.36, -0.28);
  const double bib =
      ramp(point.x() - 0.55 * point.z() + wander, 0.36, 0.41) * ramp(-point.z(), -0.30, -0.24);
  return mix(coat, kWhite, std::max(belly, bib));
}

Vector3d head_colour(const Vector3d& point, double wander) {
  const Vector3d ahead = kNeck + head_turn().transpose() * (point - kNeck);
  // White below a line that rises from the cheeks' tips to the nose.
  const double line = 0.275 + 0.06 * ramp(ahead.x(), 0.55, 0.82) - 0.1 * std::abs(ahead.y());
  const double is_head = ramp(ahead.x() + 0.9 * ahead.z(), 0.62, 0.70);
  return mix(trunk_colour(point, wander),
             mix(kWhite, kOrange, ramp(ahead.z() + wander, line, line + 0.03)), is_head);
}

Vector3d coat_colour(Coat coat, const Vector3d& point) {
  const double wander = 0.018 * smooth_noise(22.0 * point, 5);
  switch (coat) {
    case Coat::kFur:
      return head_colour(point, wander);
    case Coat::kSock:
      return mix(kBlack, mix(kOrange, kRust, 0.25), ramp(point.z() + wander, -0.47, -0.43));
    case Coat::kEar:
      return mix(kOrange, kBlack, ramp(point.z() + wander, 0.59, 0.63));
    case Coat::kTail:
      return mix(mix(kOrange, kRust, ramp(point.z() + wander, 0.08, 0.22)), kWhite,
                 ramp(-point.x() + 0.7 * point.z() + wander, 0.98, 1.02));
    case Coat::kNose:
    case Coat::kEye:
      return kBlack;
  }
  return kOrange;
}

constexpr double kMaxBlend = 0.07;

/// The parts, and for each cell of a coarse grid those that matter in it.
///
/// Leaving the others out is exact: a smooth union of parts that are all further than d stays
/// further than d - kMaxBlend, and such a part does not change a distance below d - 2 kMaxBlend.
class Fox {
 public:
  Fox() : parts_(fox_parts()) {
    cells_.reserve(kCellCount);
    for (int z = 0; z < kCells; ++z) {
      for (int y = 0; y < kCells; ++y) {
        for (int x = 0; x < kCells; ++x) {
          cells_.push_back(parts_near(kCell * (Vector3d(x, y, z).array() + 0.5) - 1.0));
        }
      }
    }
  }

  double distance(const Vector3d& point) const {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Part& part : cell_of(point)) {
      // Beyond the blend's width a part changes nothing.
      if (part.shape.surely_beyond(point, nearest + part.blend)) continue;
      const double distance = part.shape.distance(point);
      nearest = std::isinf(nearest) ? distance : smooth_union(nearest, distance, part.blend);
    }
    return nearest;
  }

  /// The parts' colours, melted into each other over about a hundredth of the fox.
  Vector3d colour(const Vector3d& point) const {
    Vector3d sum = Vector3d::Zero();
    double total = 0.0;
    for (const Part& part : cell_of(point)) {
      const bool crisp = part.coat == Coat::kEye || part.coat == Coat::kNose;
      const double depth = std::max(part.shape.distance(point), -0.02);
      const double weight = std::exp(-depth / (crisp ? 0.0015 : 0.012)) * (crisp ? 4.0 : 1.0);
      if (weight < 1e-4) continue;
      sum += weight * coat_colour(part.coat, point);
      total += weight;
    }
    const Vector3d colour = total > 0.0 ? Vector3d(sum / total) : kOrange;
    const double fur =
        1.0 + 0.10 * smooth_noise(60.0 * point, 11) + 0.08 * smooth_noise(18.0 * point, 12);
    return (fur * colour).cwiseMin(1.0);
  }

 private:
  static constexpr int kCells = 20;
  static constexpr int kCellCount = kCells * kCells * kCells;
  static constexpr double kCell = 2.0 / kCells;

  std::vector<Part> parts_near(const Vector3d& centre) const {
    const double half_diagonal = 0.5 * std::sqrt(3.0) * kCell;
    double nearest = std::numeric_limits<double>::infinity();
    for (const Part& part : parts_) nearest = std::min(nearest, part.shape.distance(centre));
    const double reach = nearest + 2.0 * half_diagonal + 2.0 * kMaxBlend;
    std::vector<Part> near;
    std::copy_if(parts_.begin(), parts_.end(), std::back_inserter(near),
                 [&](const Part& part) { return part.shape.distance(centre) <= reach; });
    return near;
  }

  /// Outside of the cells all parts matter.
  const std::vector<Part>& cell_of(const Vector3d& point) const {
    if (!(point.cwiseAbs().maxCoeff() < 1.0)) return parts_;
    const Eigen::Array3i cell = ((point.array() + 1.0) / kCell).cast<int>().min(kCells - 1);
    const int index = (cell.z() * kCells + cell.y()) * kCells + cell.x();
    return cells_[static_cast<std::size_t>(index)];
  }

  std::vector<Part> parts_;
  std::vector<std::vector<Part>> cells_;
};

}  // namespace

Solid animal() {
  const auto fox = std::make_shared<const Fox>();
  Solid solid;
  solid.radius = 1.0;
  solid.floor = kFloor;
  solid.distance = [fox](const Vector3d& point) { return fox->distance(point); };
  solid.colour = [fox](const Vector3d& point) { return fox->colour(point); };
  return solid;
}

}  // namespace pset3::worlds
