#include "starter/p4_unsupervised_depth/exercise/views.hpp"

#include <torch/torch.h>

#include "starter/common/exercise/ask.hpp"
#include "starter/p4_unsupervised_depth/exercise/tensors.hpp"
#include "starter/p4_unsupervised_depth/flip.hpp"
#include "starter/p4_unsupervised_depth/sampling.hpp"

namespace pset3::stereo {
namespace {

using Generate = torch::Tensor (*)(const torch::Tensor&, const torch::Tensor&);

/// @returns (1, 3, H, W) float in 0..1.
torch::Tensor tensor_of(const ColourPicture& picture) {
  return bytes_of(picture).unsqueeze(0).to(torch::kFloat) / 255.0;
}

torch::Tensor checked(const torch::Tensor& made, const torch::Tensor& like, const char* question,
                      const std::string& function) {
  if (!made.defined() || made.sizes() != like.sizes() || !made.is_floating_point()) {
    throw Unanswered(question, function + " returned " + shape_of(made) + "; expected " +
                                   shape_of(like) + " of float");
  }
  if (made.isfinite().all().item<bool>()) return made;
  throw Unanswered(question, function + " returned values that are not finite");
}

/// (1, 1, H, W): mean over the colours.
torch::Tensor difference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a - b).abs().mean(1, true);
}

/// What a view is made with.
struct Making {
  const char* view;
  const char* function;
  Generate generate;
  double step;  ///< from a point to where the other view has it: −1 or +1 disparities
};

MadeView make(const Making& how, const torch::Tensor& view, const torch::Tensor& other,
              const torch::Tensor& shares) {
  const auto generate = [&](const torch::Tensor& disparity) {
    return ask("c", how.function, [&] {
      // A copy each time: one that changes its argument is found out by ./pset3 check.
      return checked(how.generate(other.clone(), disparity.clone()), view, "c", how.function);
    });
  };
  const torch::Tensor made = generate(shares);
  const torch::Tensor opposite = generate(-shares);
  const std::int64_t width = view.size(3);
  const torch::Tensor places = torch::arange(width, torch::kFloat) + how.step * shares * width;
  const torch::Tensor compared =
      (shares > 0).logical_and(places >= 0).logical_and(places <= width - 1);
  MadeView result;
  result.view = how.view;
  result.made = picture_of(made[0]);
  result.made_with_wrong_sign = picture_of(opposite[0]);
  result.disparity_px = floats_of(shares * width);
  const torch::Tensor flags = compared.to(torch::kUInt8).contiguous();
  result.is_compared.assign(flags.data_ptr<std::uint8_t>(),
                            flags.data_ptr<std::uint8_t>() + flags.numel());
  result.pixels = compared.sum().item<std::int64_t>();
  const auto measure = [&](const torch::Tensor& image, std::vector<float>& map, double& mean) {
    const torch::Tensor differences = difference(image, view);
    map = floats_of(differences);
    mean = differences.masked_select(compared).to(torch::kDouble).mean().item<double>();
  };
  measure(other, result.difference_before, result.before);
  measure(made, result.difference_after, result.after);
  measure(opposite, result.difference_wrong, result.wrong);
  return result;
}

}  // namespace

std::vector<NamedPicture> flip_pair(const PairPictures& pair) {
  const StereoPair views = {tensor_of(pair.left), tensor_of(pair.right)};
  const StereoPair flipped = ask("a", "StereoRandomFlip", [&] {
    StereoRandomFlip flip{Coin(1.0)};
    const StereoPair both = flip({views.left.clone(), views.right.clone()});
    checked(both.left, views.left, "a", "StereoRandomFlip");
    checked(both.right, views.right, "a", "StereoRandomFlip");
    return both;
  });
  return {{"flipped: left view", picture_of(flipped.left[0])},
          {"flipped: right view", picture_of(flipped.right[0])}};
}

std::vector<NamedPicture> shift_pair(const PairPictures& pair) {
  std::vector<NamedPicture> shifted;
  for (const bool is_left : {true, false}) {
    const torch::Tensor view = tensor_of(is_left ? pair.left : pair.right);
    for (const double disparity : {0.5, -0.5}) {
      const torch::Tensor half = torch::full({1, 1, view.size(2), view.size(3)}, disparity);
      const torch::Tensor moved = ask("b", "bilinear_sampler", [&] {
        return checked(bilinear_sampler(view.clone(), half), view, "b", "bilinear_sampler");
      });
      shifted.push_back({std::string(is_left ? "left" : "right") + " view, disparity " +
                             (disparity > 0 ? "+0.5" : "−0.5"),
                         picture_of(moved[0])});
    }
  }
  return shifted;
}

std::vector<MadeView> make_views(const PairPictures& pair) {
  const torch::Tensor left = tensor_of(pair.left);
  const torch::Tensor right = tensor_of(pair.right);
  std::vector<MadeView> made;
  const auto add = [&](const Making& how, const torch::Tensor& view, const torch::Tensor& other,
                       const std::optional<DisparityMap>& disparity) {
    if (!disparity) return;
    made.push_back(make(how, view, other, tensor_of(*disparity).unsqueeze(0)));
    if (made.back().pixels > 0) return;
    throw DataError(pair.name + ": " + how.view +
                    " view: expected true disparities that lead into the other view, found none. "
                    "Look at its disparity map, where 0 means not known, and at --per-pixel.");
  };
  add({"left", "generate_image_left", generate_image_left, -1.0}, left, right, pair.left_disparity);
  add({"right", "generate_image_right", generate_image_right, 1.0}, right, left,
      pair.right_disparity);
  return made;
}

}  // namespace pset3::stereo
