#include <algorithm>
#include <cmath>

#include "grader/worlds/garment_shapes.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector2d;

/// Where a shoe stands: the toe's and the heel's x, the ground's y, and how much the heel lifts.
struct Last {
  double toe = -12.5;
  double heel = 12.0;
  double ground = 7.0;
  double lift = 0.0;

  double length() const { return heel - toe; }
  /// The point of the sole at a share of the way from toe to heel, `above` it.
  Vector2d at(double share, double above = 0.0) const {
    const double rise = lift / (1.0 + std::exp(-12.0 * (share - 0.5)));
    return {toe + share * length(), ground - rise - above};
  }
};

Last random_last(Random& random, double lift) {
  Last last;
  last.toe = random.uniform(-13.3, -11.5);
  last.heel = random.uniform(10.8, 13.2);
  last.ground = random.uniform(5.0, 8.5);
  last.lift = lift;
  return last;
}

void draw_sole(Canvas& canvas, const Last& last, double thickness, double tone) {
  Outline path;
  for (int i = 0; i <= 8; ++i) path.push_back(last.at(i / 8.0, 0.5 * thickness));
  canvas.stroke(path, thickness, tone);
}

/// What stands under a lifted heel: a wedge or a thin heel.
void draw_heel(Canvas& canvas, const Last& last, double width, double tone) {
  const double low = last.ground + 0.4;
  canvas.fill({last.at(1.0 - width),
               last.at(1.0),
               {last.heel, low},
               {last.heel - std::min(0.6 * width, 0.12) * last.length(), low}},
              tone);
}

}  // namespace

void draw_sandal(Canvas& canvas, Random& random) {
  const double lift = random.coin() ? random.uniform(0.0, 1.2) : random.uniform(3.0, 8.0);
  Last last = random_last(random, lift);
  last.ground += 0.35 * lift;
  const double tone = random.uniform(0.45, 1.0);
  const double sole = random.uniform(1.0, 2.2);
  if (lift > 2.0) draw_heel(canvas, last, random.uniform(0.08, 0.45), 0.85 * tone);
  draw_sole(canvas, last, sole, random.uniform(0.7, 1.0) * tone);
  const int straps = random.integer(2, 4);
  for (int i = 0; i < straps; ++i) {
    const double share = random.uniform(0.05, 0.25) + 0.4 * i / straps;
    const double height = random.uniform(2.2, 4.5) + 5.0 * share;
    const double reach = random.uniform(0.2, 0.35);
    const double width = random.uniform(0.7, 1.7);
    canvas.stroke(
        {last.at(share, sole), last.at(share + 0.12, height), last.at(share + reach, sole)}, width,
        random.uniform(0.8, 1.0) * tone);
  }
  if (random.uniform(0.0, 1.0) < 0.7) {  // around the ankle
    const double height = random.uniform(5.0, 8.5);
    const double width = random.uniform(0.7, 1.4);
    canvas.stroke({last.at(0.96, sole), last.at(0.97, height)}, width, tone);
    canvas.stroke({last.at(0.97, height), last.at(0.62, height + random.uniform(-2.0, 1.0))}, width,
                  tone);
  }
}

void draw_sneaker(Canvas& canvas, Random& random) {
  const Last last = random_last(random, random.uniform(0.0, 0.6));
  const double sole = random.uniform(1.2, 2.6);
  const double toe = sole + random.uniform(1.8, 3.2);
  const double instep = sole + random.uniform(4.5, 6.5);
  const double collar = sole + random.uniform(6.0, 8.2);
  const Cloth cloth(random, 0.2);
  const Outline upper =
      rounded({last.at(0.0, 0.4), last.at(0.01, toe), last.at(0.22, toe + 1.0),
               last.at(0.42, instep), last.at(0.58, collar + 0.4), last.at(0.72, collar - 1.4),
               last.at(0.92, collar), last.at(1.0, collar), last.at(1.0, 0.4)});
  canvas.fill(upper, cloth);
  draw_sole(canvas, last, sole, random.coin() ? random.uniform(0.75, 1.0) : 0.5 * cloth.tone());
  const double lace = cloth.tone() > 0.6 ? 0.4 * cloth.tone() : 0.95;
  const int laces = random.integer(2, 4);
  for (int i = 0; i < laces; ++i) {
    const double share = 0.3 + 0.22 * i / laces;
    const double height = toe + 1.0 + (instep - toe) * (share - 0.22) / 0.2;
    canvas.stroke({last.at(share, height), last.at(share + 0.1, height - 1.8)}, 0.7, lace);
  }
  if (random.coin()) {  // a stripe on the side
    canvas.stroke({last.at(0.5, sole + 0.8), last.at(0.66, sole + 2.2), last.at(0.85, sole + 4.0)},
                  random.uniform(0.8, 1.6), lace);
  }
}

void draw_ankle_boot(Canvas& canvas, Random& random) {
  const double lift = random.coin() ? random.uniform(0.0, 1.0) : random.uniform(1.5, 5.0);
  Last last = random_last(random, lift);
  last.toe = random.uniform(-13.0, -9.5);
  last.heel = random.uniform(8.0, 12.0);
  last.ground = random.uniform(9.5, 12.0);
  const double toe = random.uniform(3.0, 5.0);
  const double shaft = random.uniform(13.5, 20.0) - lift;
  const double front = random.uniform(0.42, 0.56);
  const double ankle = random.uniform(7.0, 9.0);
  const Cloth cloth(random, 0.1);
  if (lift > 1.2) draw_heel(canvas, last, random.uniform(0.12, 0.35), 0.7 * cloth.tone());
  canvas.fill(rounded({last.at(0.0, 0.2), last.at(0.0, toe), last.at(0.25, toe + 0.8),
                       last.at(front, ankle), last.at(front - random.uniform(-0.04, 0.05), shaft),
                       last.at(1.0, shaft + random.uniform(-0.8, 0.8)), last.at(1.0, shaft),
                       last.at(0.96, 0.5 * shaft), last.at(1.0, 0.2)},
                      1),
              cloth);
  const double sole = random.uniform(0.8, 2.0);
  draw_sole(canvas, last, sole, random.uniform(0.4, 1.1) * cloth.tone());
  if (random.coin()) {  // elastic at the ankle
    canvas.fill({last.at(0.68, 0.5 * shaft), last.at(0.64, shaft - 1.0), last.at(0.86, shaft - 1.0),
                 last.at(0.82, 0.5 * shaft)},
                0.65 * cloth.tone());
  } else {  // laces
    for (int i = 0; i < 4; ++i) {
      const double height = ankle + (shaft - ankle) * (i + 0.3) / 4.5;
      canvas.stroke({last.at(front, height), last.at(front + 0.13, height + 0.4)}, 0.6,
                    cloth.tone() > 0.6 ? 0.5 * cloth.tone() : 0.9);
    }
  }
}

}  // namespace pset3::worlds
