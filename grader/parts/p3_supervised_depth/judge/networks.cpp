#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p3_supervised_depth/judge/checks.hpp"
#include "grader/parts/p3_supervised_depth/judge/closeness.hpp"

namespace pset3::judge::p3 {
namespace {

/// Sums of floats through some twenty layers, in another order on another processor.
constexpr double kRelativeOfNetworks = 1e-3;

std::string encoder_text(std::int64_t kind) {
  if (kind == 0) return "no encoder";
  return kind == 1 ? "an encoder of its own instead of the one that it was given"
                   : "the encoder that it was given";
}

/// (B, 1, H, W) of what the network was shown.
std::vector<std::int64_t> depth_shape(const CaseView& view) {
  std::vector<std::int64_t> shape = get(view.inputs, "images").shape();
  shape[1] = 1;
  return shape;
}

/// The decoder's own map: every second row and column of the right answer.
std::vector<double> not_enlarged(const std::vector<double>& wanted,
                                 const std::vector<std::int64_t>& shape) {
  std::vector<double> small;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i) / shape[3];
    const auto column = static_cast<std::int64_t>(i) % shape[3];
    if (row % shape[2] % 2 == 0 && column % 2 == 0) small.push_back(wanted[i]);
  }
  return small;
}

/// The decoder's own map with each pixel four times, also where a side is odd.
std::vector<double> doubled(const std::vector<double>& small,
                            const std::vector<std::int64_t>& half) {
  std::vector<double> large;
  for (std::int64_t row = 0; row < half[0] * 2 * half[2]; ++row) {
    for (std::int64_t column = 0; column < 2 * half[3]; ++column) {
      large.push_back(small[static_cast<std::size_t>(row / 2 * half[3] + column / 2)]);
    }
  }
  return large;
}

/// Compares what came out with the right depths. Maps that stayed half as large, or became twice as
/// large as that where a side is odd, are judged by p3.depth_sizes: here it counts what is in them.
CaseFinding compare_depths(const CaseView& view, const std::string& expected) {
  const std::vector<std::int64_t> shape = depth_shape(view);
  const std::vector<std::int64_t> half = {shape[0], 1, (shape[2] + 1) / 2, (shape[3] + 1) / 2};
  const std::vector<double> wanted = numbers(get(view.expected, "output"));
  const std::vector<double> small = not_enlarged(wanted, shape);
  const CaseFinding right =
      compare_values(view, "output", expected, wanted, {shape}, kRelativeOfNetworks);
  if (right.verdict == Verdict::kPassed) return right;
  const std::vector<std::int64_t> twice = {shape[0], 1, 2 * half[2], 2 * half[3]};
  for (const CaseFinding& other :
       {compare_values(view, "output", expected, small, {half}, kRelativeOfNetworks),
        compare_values(view, "output", expected, doubled(small, half), {twice},
                       kRelativeOfNetworks)}) {
    if (other.verdict == Verdict::kPassed) return other;
  }
  return right;
}

}  // namespace

CaseFinding judge_pieces(const CaseView& view) {
  const std::string expected =
      "a model whose registered modules are the encoder that it was given, as it was, and a "
      "decoder";
  const auto encoder = get(view.outputs, "encoder_registered").item<std::int64_t>();
  const bool decoder = get(view.outputs, "decoder_registered").item<bool>();
  const std::string got =
      fmt::format("{} and {} decoder", encoder_text(encoder), decoder ? "a" : "no");
  if (encoder != 2 || !decoder) return failed(expected, got);
  if (!get(view.outputs, "encoder_stayed").item<bool>()) {
    return failed(expected, "an encoder that got new weights");
  }
  if (get(view.outputs, "encoder_mode_stays").item<bool>()) return passed(expected, got);
  return failed("an encoder that stays in the mode in which it was given",
                "another mode after forward()",
                "The encoder was put into evaluation mode and the model into training mode, or "
                "the other way round, before forward() was called.");
}

