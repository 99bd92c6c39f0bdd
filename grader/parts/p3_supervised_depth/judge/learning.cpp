#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p3_supervised_depth/judge/checks.hpp"
#include "grader/parts/p3_supervised_depth/judge/closeness.hpp"
#include "grader/parts/p3_supervised_depth/judge/maps.hpp"

namespace pset3::judge::p3 {
namespace {

CaseFinding at_least(const CaseView& view, const std::string& what, double value,
                     const std::string& detail) {
  const double threshold = view.check.tolerance.at("threshold");
  const std::string expected = fmt::format("{}: at least {:.3f}", what, threshold);
  const std::string got = fmt::format("{:.3f}", value);
  return value >= threshold ? passed(expected, got) : failed(expected, got, detail);
}

/// The mean squared difference of two rows of values.
double mean_square(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum / static_cast<double>(a.size());
}

std::vector<double> normalised_images(const arrays::Array& colours) {
  constexpr double kMean[] = {0.462, 0.467, 0.469};
  constexpr double kDeviation[] = {0.094, 0.096, 0.101};
  const auto pixels = static_cast<std::size_t>(colours.shape()[2] * colours.shape()[3]);
  std::vector<double> values;
  values.reserve(colours.element_count());
  for (std::size_t i = 0; i < colours.element_count(); ++i) {
    const std::size_t channel = i / pixels % 3;
    values.push_back((colours.data<std::uint8_t>()[i] / 255.0 - kMean[channel]) /
                     kDeviation[channel]);
  }
  return values;
}

/// Whether all images are painted alike when norm5 is.
bool tells_nothing_without_norm5(const CaseView& view) {
  constexpr double kRelative = 1e-4;
  const std::vector<double> blind = numbers(get(view.outputs, "blind"));
  const auto images = static_cast<std::size_t>(get(view.inputs, "unseen").shape()[0]);
  const std::size_t size = blind.size() / images;
  if (size == 0) return true;
  double largest = 0.0;
  for (const double value : numbers(get(view.outputs, "before"))) {
    largest = std::max(largest, std::abs(value));
  }
  for (std::size_t i = size; i < blind.size(); ++i) {
    if (!(std::abs(blind[i] - blind[i % size]) <= kRelative * largest)) return false;
  }
  return true;
}

/// Whether weights move although the learning rate lets them move by some billionths.
bool ignores_its_rate(const CaseView& view) {
  constexpr double kMost = 1e-5;  // float rounds weights of 1 to 1e-7; a default rate moves by 1e-3
  return get(view.outputs, "hardly_moved").item<double>() > kMost;
}

/// Whether pretraining teaches the first autoencoder of a program and no other one.
bool only_first_learns(const CaseView& view) {
  return get(view.outputs, "encoder_changed").item<std::int64_t>() > 0 &&
         !get(view.outputs, "another_learns").item<bool>();
}

/// Whether all images are painted alike, before and after pretraining.
bool paints_one_image(const CaseView& view) {
  const auto images = static_cast<std::size_t>(get(view.inputs, "unseen").shape()[0]);
  for (const char* name : {"before", "after"}) {
    const std::vector<double> painted = numbers(get(view.outputs, name));
    const std::size_t size = painted.size() / images;
    for (std::size_t i = size; i < painted.size(); ++i) {
      if (painted[i] != painted[i % size]) return false;
    }
  }
  return true;
}

/// Whether losses grow with the number of batches.
bool are_sums(const std::vector<double>& of_one, const std::vector<double>& of_three) {
  if (of_one.size() != 1 || of_three.size() != 1) return false;
  return std::abs(of_three[0] - of_one[0]) > 0.5 * std::abs(of_one[0]);
}

/// Whether the sum over a full batch and half of one, all of the same pictures, is divided by
/// another number than that of the batches.
bool are_of_full_batches(const std::vector<double>& of_one, const std::vector<double>& of_half) {
  if (of_one.size() != 1 || of_half.size() != 1 || of_one[0] == 0.0) return false;
  const double times = of_half[0] / of_one[0];
  // A loss may be the mean over a batch, or a sum: the full one is then twice the other.
  return std::abs(times - 1.0) > 0.2 && std::abs(times - 1.5) > 0.09;
}

/// Whether the loss of two batches that differ is not the mean of theirs.
bool is_of_one_batch(const std::vector<double>& weak, const std::vector<double>& strong,
                     const std::vector<double>& both) {
  if (weak.size() != 1 || strong.size() != 1 || both.size() != 1) return false;
  const double gap = std::abs(strong[0] - weak[0]);
  if (gap < 0.2 * std::max(std::abs(strong[0]), std::abs(weak[0]))) return false;
  return std::abs(both[0] - (weak[0] + strong[0]) / 2.0) > 0.35 * gap;
}

/// How a loss is told that is not the mean over all batches; nothing where it is.
std::optional<CaseFinding> finding_of_no_mean(const CaseView& view) {
  const std::vector<double> one = numbers(get(view.outputs, "losses_of_1"));
  const std::vector<double> three = numbers(get(view.outputs, "losses_of_3"));
  if (are_sums(one, three)) {
    return failed(
        "the mean of the batches' losses", "a loss that grows with their number",
        fmt::format("of one batch: {:.4g}; of the same one three times: {:.4g}", one[0], three[0]));
  }
  const std::vector<double> strong = numbers(get(view.outputs, "losses_of_strong"));
  const std::vector<double> both = numbers(get(view.outputs, "losses_of_both"));
  if (!one.empty() && one == three && one == strong) {
    return failed("losses of the loader's pictures", "the same losses whatever the pictures are");
  }
  if (is_of_one_batch(one, strong, both)) {
    return failed("the mean of the batches' losses",
                  "a loss in which some batches count more than others",
                  fmt::format("of one batch: {:.4g}; of another one: {:.4g}; of both: {:.4g}",
                              one[0], strong[0], both[0]));
  }
  const std::vector<double> half = numbers(get(view.outputs, "losses_of_half"));
  if (are_of_full_batches(one, half)) {
    return failed("the mean of the batches' losses, also of a last one that is not full",
                  "a sum that is not divided by the number of batches",
                  fmt::format("of one batch: {:.4g}; of a full one and a half, all of the same "
                              "pictures: {:.4g}",
                              one[0], half[0]));
  }
  return std::nullopt;
}

}  // namespace

double depth_skill(const CaseView& view) {
  std::vector<double> truth = numbers(get(view.inputs, "unseen_depths"));
  for (double& depth : truth) depth = (depth - kDepthMean) / kDepthDeviation;
  const std::vector<double> got = numbers(get(view.outputs, "predictions"));
  const double average = mean(truth);
  double error = 0.0;
  double error_of_average = 0.0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    error += std::abs(got[i] - truth[i]);
    error_of_average += std::abs(average - truth[i]);
  }
  return 1.0 - error / error_of_average;
}

