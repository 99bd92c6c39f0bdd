#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/judge/p3_supervised_depth/comparing.hpp"
#include "grader/judge/p3_supervised_depth/parts.hpp"

namespace pset3::judge {
namespace {

/// Sums of floats through some twenty layers, in another order on another processor.
constexpr double kRelative = 1e-3;

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

}  // namespace

CaseFinding judge_pieces(const CaseView& view) {
  const std::string expected =
      "a model whose registered modules are the encoder that it was given and a decoder";
  const auto encoder = get(view.outputs, "encoder_registered").item<std::int64_t>();
  const bool decoder = get(view.outputs, "decoder_registered").item<bool>();
  const std::string got =
      fmt::format("{} and {} decoder", encoder_text(encoder), decoder ? "a" : "no");
  return encoder == 2 && decoder ? passed(expected, got) : failed(expected, got);
}

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
  return passed(expected, "the same");
}

CaseFinding judge_depths(const CaseView& view) {
  const std::string expected = "with given weights, the depth of each pixel";
  if (get(view.outputs, "encoder_registered").item<std::int64_t>() != 2 ||
      !get(view.outputs, "decoder_registered").item<bool>()) {
    return blocked("p3.b.pieces", expected, "a model whose weights cannot be set");
  }
  return compare_values(view, "output", expected, numbers(get(view.expected, "output")),
                        {depth_shape(view)}, kRelative);
}

CaseFinding judge_model_gradients(const CaseView& view) {
  const std::string expected = "gradients that reach the weights of encoder and decoder";
  for (const std::string piece : {"decoder", "encoder"}) {
    const double got = get(view.outputs, piece).item<double>();
    if (!(got > 0.0)) return failed(expected, "none that reach the " + piece);
  }
  return passed(expected, "the same");
}

CaseFinding judge_model(const CaseView& view) {
  if (view.outputs.count("shapes") != 0) return judge_depth_sizes(view);
  if (view.outputs.count("output") == 0) return judge_model_gradients(view);
  const CaseFinding pieces = judge_pieces(view);
  return pieces.verdict == Verdict::kPassed ? judge_depths(view) : pieces;
}

}  // namespace pset3::judge
