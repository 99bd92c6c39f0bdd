#include "grader/parts/p4_unsupervised_depth/judge/guesses.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pset3::judge::p4 {
namespace {

/// Ways to go wrong, each with the number that stands for it on both grids.
std::vector<std::vector<Guess>> guesses() {
  std::vector<std::vector<Guess>> all;
  const auto add = [&](Guess guess) {
    std::vector<Guess> on_both;
    for (const Grid grid : {Grid::kEdges, Grid::kCentres}) {
      guess.reading.made = guess.reading.looked_up = grid;
      on_both.push_back(guess);
    }
    all.push_back(std::move(on_both));
  };
  for (const double scale : {1.0, -1.0, 0.5, 2.0, -0.5, -2.0}) add({Reading{}.times(scale)});
  for (const Mixing mixing :
       {Mixing::kNearest, Mixing::kBefore, Mixing::kAfter, Mixing::kSharesSwapped}) {
    for (const double sign : {1.0, -1.0}) add({Reading{}.times(sign), mixing});
  }
  for (const Mover mover :
       {Mover::kFirstImage, Mover::kFirstRow, Mover::kMean, Mover::kNotNegative}) {
    add({Reading{}, Mixing::kLinear, mover});
  }
  add({Reading{}, Mixing::kLinear, Mover::kOwn, true, false});
  add({Reading{}, Mixing::kLinear, Mover::kOwn, false, true});
  for (const double scale : {1.0, -1.0, 0.5, 2.0}) {
    all.push_back({{{Grid::kCentres, Grid::kEdges, scale}}});
    all.push_back({{{Grid::kEdges, Grid::kCentres, scale}}});
  }
  add({Reading{}, Mixing::kLinear, Mover::kMirrored});
  for (const double sign : {1.0, -1.0}) {
    add({Reading{}.times(sign), Mixing::kLinear, Mover::kCallBefore});
  }
  // After the others, since all that is right is right for small disparities too.
  add({Reading{}, Mixing::kLinear, Mover::kOwn, false, false, true});
  add({Reading{}, Mixing::kLinear, Mover::kAtMost});
  add({Reading{}, Mixing::kLinear, Mover::kByWidth});
  return all;
}

Picture moved_by(const Picture& disparity, Mover mover) {
  Picture result = disparity;
  const std::size_t plane = disparity.height * disparity.width;
  const double mean = std::accumulate(disparity.values.begin(), disparity.values.end(), 0.0) /
                      static_cast<double>(disparity.values.size());
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    if (mover == Mover::kFirstImage) result.values[i] = disparity.values[i % plane];
    if (mover == Mover::kFirstRow) {
      result.values[i] = disparity.values[i / plane * plane + i % disparity.width];
    }
    if (mover == Mover::kMirrored) {
      const std::size_t x = i % disparity.width;
      result.values[i] = disparity.values[i - x + disparity.width - 1 - x];
    }
    if (mover == Mover::kAtMost) {  // what the network of Godard et al. can predict
      result.values[i] = std::clamp(disparity.values[i], -0.3, 0.3);
    }
    if (mover == Mover::kByWidth) {
      result.values[i] = disparity.values[i] / static_cast<double>(disparity.width);
    }
    if (mover == Mover::kCallBefore) result.values[i] = 0.125;  // what the adapter takes
    if (mover == Mover::kMean) result.values[i] = mean;
    if (mover == Mover::kNotNegative) result.values[i] = std::max(0.0, disparity.values[i]);
  }
  return result;
}

void mix(Mixing mixing, Between& columns) {
  if (mixing == Mixing::kNearest) columns.share = std::round(columns.share);
  if (mixing == Mixing::kBefore) columns.share = 0.0;
  if (mixing == Mixing::kAfter) columns.share = 1.0;
  if (mixing == Mixing::kSharesSwapped) columns.share = 1.0 - columns.share;
}

/// Lets a value come from another plane of the picture.
void take_plane(const Guess& guess, const Picture& picture, Sample& sample) {
  const std::size_t plane = picture.height * picture.width;
  const std::size_t number = sample.plane / plane;
  if (guess.of_first_image) sample.plane = number % picture.channels * plane;
  if (guess.of_first_channel) sample.plane = number / picture.channels * picture.channels * plane;
}

bool explains(const Guess& guess, const Picture& picture, const Picture& disparity,
              const std::vector<float>& got) {
  constexpr double kBorderPx = 1.0;  // what is done at the border may reach so far
  constexpr double kRounding = 1e-4;
  std::vector<Sample> samples =
      samples_of(picture, moved_by(disparity, guess.mover), guess.reading, kBorderPx);
  for (Sample& sample : samples) {
    mix(guess.mixing, sample.columns);
    take_plane(guess, picture, sample);
  }
  const Picture wanted = sampled(picture, samples);
  constexpr double kSmall = 0.25;  // of the width
  const auto is_far = [&](const Sample& sample) {
    return std::abs(disparity.values[sample.disparity]) > kSmall;
  };
  std::size_t inside = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (guess.near_only && is_far(samples[i])) continue;
    const std::size_t y = i / picture.width % picture.height;
    if (!samples[i].is_inside || y == 0 || y + 1 == picture.height) continue;
    ++inside;
    if (!(std::abs(got[i] - wanted.values[i]) <= kRounding)) return false;
  }
  return 4 * inside >= got.size();
}

}  // namespace

std::optional<std::size_t> explaining_guess(const Picture& picture, const Picture& disparity,
                                            const std::vector<float>& got) {
  const std::vector<std::vector<Guess>> all = guesses();
  for (std::size_t number = 0; number < all.size(); ++number) {
    const bool fits = std::any_of(all[number].begin(), all[number].end(), [&](const Guess& guess) {
      return explains(guess, picture, disparity, got);
    });
    if (fits) return number;
  }
  return std::nullopt;
}

}  // namespace pset3::judge::p4
