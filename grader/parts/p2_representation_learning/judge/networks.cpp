#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "grader/judge/distance.hpp"
#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p2_representation_learning/judge/checks.hpp"
#include "grader/parts/p2_representation_learning/judge/layers.hpp"

namespace pset3::judge::p2 {
namespace {

constexpr double kRelative = 1e-5;  // float sums of 2048 products: some 1e-6

bool is_embedding(const CaseView& view) { return view.inputs.count("conv1.weight") != 0; }

std::string join_sizes(const std::vector<std::int64_t>& sizes) {
  return fmt::format("({})", fmt::join(sizes, ", "));
}

std::string shape_of(const arrays::Array& array) { return join_sizes(array.shape()); }

std::vector<std::int64_t> shape_in(const arrays::Array& array) {
  return {array.data<std::int64_t>(), array.data<std::int64_t>() + array.element_count()};
}

/// The harness's weights in the order of the layers.
std::string wanted_layers(const CaseView& view) {
  std::string text;
  for (const char* layer : {"conv1", "conv2", "fc1", "fc2", "fc3"}) {
    for (const char* kind : {".weight", ".bias"}) {
      const auto found = view.inputs.find(std::string(layer) + kind);
      if (found == view.inputs.end()) continue;
      text +=
          fmt::format("{}{}{} {}", text.empty() ? "" : ", ", layer, kind, shape_of(found->second));
    }
  }
  return text;
}

std::string got_layers(const arrays::Array& rows) {
  std::string text;
  const auto* row = rows.data<std::int64_t>();
  for (std::int64_t r = 0; r < rows.shape()[0]; ++r, row += rows.shape()[1]) {
    const std::int64_t dimensions = std::clamp<std::int64_t>(row[0], 0, rows.shape()[1] - 1);
    text += (text.empty() ? "" : ", ") + join_sizes({row + 1, row + 1 + dimensions});
  }
  return text.empty() ? "no parameters: are the layers registered?" : text;
}

std::vector<double> right_output(const CaseView& view, std::size_t example) {
  const arrays::Arrays& weights = view.inputs;
  Maps maps = example_of(get(view.inputs, "images"), example);
  if (is_embedding(view)) {
    maps = pooled(rectified(convolved(maps, "conv1", weights)));
    return pooled(rectified(convolved(maps, "conv2", weights))).values;
  }
  maps = rectified(linear(maps, "fc1", weights));
  maps = rectified(linear(maps, "fc2", weights));
  return linear(maps, "fc3", weights).values;
}

/// Compares values with what they should be, row by row, whatever their shape.
CaseFinding compare_values(const std::string& expected,
                           const std::vector<std::vector<double>>& wanted,
                           const arrays::Array& output) {
  std::size_t count = 0;
  for (const std::vector<double>& row : wanted) count += row.size();
  if (output.element_count() != count) {
    return failed(expected, fmt::format("{} numbers, not {}", output.element_count(), count));
  }
  double scale = 0.0;
  double worst = 0.0;
  std::string detail;
  const float* got = output.data<float>();
  for (std::size_t row = 0; row < wanted.size(); ++row) {
    for (std::size_t column = 0; column < wanted[row].size(); ++column, ++got) {
      scale = std::max(scale, std::abs(wanted[row][column]));
      const double error = distance(*got, wanted[row][column]);
      if (!(error > worst)) continue;
      worst = error;
      detail = fmt::format("at ({}, {}): expected {:.6g}, got {:.6g}", row, column,
                           wanted[row][column], *got);
    }
  }
  if (worst <= kRelative * scale) return passed(expected, "the same");
  return failed(
      expected,
      fmt::format("values that differ by up to {:.4g}; the largest expected one is {:.4g}", worst,
                  scale),
      detail);
}

/// Compares "output" with what it should be, its shape too.
CaseFinding compare(const std::string& expected, const std::vector<std::vector<double>>& wanted,
                    const CaseView& view) {
  const std::vector<std::int64_t> shape = {static_cast<std::int64_t>(wanted.size()),
                                           static_cast<std::int64_t>(wanted[0].size())};
  const std::vector<std::int64_t> got_shape = shape_in(get(view.outputs, "output_shape"));
  const arrays::Array& output = get(view.outputs, "output");
  if (got_shape != shape || output.element_count() != wanted.size() * wanted[0].size()) {
    return failed(expected + " of shape " + join_sizes(shape), "shape " + join_sizes(got_shape));
  }
  return compare_values(expected, wanted, output);
}

bool all_are(const arrays::Array& times, std::int64_t wanted) {
  const auto* values = times.data<std::int64_t>();
  return std::all_of(values, values + times.element_count(),
                     [&](std::int64_t value) { return value == wanted; });
}

std::string times_text(const arrays::Array& times) {
  const auto* values = times.data<std::int64_t>();
  if (times.element_count() == 0) return "none";
  return fmt::format("{} times", fmt::join(values, values + times.element_count(), ", "));
}

}  // namespace

CaseFinding judge_layers(const CaseView& view) {
  const std::string expected = wanted_layers(view);
  if (get(view.outputs, "fits").item<bool>()) return passed(expected, "the same");
  return failed(expected, got_layers(get(view.outputs, "parameter_shapes")));
}

namespace {

std::string forward_words(const CaseView& view) {
  return is_embedding(view) ? "with given weights, the embedding of each image"
                            : "with given weights, the logits of each embedding";
}

CaseFinding compare_forward(const CaseView& view) {
  std::vector<std::vector<double>> wanted;
  const std::int64_t batch = get(view.inputs, "images").shape()[0];
  for (std::int64_t i = 0; i < batch; ++i) {
    wanted.push_back(right_output(view, static_cast<std::size_t>(i)));
  }
  return compare(forward_words(view), wanted, view);
}

}  // namespace

CaseFinding judge_forward(const CaseView& view) {
  if (!get(view.outputs, "fits").item<bool>()) {
    return blocked(is_embedding(view) ? "p2.b.embedding_layers" : "p2.b.head_layers",
                   forward_words(view), "layers that the given weights do not fit");
  }
  if (get(view.outputs, "images_written").item<bool>()) {
    return failed("images that stay as they are", "images that were written into");
  }
  const CaseFinding finding = compare_forward(view);
  if (finding.verdict != Verdict::kPassed) return finding;
  if (!get(view.outputs, "same_in_training").item<bool>()) {
    return failed("the same in training mode: these layers are all that there is",
                  "other numbers in training mode");
  }
  if (get(view.outputs, "gradients_reach_all").item<bool>()) return finding;
  return failed("a backward pass that gives each weight and bias a gradient",
                "right outputs, but some weights or biases get no gradient");
}

/// Of outputs; and a mark where they are right and gradients do not reach all parameters. A layer
/// that is not used gets no gradient either, but shows in the outputs.
Sketch sketch_forward(const CaseView& view) {
  arrays::Arrays values;
  for (const char* name : {"output", "output_shape", "same_in_training"}) {
    values[name] = get(view.outputs, name);
  }
  Sketch sketch = sketch_arrays({view.check, view.inputs, view.expected, values});
  const bool may_be_cut = get(view.outputs, "fits").item<bool>() &&
                          !get(view.outputs, "gradients_reach_all").item<bool>();
  if (may_be_cut && compare_forward(view).verdict == Verdict::kPassed) sketch.push_back(1.0);
  return sketch;
}

/// Whether the pieces only give back numbers that they were given: whatever does so agrees with
/// itself.
bool echoes(const arrays::Array& pieces, const arrays::Array& images) {
  const auto count = static_cast<std::size_t>(images.shape()[0]);
  const std::size_t width = pieces.element_count() / count;
  const std::size_t pixels = images.element_count() / count;
  for (std::size_t i = 0; i < count; ++i) {
    const float* image = images.data<float>() + i * pixels;
    const std::set<float> given(image, image + pixels);
    const float* row = pieces.data<float>() + i * width;
    if (!std::all_of(row, row + width, [&](float value) { return given.count(value) != 0; })) {
      return false;
    }
  }
  return true;
}

CaseFinding judge_whole(const CaseView& view) {
  const std::string expected = "what your own head makes of your own embedding";
  const arrays::Array& pieces = get(view.outputs, "from_pieces");
  const std::vector<std::int64_t> pieces_shape = shape_in(get(view.outputs, "from_pieces_shape"));
  if (pieces.element_count() == 0) {
    return failed(expected, "the model has no ClassifyNet registered");
  }
  if (!get(view.outputs, "embedding_registered").item<bool>()) {
    return failed(expected, "the model has no ImageEmbedNet registered");
  }
  if (echoes(pieces, get(view.inputs, "images"))) {
    return blocked("p2.b.head", expected, "numbers that are in the image");
  }
  // A head that gives other numbers of columns than its own classes costs where it is judged.
  const auto columns = get(view.outputs, "head_columns").item<std::int64_t>();
  if (!pieces_shape.empty() && pieces_shape.back() != columns) {
    const auto classes = get(view.inputs, "classes").item<std::int64_t>();
    return failed(fmt::format("a head for {} classes", classes),
                  fmt::format("a head whose logits are {}", pieces_shape.back()));
  }
  // Pieces whose shape is wrong cost where they are judged; here the whole has to have the same.
  const std::vector<std::int64_t> shape = {get(view.inputs, "images").shape()[0],
                                           get(view.inputs, "classes").item<std::int64_t>()};
  const std::vector<std::int64_t> got_shape = shape_in(get(view.outputs, "output_shape"));
  if (got_shape != pieces_shape && got_shape != shape) {
    return failed(fmt::format("{}, of shape {}", expected, join_sizes(pieces_shape)),
                  "shape " + join_sizes(got_shape));
  }
  std::vector<double> wanted(pieces.data<float>(), pieces.data<float>() + pieces.element_count());
  return compare_values(expected, {std::move(wanted)}, get(view.outputs, "output"));
}

CaseFinding judge_parameters_to_train(const CaseView& view) {
  const bool exclude = get(view.inputs, "exclude").item<bool>();
  const std::string expected = exclude ? "each parameter of the head once, none of the embedding's"
                                       : "each parameter of the embedding and of the head once";
  const arrays::Array& embedding = get(view.outputs, "embedding");
  const arrays::Array& head = get(view.outputs, "head");
  const auto foreign = get(view.outputs, "foreign").item<std::int64_t>();
  const std::string got =
      fmt::format("the embedding's are listed {}, the head's {}{}", times_text(embedding),
                  times_text(head), foreign == 0 ? "" : ", and others");
  const bool right = all_are(embedding, exclude ? 0 : 1) && head.element_count() > 0 &&
                     all_are(head, 1) && foreign == 0;
  if (!right) return failed(expected, got);
  const auto cut_off = get(view.outputs, "cut_off").item<std::int64_t>();
  if (cut_off == 0) return passed(expected, got);
  return failed("a backward pass through the model that gives each listed parameter a gradient",
                fmt::format("{} of the listed parameters get no gradient", cut_off));
}

/// How often parameters are listed, and how many of them no gradient reaches, if there are any.
Sketch sketch_parameters_to_train(const CaseView& view) {
  arrays::Arrays lists = view.outputs;
  lists.erase("cut_off");
  Sketch sketch = sketch_arrays({view.check, view.inputs, view.expected, lists});
  const auto cut_off = get(view.outputs, "cut_off").item<std::int64_t>();
  if (cut_off != 0) sketch.push_back(static_cast<double>(cut_off));
  return sketch;
}

CaseFinding judge_network(const CaseView& view) {
  if (view.outputs.count("from_pieces") != 0) return judge_whole(view);
  if (view.outputs.count("foreign") != 0) return judge_parameters_to_train(view);
  const CaseFinding layers = judge_layers(view);
  return layers.verdict == Verdict::kPassed ? judge_forward(view) : layers;
}

}  // namespace pset3::judge::p2
