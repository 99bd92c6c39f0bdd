#include <algorithm>
#include <cmath>

#include "grader/worlds/garment_shapes.hpp"

namespace pset3::worlds {
namespace {

using Eigen::Vector2d;

/// The cut of what is worn above: half widths and heights.
struct Top {
  double neck = 2.5;
  double neck_depth = 1.5;
  double shoulder = 5.5;
  double slope = 1.5;  ///< from the neck down to the shoulder
  double chest = 6.0;
  double waist = 5.8;
  double hem = 6.2;
  double top = -12.0;
  double armpit = -5.0;
  double middle = 2.0;
  double bottom = 12.0;
  double sleeve_length = 0.0;
  double sleeve_angle = 1.0;  ///< below the horizontal
  double sleeve_width = 4.0;  ///< where it ends
  bool v_neck = false;
};

struct Sleeve {
  Outline outline;
  Vector2d hand;
};

Sleeve right_sleeve(const Top& cut) {
  const Vector2d shoulder(cut.shoulder, cut.top + cut.slope);
  const Vector2d armpit(cut.chest, cut.armpit);
  const Vector2d along(std::cos(cut.sleeve_angle), std::sin(cut.sleeve_angle));
  const Vector2d across(-along.y(), along.x());
  const Vector2d hand = 0.7 * shoulder + 0.3 * armpit + cut.sleeve_length * along;
  const Vector2d inner = armpit + Vector2d(-0.5, 1.0);
  return {{shoulder - Vector2d(0.8, 0.2), shoulder + 0.25 * cut.sleeve_length * along,
           hand - 0.5 * cut.sleeve_width * across, hand + 0.5 * cut.sleeve_width * across, inner,
           armpit - Vector2d(2.0, 0.0)},
          hand};
}

Outline body_of(const Top& cut) {
  return symmetric({{cut.neck, cut.top},
                    {cut.shoulder, cut.top + cut.slope},
                    {cut.chest, cut.armpit},
                    {cut.waist, cut.middle},
                    {cut.hem, cut.bottom}});
}

void cut_neck(Canvas& canvas, const Top& cut, double tone) {
  const double depth = cut.top + cut.neck_depth;
  Outline half = {{cut.neck, cut.top - 1.0}, {cut.neck, cut.top}};
  if (!cut.v_neck) half.emplace_back(0.75 * cut.neck, depth - 0.3 * cut.neck_depth);
  half.emplace_back(cut.v_neck ? 0.1 : 0.35 * cut.neck, depth);
  canvas.fill(symmetric(half), tone);
}

void draw_sleeves(Canvas& canvas, const Top& cut, const Cloth& cloth) {
  const Sleeve sleeve = right_sleeve(cut);
  canvas.fill(sleeve.outline, cloth.shaded(0.93));
  canvas.fill(mirrored(sleeve.outline), cloth.shaded(0.85));
}

void draw_cuffs(Canvas& canvas, const Top& cut, double tone) {
  const Sleeve sleeve = right_sleeve(cut);
  const Outline cuff = {sleeve.outline[2], sleeve.outline[3]};
  canvas.stroke(cuff, 1.2, tone);
  canvas.stroke(mirrored(cuff), 1.2, tone);
}

/// Sleeves, then the body over them, then the neck.
void draw_top(Canvas& canvas, const Top& cut, const Cloth& cloth, double neck_tone) {
  if (cut.sleeve_length > 0.0) draw_sleeves(canvas, cut, cloth);
  canvas.fill(body_of(cut), cloth);
  if (cut.sleeve_length > 0.0) {
    // The seams, where light hardly gets.
    const Outline seam = {{cut.shoulder - 0.7, cut.top + cut.slope}, {cut.chest - 0.3, cut.armpit}};
    canvas.stroke(seam, 0.35, 0.75 * cloth.tone());
    canvas.stroke(mirrored(seam), 0.35, 0.75 * cloth.tone());
  }
  cut_neck(canvas, cut, neck_tone);
}

Top random_top(Random& random) {
  Top cut;
  cut.neck = random.uniform(1.8, 3.2);
  cut.neck_depth = random.uniform(0.8, 2.6);
  cut.shoulder = random.uniform(5.2, 6.6);
  cut.slope = random.uniform(0.8, 2.2);
  cut.chest = random.uniform(5.6, 7.2);
  cut.waist = cut.chest + random.uniform(-1.2, 0.4);
  cut.hem = cut.waist + random.uniform(-0.2, 1.0);
  cut.top = random.uniform(-12.8, -11.6);
  cut.armpit = random.uniform(-6.2, -4.2);
  cut.bottom = random.uniform(10.5, 12.8);
  cut.v_neck = random.uniform(0.0, 1.0) < 0.3;
  return cut;
}

void short_sleeves(Top& cut, Random& random) {
  cut.sleeve_length = random.uniform(4.2, 7.5);
  cut.sleeve_angle = random.uniform(0.55, 1.1);
  cut.sleeve_width = random.uniform(3.2, 5.0);
}

/// Sleeves that hang beside the body, and a body that leaves room for them.
void long_sleeves(Top& cut, Random& random) {
  cut.chest = std::min(cut.chest, random.uniform(5.4, 6.6));
  cut.waist = std::min(cut.waist, cut.chest - random.uniform(0.0, 0.6));
  cut.hem = std::min(cut.hem, cut.waist + random.uniform(-0.2, 0.6));
  cut.sleeve_length = random.uniform(15.0, 20.5);
  cut.sleeve_angle = random.uniform(1.18, 1.36);
  cut.sleeve_width = random.uniform(2.4, 3.6);
}

void draw_buttons(Canvas& canvas, double top, double bottom, int count, double tone) {
  for (int i = 0; i < count; ++i) {
    canvas.disc({0.4, top + (bottom - top) * (i + 0.5) / count}, 0.45, tone);
  }
}

void draw_collar(Canvas& canvas, const Top& cut, double width, double length, double tone) {
  const Outline wing = {{cut.neck - 0.2, cut.top - 0.5},
                        {cut.neck + width, cut.top + 0.6},
                        {0.55 * cut.neck + 0.4, cut.top + length},
                        {0.1, cut.top + 0.6 * length}};
  canvas.fill(wing, tone);
  canvas.fill(mirrored(wing), 0.92 * tone);
}

/// A tone that can be told from the cloth's: darker on bright cloth, brighter on dark.
double contrasting(const Cloth& cloth, double by) {
  return cloth.tone() > 0.5 ? cloth.tone() - by : cloth.tone() + by;
}

}  // namespace

void draw_t_shirt(Canvas& canvas, Random& random) {
  Top cut = random_top(random);
  short_sleeves(cut, random);
  const Cloth cloth(random, 0.25);
  draw_top(canvas, cut, cloth, random.coin() ? 0.0 : 0.3 * cloth.tone());
  if (random.uniform(0.0, 1.0) > 0.35) return;
  const double width = random.uniform(1.0, 3.5);
  const double height = random.uniform(1.0, 3.5);
  const double y = random.uniform(-4.0, 0.0);
  canvas.fill(symmetric({{width, y - height}, {width, y + height}}),
              contrasting(cloth, random.uniform(0.15, 0.45)));
}

void draw_pullover(Canvas& canvas, Random& random) {
  Top cut = random_top(random);
  cut.neck_depth = random.uniform(0.5, 1.8);
  long_sleeves(cut, random);
  const Cloth cloth(random, 0.35);
  draw_top(canvas, cut, cloth, 0.35 * cloth.tone());
  const double rib = random.uniform(0.72, 0.95) * cloth.tone();
  draw_cuffs(canvas, cut, rib);
  canvas.stroke({{-cut.hem + 0.6, cut.bottom - 0.6}, {cut.hem - 0.6, cut.bottom - 0.6}}, 1.2, rib);
  if (random.uniform(0.0, 1.0) < 0.35) {  // turtleneck or hood
    canvas.fill(rounded(symmetric({{cut.neck, cut.top - random.uniform(0.5, 1.5)},
                                   {cut.neck + 0.6, cut.top + 1.8}})),
                rib);
  }
}

void draw_dress(Canvas& canvas, Random& random) {
  Top cut = random_top(random);
  cut.neck = random.uniform(1.4, 2.6);
  cut.neck_depth = random.uniform(1.0, 4.0);
  cut.shoulder = random.uniform(2.6, 4.4);
  cut.chest = random.uniform(3.0, 4.6);
  cut.armpit = random.uniform(-8.5, -6.5);
  cut.middle = random.uniform(-4.0, 0.0);
  cut.waist = cut.chest - random.uniform(0.1, 1.2);
  cut.hem = random.uniform(3.4, 8.0);
  cut.top = -13.0;
  cut.bottom = 13.0;
  const double sleeves = random.uniform(0.0, 1.0);
  if (sleeves < 0.25) short_sleeves(cut, random);
  if (sleeves > 0.75) {
    cut.sleeve_length = random.uniform(11.0, 16.0);
    cut.sleeve_angle = random.uniform(1.1, 1.35);
    cut.sleeve_width = random.uniform(1.6, 2.6);
  }
  const Cloth cloth(random, 0.35);
  draw_top(canvas, cut, cloth, 0.0);
  if (random.coin()) {
    canvas.stroke({{-cut.waist, cut.middle}, {cut.waist, cut.middle}}, random.uniform(0.6, 1.4),
                  contrasting(cloth, 0.2));
  }
}

void draw_coat(Canvas& canvas, Random& random) {
  Top cut = random_top(random);
  long_sleeves(cut, random);
  cut.hem += random.uniform(0.0, 0.9);
  cut.top = random.uniform(-13.2, -12.4);
  cut.bottom = random.uniform(12.0, 13.4);
  const Cloth cloth(random, 0.2);
  draw_top(canvas, cut, cloth, 0.25 * cloth.tone());
  draw_cuffs(canvas, cut, 0.8 * cloth.tone());
  const double opening = cut.top + random.uniform(3.0, 8.0);
  canvas.fill(symmetric({{0.9 * cut.neck, cut.top}, {0.1, opening}}), random.uniform(0.1, 0.8));
  const double collar = random.uniform(0.8, 2.0);
  draw_collar(canvas, cut, collar, opening - cut.top - 0.5,
              random.uniform(0.8, 1.15) * cloth.tone());
  const double slit = random.uniform(0.4, 0.9);
  canvas.stroke({{0.0, opening}, {0.0, cut.bottom}}, slit, random.uniform(0.3, 0.7) * cloth.tone());
  if (random.coin()) draw_buttons(canvas, opening, 8.0, 4, contrasting(cloth, 0.35));
  if (random.coin()) {
    const double y = random.uniform(3.0, 6.0);
    const Outline pocket = {{1.8, y}, {cut.waist - 1.0, y + 0.6}};
    canvas.stroke(pocket, 0.6, 0.7 * cloth.tone());
    canvas.stroke(mirrored(pocket), 0.6, 0.7 * cloth.tone());
  }
}

void draw_shirt(Canvas& canvas, Random& random) {
  Top cut = random_top(random);
  cut.v_neck = true;
  const bool has_long_sleeves = random.uniform(0.0, 1.0) < 0.6;
  if (has_long_sleeves) {
    long_sleeves(cut, random);
  } else {
    short_sleeves(cut, random);
  }
  const Cloth cloth(random, 0.55);
  draw_top(canvas, cut, cloth, 0.3 * cloth.tone());
  if (has_long_sleeves) draw_cuffs(canvas, cut, 0.9 * cloth.tone());
  const double opening = cut.top + cut.neck_depth;
  // Some show their buttons badly.
  const double strength = random.uniform(0.08, 0.4);
  const double collar = random.uniform(0.4, 1.0);
  draw_collar(canvas, cut, collar, random.uniform(2.0, 3.4), contrasting(cloth, 0.4 * strength));
  canvas.stroke({{0.0, opening}, {0.0, cut.bottom - 0.5}}, 0.5, contrasting(cloth, 0.5 * strength));
  draw_buttons(canvas, opening, cut.bottom - 1.0, random.integer(4, 6),
               contrasting(cloth, strength));
}

}  // namespace pset3::worlds
