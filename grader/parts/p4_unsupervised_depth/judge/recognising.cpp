#include <string>
#include <vector>

#include "grader/parts/p4_unsupervised_depth/judge/checks.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/guesses.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/sampling.hpp"

namespace pset3::judge::p4 {
namespace {

void append(const CaseView& view, const arrays::Arrays& outputs, Sketch& sketch) {
  const Sketch more = sketch_arrays({view.check, view.inputs, view.expected, outputs});
  sketch.insert(sketch.end(), more.begin(), more.end());
}

/// Whether the student's own sampler goes the other way: then its result is the left view.
bool sampler_is_turned(const CaseView& view) {
  arrays::Arrays outputs = view.outputs;
  outputs["left"] = get(view.outputs, "plus");
  return get(view.outputs, "plus") != get(view.outputs, "minus") &&
         judge_left_by_own_sampler({view.check, view.inputs, view.expected, outputs}).verdict ==
             Verdict::kPassed;
}

/// Whether a row is 0 in all images and channels. Rows do not move, so that no right way does that,
/// while a column at the border may be black.
double is_black(const std::vector<float>& got, const arrays::Array& image, std::int64_t row) {
  const std::int64_t height = image.shape().at(image.shape().size() - 2);
  const std::int64_t width = image.shape().back();
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(got.size()); ++i) {
    const bool in_row = i / width % height == row;
    if (in_row && got[static_cast<std::size_t>(i)] != 0.0f) return 0.0;
  }
  return 1.0;
}

}  // namespace

Sketch sketch_samples(const CaseView& view) {
  const arrays::Array& output = get(view.outputs, "output");
  const arrays::Array& image = get(view.inputs, "image");
  Sketch sketch;
  append(view, {{"shape", get(view.outputs, "output_shape")}}, sketch);
  if (output.element_count() != image.element_count()) return sketch;
  const Picture picture = picture_of(image);
  const Picture disparity = picture_of(get(view.inputs, "disparity"));
  const std::vector<float> got = {output.data<float>(),
                                  output.data<float>() + output.element_count()};
  const std::int64_t last_row = image.shape().at(image.shape().size() - 2) - 1;
  sketch.insert(sketch.end(), {is_black(got, image, 0), is_black(got, image, last_row)});
  if (const auto guess = explaining_guess(picture, disparity, got)) {
    sketch.push_back(static_cast<double>(*guess));
    return sketch;
  }
  const auto inside_with = [&](double sign) {
    return inside(samples_of(picture, disparity, Reading{}.times(sign)));
  };
  const std::vector<bool> right = inside_with(1.0);
  const std::vector<bool> left = inside_with(-1.0);
  std::vector<float> values;
  for (std::size_t i = 0; i < right.size(); ++i) {
    if (right[i] && left[i]) values.push_back(got[i]);
  }
  if (!values.empty()) append(view, {{"output", arrays::Array::of(values)}}, sketch);
  return sketch;
}

Sketch sketch_views(const CaseView& view) {
  const bool throws = get(view.outputs, "plus").element_count() == 0;
  if (throws || get(view.outputs, "plus") == get(view.outputs, "minus")) {
    return {throws ? -2.0 : -3.0};  // the sampler tells nothing of the views
  }
  Sketch sketch = {sampler_is_turned(view) ? 1.0 : 0.0};
  for (const char* side : {"left", "right"}) {
    const arrays::Array& got = get(view.outputs, side);
    const bool plus = got == get(view.outputs, "plus");
    const bool minus = got == get(view.outputs, "minus");
    sketch.push_back(plus ? 1.0 : minus ? -1.0 : 0.0);
    if (!plus && !minus) append(view, {{side, got}}, sketch);
  }
  return sketch;
}

}  // namespace pset3::judge::p4
