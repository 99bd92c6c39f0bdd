#include <algorithm>
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

/// Whether a column is 0 in all images and channels.
double is_black_column(const std::vector<float>& got, std::size_t width, std::size_t column) {
  for (std::size_t i = column; i < got.size(); i += width) {
    if (got[i] != 0.0f) return 0.0;
  }
  return 1.0;
}

bool moves(const Picture& disparity) {
  return std::any_of(disparity.values.begin(), disparity.values.end(),
                     [](double value) { return value != 0.0; });
}

/// Whether a view is what the student's own sampler gives at a sign of the disparity, but for the
/// border: a place beyond it may be another one and look the same.
bool is_sampled(const CaseView& view, const std::string& side, double sign) {
  const arrays::Array& got = get(view.outputs, side);
  const arrays::Array& own = get(view.outputs, sign > 0.0 ? "plus" : "minus");
  if (got == own) return true;
  const Picture picture = picture_of(get(view.inputs, "image"));
  if (got.element_count() != picture.values.size()) return false;
  if (own.element_count() != picture.values.size()) return false;
  constexpr double kBorderPx = 1.0;
  std::size_t compared = 0;
  for (const Sample& sample : samples_of(picture, picture_of(get(view.inputs, "disparity")),
                                         Reading{}.times(sign), kBorderPx)) {
    if (!sample.is_inside) continue;
    ++compared;
    if (got.data<float>()[sample.value] != own.data<float>()[sample.value]) return false;
  }
  return compared > 0;
}

/// Of the student's own sample that a view is; 0 where it is none.
double sign_of(const CaseView& view, const std::string& side) {
  for (const double sign : {1.0, -1.0}) {
    if (is_sampled(view, side, sign)) return sign;
  }
  return 0.0;
}

/// What a view is that is none of the student's own samples.
void append_other_view(const CaseView& view, const std::string& side, bool is_turned,
                       Sketch& sketch) {
  const arrays::Array& got = get(view.outputs, side);
  const Picture picture = picture_of(get(view.inputs, "image"));
  Picture disparity = picture_of(get(view.inputs, "disparity"));
  const double sign = (side == "left") == is_turned ? 1.0 : -1.0;
  for (double& value : disparity.values) value *= sign;
  if (got.element_count() == picture.values.size()) {
    const std::vector<float> values = {got.data<float>(), got.data<float>() + got.element_count()};
    if (const auto guess = explaining_guess(picture, disparity, values)) {
      sketch.push_back(10.0 + static_cast<double>(*guess));
      return;
    }
  }
  append(view, {{side, got}}, sketch);
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
  // Without a disparity no place is beyond the picture, and nobody may choose what is there.
  if (!moves(disparity)) {
    for (const std::size_t column : {std::size_t{0}, picture.width - 1}) {
      sketch.push_back(is_black_column(got, picture.width, column));
    }
  }
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
    const double sign = sign_of(view, side);
    sketch.push_back(sign);
    if (sign == 0.0) append_other_view(view, side, sketch.front() != 0.0, sketch);
  }
  return sketch;
}

}  // namespace pset3::judge::p4