double reconstruction_gain(const CaseView& view) {
  const std::vector<double> images = normalised_images(get(view.inputs, "unseen"));
  const std::vector<double> before = numbers(get(view.outputs, "before"));
  const std::vector<double> after = numbers(get(view.outputs, "after"));
  if (before.size() != images.size() || after.size() != images.size()) return 0.0;
  return 1.0 - mean_square(after, images) / mean_square(before, images);
}

/// Whether all depths are one: right solutions have slopes, however well they learnt.
Sketch sketch_depth_skill(const CaseView& view) {
  const std::vector<double> depths = numbers(get(view.outputs, "predictions"));
  const auto [low, high] = std::minmax_element(depths.begin(), depths.end());
  return {*high - *low < 1e-3 ? 1.0 : 0.0};
}

/// Whether nothing is painted: right solutions paint more than a tenth of the images' contrast.
Sketch sketch_reconstruction(const CaseView& view) {
  const std::vector<double> painted = numbers(get(view.outputs, "after"));
  // Images of another size have taught nothing: that is another mistake.
  if (painted.size() != get(view.inputs, "unseen").element_count()) return {0.0};
  const double brightness = mean_square(painted, std::vector<double>(painted.size(), 0.0));
  return {brightness < 0.01 ? 1.0 : 0.0};
}

/// What an autoencoder paints, by shape and by what that depends on.
Sketch sketch_autoencoder(const CaseView& view) {
  Sketch sketch;
  for (const char* name : {"before_shape", "other_shape"}) {
    const std::vector<std::int64_t> shape = whole_numbers(get(view.outputs, name));
    sketch.push_back(static_cast<double>(shape.size()));
    sketch.insert(sketch.end(), shape.begin(), shape.end());
  }
  const bool uses_norm5 =
      numbers(get(view.outputs, "blind")) != numbers(get(view.outputs, "before"));
  sketch.push_back(get(view.outputs, "encoder_used").item<bool>() ? 1.0 : 0.0);
  sketch.push_back(uses_norm5 ? 1.0 : 0.0);
  sketch.push_back(tells_nothing_without_norm5(view) ? 1.0 : 0.0);
  return sketch;
}

/// How the losses come about, whatever was learnt: as many as there are epochs, of how many
/// batches, of how many of the pictures, and whether the learning rate counts.
Sketch sketch_pretraining_losses(const CaseView& view) {
  const auto losses = [&](const char* name) { return numbers(get(view.outputs, name)); };
  const auto share = [](double part, std::int64_t of) { return part / static_cast<double>(of); };
  const auto seen = get(view.outputs, "pictures_seen").item<std::int64_t>();
  // Weights that move at a rate of 1e-9 say nothing of how losses are counted.
  const bool stands = !ignores_its_rate(view);
  const auto flag = [](bool shows) { return shows ? 1.0 : 0.0; };
  const std::vector<double> one = losses("losses_of_1");
  return {
      share(static_cast<double>(losses("losses").size()),
            get(view.inputs, "pretraining_epochs").item<std::int64_t>()),
      flag(stands && are_sums(one, losses("losses_of_3"))),
      flag(stands && is_of_one_batch(one, losses("losses_of_strong"), losses("losses_of_both"))),
      flag(stands && are_of_full_batches(one, losses("losses_of_half"))),
      share(static_cast<double>(seen), get(view.inputs, "colours").shape()[0]),
      flag(!stands),
      flag(only_first_learns(view))};
}