/// What the depths of a network come from, and what is said of those that do not.
constexpr std::array<std::pair<const char*, const char*>, 3> kSources = {{
    {"repeats", "other depths when the same images come again"},
    {"sees_images", "the same depths for different images"},
    {"sees_weights", "the same depths with different weights"},
}};

CaseFinding judge_depth_sizes(const CaseView& view) {
  const std::vector<std::int64_t> sizes = whole_numbers(get(view.inputs, "sizes"));
  const std::vector<std::int64_t> rows = whole_numbers(get(view.outputs, "shapes"));
  const std::string expected = "depth maps as large as the images, also where a side is odd";
  for (std::size_t i = 0; 2 * i < sizes.size(); ++i) {
    const std::vector<std::int64_t> wanted = {2, 1, sizes[2 * i], sizes[2 * i + 1]};
    const auto row = rows.begin() + static_cast<std::ptrdiff_t>(5 * i);
    if (*row == 4 && std::vector<std::int64_t>(row + 1, row + 5) == wanted) continue;
    const std::string got =
        *row == 4 ? shape_text({row + 1, row + 5}) : fmt::format("{} dimensions", *row);
    return failed(expected, got,
                  fmt::format("images of {} x {}: expected {}, got {}", sizes[2 * i],
                              sizes[2 * i + 1], shape_text(wanted), got));
  }
  for (const auto& [name, got] : kSources) {
    if (!get(view.outputs, name).item<bool>()) return failed("depths of the given images", got);
  }
  return passed(expected, "the same");
}

CaseFinding judge_depths(const CaseView& view) {
  const std::string expected = "with given weights, the depth of each pixel";
  if (get(view.outputs, "encoder_registered").item<std::int64_t>() != 2 ||
      !get(view.outputs, "decoder_registered").item<bool>()) {
    return blocked("p3.b.pieces", expected, "a model whose weights cannot be set");
  }
  if (!get(view.outputs, "mode_stays").item<bool>()) {
    return failed("a model in the mode that it was in", "evaluation mode after forward()");
  }
  return compare_depths(view, expected);
}

CaseFinding judge_model_gradients(const CaseView& view) {
  // Where rounding turns a ReLU on or off, a gradient of some hundred thousand changes.
  constexpr double kOfSum = 2e-3;
  const std::string expected = "gradients that reach all weights of encoder and decoder";
  for (const std::string piece : {"decoder", "encoder"}) {
    const double got = get(view.outputs, piece).item<double>();
    if (!(got > 0.0)) return failed(expected, "none that reach the " + piece);
  }
  // Another network has other gradients, and so has a map that is not enlarged: that is judged by
  // p3.depths and p3.depth_sizes.
  if (whole_numbers(get(view.outputs, "output_shape")) != depth_shape(view) ||
      compare_depths(view, expected).verdict != Verdict::kPassed) {
    return passed(expected, "some");
  }
  for (const std::string piece : {"decoder", "encoder"}) {
    const double got = get(view.outputs, piece).item<double>();
    const double wanted = get(view.expected, piece).item<double>();
    if (std::abs(got - wanted) <= kOfSum * wanted) continue;
    return failed(expected, fmt::format("{:.3g} of what should reach the {}", got / wanted, piece),
                  fmt::format("the sum of the gradients' magnitudes in the {}: expected {:.6g}, "
                              "got {:.6g}",
                              piece, wanted, got));
  }
  return passed(expected, "the same");
}

CaseFinding judge_model(const CaseView& view) {
  if (view.outputs.count("shapes") != 0) return judge_depth_sizes(view);
  if (view.outputs.count("encoder_stayed") != 0) return judge_pieces(view);
  if (view.outputs.count("encoder_registered") == 0) return judge_model_gradients(view);
  return judge_depths(view);
}

}  // namespace pset3::judge::p3
