#include "grader/worlds/garment_shapes.hpp"

#include <cmath>
#include <numbers>

namespace pset3::worlds {
namespace {

using Eigen::Vector2d;

/// Points from p to q along an arc that stands `height` above the straight way.
Outline arc(const Vector2d& p, const Vector2d& q, double height) {
  constexpr int kSteps = 10;
  Outline path;
  for (int i = 0; i <= kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    path.emplace_back((1.0 - t) * p + t * q -
                      Vector2d(0.0, height * std::sin(std::numbers::pi * t)));
  }
  return path;
}

}  // namespace

Cloth::Cloth(Random& random, double patterned)
    : tone_(random.uniform(0.35, 0.95)), folds_(random.uniform(0.05, 0.25)), seed_(random.next()) {
  if (random.uniform(0.0, 1.0) >= patterned) return;
  pattern_ = static_cast<Pattern>(random.integer(1, 4));
  contrast_ = random.uniform(0.15, 0.6);
  period_ = random.uniform(2.2, 6.0);
  phase_ = random.uniform(0.0, 1.0);
}

Cloth Cloth::shaded(double factor) const {
  Cloth other = *this;
  other.tone_ *= factor;
  return other;
}

double Cloth::pattern_at(const Vector2d& place) const {
  const auto dark = [&](double along) {
    const double turns = along / period_ + phase_;
    return turns - std::floor(turns) < 0.45 ? 1.0 : 0.0;
  };
  switch (pattern_) {
    case Pattern::kPlain:
      return 0.0;
    case Pattern::kAcross:
      return dark(place.y());
    case Pattern::kAlong:
      return dark(place.x());
    case Pattern::kChecked:
      return 0.5 * (dark(place.x()) + dark(place.y()));
    case Pattern::kSpeckled:
      return smooth_noise({2.0 * place.x() / period_, 2.0 * place.y() / period_, 9.5}, seed_) > 0.1;
  }
  return 0.0;
}

double Cloth::operator()(const Vector2d& place) const {
  // Folds run down rather than across.
  const double fold = smooth_noise({0.5 * place.x(), 0.18 * place.y(), 0.5}, seed_);
  return tone_ * (1.0 - contrast_ * pattern_at(place)) * (1.0 + folds_ * fold);
}

void draw_trouser(Canvas& canvas, Random& random) {
  const double waist = random.uniform(3.2, 5.0);
  const double hip = waist + random.uniform(0.2, 1.4);
  const double top = random.uniform(-13.0, -12.0);
  const double bottom = random.uniform(11.5, 13.2);
  const double crotch = random.uniform(-7.0, -3.0);
  const double apart = random.uniform(0.3, 2.2);
  const double outer = apart + random.uniform(2.2, 4.2);
  const Cloth cloth(random, 0.15);
  canvas.fill(symmetric({{waist, top},
                         {hip, crotch},
                         {outer, bottom},
                         {apart, bottom},
                         {0.15, crotch + random.uniform(0.5, 2.0)}}),
              cloth);
  canvas.stroke({{-waist + 0.4, top + 0.5}, {waist - 0.4, top + 0.5}}, 1.0,
                random.uniform(0.6, 1.1) * cloth.tone());
  canvas.stroke({{0.0, top + 1.0}, {0.0, crotch}}, 0.4, 0.6 * cloth.tone());
  if (random.coin()) {  // creases
    const Outline crease = {{0.55 * hip, crotch}, {0.5 * (apart + outer), bottom - 1.0}};
    canvas.stroke(crease, 0.4, 1.2 * cloth.tone());
    canvas.stroke(mirrored(crease), 0.4, 1.2 * cloth.tone());
  }
}

void draw_bag(Canvas& canvas, Random& random) {
  const double top_width = random.uniform(6.5, 11.5);
  const double bottom_width = top_width + random.uniform(-1.0, 2.0);
  const double bottom = random.uniform(7.5, 12.0);
  const double top = bottom - random.uniform(9.0, 16.0);
  const Cloth cloth(random, 0.25);
  const double strap = random.uniform(0.6, 1.6);
  const double reach = random.uniform(0.35, 0.95) * top_width;
  const double height = random.uniform(3.0, std::min(9.0, top + 14.0));
  canvas.stroke(arc({-reach, top + 0.5}, {reach, top + 0.5}, height), strap,
                random.uniform(0.6, 1.1) * cloth.tone());
  canvas.fill(
      rounded(symmetric(
                  {{top_width, top}, {bottom_width, 0.5 * (top + bottom)}, {bottom_width, bottom}}),
              random.integer(0, 2)),
      cloth);
  if (random.coin()) {  // a flap with its clasp
    const double flap = top + random.uniform(0.3, 0.6) * (bottom - top);
    canvas.fill(
        symmetric({{top_width - 0.3, top + 0.3}, {top_width - 0.8, flap - 1.0}, {0.5, flap}}),
        cloth.shaded(random.uniform(0.7, 1.2)));
    const double clasp = random.uniform(0.5, 1.1);
    canvas.disc({0.0, flap - 0.5}, clasp, random.uniform(0.1, 1.0));
  } else {  // a zip
    canvas.stroke({{-top_width + 1.0, top + 1.2}, {top_width - 1.0, top + 1.2}}, 0.7,
                  random.uniform(0.4, 0.8) * cloth.tone());
  }
}

}  // namespace pset3::worlds