CaseFinding judge_depth_skill(const CaseView& view) {
  return at_least(view,
                  "share of the error of guessing the mean depth that is gone on unseen pictures",
                  depth_skill(view),
                  "test losses by epoch: " + curve_text(numbers(get(view.outputs, "test_losses"))));
}

CaseFinding judge_autoencoder(const CaseView& view) {
  const std::vector<std::int64_t> shape = get(view.inputs, "unseen").shape();
  const std::string expected = "painted images of shape " + shape_text(shape);
  const std::vector<std::int64_t> got = whole_numbers(get(view.outputs, "before_shape"));
  if (got != shape) return failed(expected, shape_text(got));
  const std::vector<std::int64_t> side = whole_numbers(get(view.inputs, "other_size"));
  const std::vector<std::int64_t> others = {2, 3, side[0], side[1]};
  const std::vector<std::int64_t> other = whole_numbers(get(view.outputs, "other_shape"));
  if (other != others) {
    return failed("painted images as large as the images, whatever their size",
                  other.empty() ? "nothing for images of another size" : shape_text(other),
                  "of images of shape " + shape_text(others));
  }
  if (paints_one_image(view)) {
    return failed("images painted from what norm5 tells of each", "the same for all images");
  }
  if (!get(view.outputs, "encoder_used").item<bool>()) {
    return failed("images painted from norm5 of the encoder that was given",
                  "the same images whatever that encoder's weights are");
  }
  if (tells_nothing_without_norm5(view)) return passed(expected, "the same");
  return failed("images painted from norm5 and nothing else",
                "images that differ also when norm5 is 0 for all of them");
}

CaseFinding judge_pretrained_encoder(const CaseView& view) {
  if (get(view.outputs, "size_hinders").item<bool>()) {
    return blocked("p3.e.autoencoder", "an encoder that learns",
                   "an exception, since painted images have another size than the images");
  }
  if (!get(view.outputs, "encoder_used").item<bool>()) {
    return blocked("p3.e.autoencoder", "an encoder that learns",
                   "your autoencoder does not use the encoder that was given");
  }
  const std::int64_t all = get(view.outputs, "encoder_parameters").item<std::int64_t>();
  const std::int64_t changed = get(view.outputs, "encoder_changed").item<std::int64_t>();
  const std::string expected = "the weights of the encoder that was given change";
  const std::string got = fmt::format("{} of its {} parameters change", changed, all);
  return 2 * changed > all ? passed(expected, got) : failed(expected, got);
}

CaseFinding judge_reconstruction(const CaseView& view) {
  return at_least(view, "share of the squared error on unseen pictures that pretraining takes away",
                  reconstruction_gain(view),
                  "your losses by epoch: " + curve_text(numbers(get(view.outputs, "losses"))));
}

CaseFinding judge_pretraining_losses(const CaseView& view) {
  const auto epochs = get(view.inputs, "pretraining_epochs").item<std::int64_t>();
  const std::string expected = fmt::format("{} losses, one an epoch, that fall", epochs);
  const std::vector<double> losses = numbers(get(view.outputs, "losses"));
  const std::string got = curve_text(losses);
  const bool right = static_cast<std::int64_t>(losses.size()) == epochs && !losses.empty() &&
                     (losses.size() == 1 || losses.back() < losses.front());
  if (!right) return failed(expected, got);
  if (only_first_learns(view)) {
    return failed("each call of pretrain() trains the autoencoder that it is given",
                  "after a first call, the weights of another autoencoder stay as they are");
  }
  if (ignores_its_rate(view)) {
    return failed("with options.learning_rate = 1e-9, weights that hardly move",
                  fmt::format("a weight that moves by {:.2g}",
                              get(view.outputs, "hardly_moved").item<double>()));
  }
  if (const auto finding = finding_of_no_mean(view)) return *finding;
  const std::int64_t pictures = get(view.inputs, "colours").shape()[0];
  const std::int64_t seen = get(view.outputs, "pictures_seen").item<std::int64_t>();
  if (seen != pictures) {
    return failed("losses of all batches of the loader",
                  fmt::format("{} of {} pictures were never looked at", pictures - seen, pictures));
  }
  return passed(expected, got);
}

}  // namespace pset3::judge::p3
