#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "grader/worlds/canvas.hpp"
#include "grader/worlds/random.hpp"

/// How garments are cut. Units: pixels of a picture of 28x28, the middle at (0, 0), y down.
namespace pset3::worlds {

/// What the cloth looks like at a place: a base tone with stripes, checks or print, and folds.
class Cloth {
 public:
  /// @param patterned  how often, 0 to 1, there is a pattern.
  Cloth(Random& random, double patterned);
  double operator()(const Eigen::Vector2d& place) const;
  /// The same cloth in another light, e.g. of a sleeve that lies behind.
  Cloth shaded(double factor) const;
  double tone() const { return tone_; }

 private:
  enum class Pattern { kPlain, kAcross, kAlong, kChecked, kSpeckled };
  double pattern_at(const Eigen::Vector2d& place) const;

  Pattern pattern_ = Pattern::kPlain;
  double tone_;
  double contrast_ = 0.0;  ///< of the pattern, of the tone
  double period_ = 4.0;
  double phase_ = 0.0;
  double folds_ = 0.1;  ///< of the tone
  std::uint64_t seed_;
};

void draw_t_shirt(Canvas& canvas, Random& random);
void draw_pullover(Canvas& canvas, Random& random);
void draw_dress(Canvas& canvas, Random& random);
void draw_coat(Canvas& canvas, Random& random);
void draw_shirt(Canvas& canvas, Random& random);

void draw_trouser(Canvas& canvas, Random& random);
void draw_bag(Canvas& canvas, Random& random);

void draw_sandal(Canvas& canvas, Random& random);
void draw_sneaker(Canvas& canvas, Random& random);
void draw_ankle_boot(Canvas& canvas, Random& random);

}  // namespace pset3::worlds
