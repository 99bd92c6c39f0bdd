#include "grader/parts/p0_neural_nets/judge/volumes.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "grader/judge/findings.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "grader/parts/p0_neural_nets/judge/definitions.hpp"
#include "grader/parts/p0_neural_nets/judge/refusals.hpp"

namespace pset3::judge::p0 {
namespace {

struct Convolution {
  Tensor input;
  Tensor filters;
  std::int64_t stride = 1;
  std::int64_t padding = 0;
};

Convolution convolution_in(const arrays::Arrays& inputs) {
  return {tensor_of(inputs, "input"), tensor_of(inputs, "filters"),
          get(inputs, "stride").item<std::int64_t>(), get(inputs, "padding").item<std::int64_t>()};
}

/// Every stride-th place of a result at stride 1.
Tensor every(std::int64_t stride, const Tensor& dense, const Shape& shape) {
  Tensor result(shape);
  for (std::int64_t y = 0; y < shape[0]; ++y) {
    for (std::int64_t x = 0; x < shape[1]; ++x) {
      for (std::int64_t k = 0; k < shape[2]; ++k) {
        result(y, x, k) = dense(stride * y, stride * x, k);
      }
    }
  }
  return result;
}

/// The student's own result at stride 1, as a volume; it travels as a matrix.
std::optional<Tensor> own_dense(const CaseView& view, const Shape& shape) {
  if (own_array(view.outputs, "dense") == nullptr) return std::nullopt;
  Tensor dense = tensor_of(view.outputs, "own_dense");
  dense.shape = shape;
  return dense;
}

struct Geometry {
  const std::int64_t* row;  ///< height, width, channels, filter size, filters, stride, padding
  std::optional<Shape> shape() const {
    const auto found = places(row[0], row[1], {row[3], row[5], row[6]});
    if (!found) return std::nullopt;
    return Shape{(*found)[0], (*found)[1], row[4]};
  }
  std::string words() const {
    return fmt::format("[{}, {}, {}], {} filters of {}x{}, stride {}, padding {}", row[0], row[1],
                       row[2], row[4], row[3], row[3], row[5], row[6]);
  }
};

std::string answer_text(const std::optional<Shape>& shape) {
  return shape ? shape_text(*shape) : "std::invalid_argument, since it does not fit";
}

}  // namespace

std::optional<CaseFinding> shape_trouble(const CaseView& view, const std::string& name,
                                         const Shape& right, const Shape& own_right) {
  const Shape& got = get(view.outputs, name).shape();
  if (got == right) return std::nullopt;
  if (get(view.outputs, "own_shape_known").item<bool>()) {
    const std::int64_t* own = get(view.outputs, "own_shape").data<std::int64_t>();
    const Shape own_shape(own, own + 3);
    if (own_shape != own_right) {
      return blocked("p0.e.shapes", name + " of shape " + shape_text(right),
                     own_shape == Shape{0, 0, 0}
                         ? "your conv_output_shape refuses this volume"
                         : "your conv_output_shape says " + shape_text(own_shape) + " and not " +
                               shape_text(own_right));
    }
  }
  return wrong_shape(name, right, got);
}

namespace {

/// What the adapter says of an exception.
enum class Message : std::int64_t { kNone = 0, kNamesTheSizes = 1, kSilent = 2, kOtherType = 3 };

CaseFinding wrong_shape_of(const Geometry& asked, const std::optional<Shape>& right,
                           const std::optional<Shape>& got) {
  return failed(asked.words() + ": " + answer_text(right),
                got ? shape_text(*got) : "std::invalid_argument");
}

/// The contract asks for a type and for the shapes in the message.
std::optional<CaseFinding> message_trouble(const Geometry& asked, Message message) {
  if (message == Message::kOtherType) {
    return failed(asked.words() + ": std::invalid_argument", "an exception of another type");
  }
  if (message == Message::kSilent) {
    return failed(
        asked.words() +
            ": std::invalid_argument with the input's shape and the windows in its message",
        "a message without the height, the width or the filter's size");
  }
  return std::nullopt;
}

}  // namespace

CaseFinding judge_output_shapes(const CaseView& view) {
  const arrays::Array& geometry = get(view.inputs, "geometry");
  const std::int64_t* shapes = get(view.outputs, "shape").data<std::int64_t>();
  const bool* refused = get(view.outputs, "refused").data<bool>();
  const std::int64_t* messages = get(view.outputs, "message").data<std::int64_t>();
  CaseFinding first;
  std::int64_t wrong = 0;
  const std::int64_t count = geometry.shape().at(0);
  for (std::int64_t i = 0; i < count; ++i) {
    const Geometry asked = {geometry.data<std::int64_t>() + 7 * i};
    const std::optional<Shape> right = asked.shape();
    std::optional<Shape> got;
    if (!refused[i]) got = Shape(shapes + 3 * i, shapes + 3 * i + 3);
    std::optional<CaseFinding> trouble;
    if (got != right) trouble = wrong_shape_of(asked, right, got);
    if (!trouble) trouble = message_trouble(asked, static_cast<Message>(messages[i]));
    if (trouble && ++wrong == 1) first = *trouble;
  }
  if (wrong == 0) return passed("the shape where it fits, an exception where not", "the same");
  first.detail =
      fmt::format("{} of {} volumes are answered wrongly; this is the first", wrong, count);
  return first;
}

CaseFinding judge_convolution(const CaseView& view) {
  if (auto finding = judge_refusals(view)) return *finding;
  const Convolution given = convolution_in(view.inputs);
  const Tensor expected = convolution_layer(
      given.input, given.filters, tensor_of(view.inputs, "bias"), given.stride, given.padding);
  if (auto finding = shape_trouble(view, "output", expected.shape, expected.shape)) {
    return *finding;
  }
  return compare({{"output", expected, tensor_of(view.outputs, "output")}},
                 relative_tolerance(view));
}

CaseFinding judge_stride(const CaseView& view) {
  const CaseFinding finding = judge_convolution(view);
  const Convolution given = convolution_in(view.inputs);
  if (finding.verdict != Verdict::kFailed || given.stride == 1) return finding;
  const Tensor right = convolution_layer(given.input, given.filters, tensor_of(view.inputs, "bias"),
                                         1, given.padding);
  const auto own = own_dense(view, right.shape);
  const Tensor got = tensor_of(view.outputs, "output");
  const double relative = relative_tolerance(view);
  if (!own || close(right, *own, relative) ||
      !close(every(given.stride, *own, got.shape), got, relative)) {
    return finding;
  }
  return blocked("p0.e.layer", finding.expected,
                 "your convolution_layer is wrong at stride 1 already");
}

namespace {

/// Whether the student's own forward pass is wrong on this volume; false where nobody asked for it.
bool own_output_is_wrong(const CaseView& view, const Convolution& given) {
  if (view.inputs.count("bias") == 0 || own_array(view.outputs, "output") == nullptr) return false;
  const Tensor got = tensor_of(view.outputs, "own_output");
  Tensor right = convolution_layer(given.input, given.filters, tensor_of(view.inputs, "bias"),
                                   given.stride, given.padding);
  right.shape = got.shape;
  return !close(right, got, relative_tolerance(view));
}

}  // namespace

CaseFinding judge_convolution_backward(const CaseView& view) {
  const Convolution given = convolution_in(view.inputs);
  const Tensor output_gradient = tensor_of(view.inputs, "output_gradient");
  for (const char* name : {"input", "filters"}) {
    const Shape& right = get(view.inputs, name).shape();
    if (auto finding =
            shape_trouble(view, std::string(name) + "_gradient", right, output_gradient.shape)) {
      return *finding;
    }
  }
  const Tensor bias({given.filters.size(3)});
  const auto loss = [&](const Tensor& x, const Tensor& w, const Tensor& b) {
    return dot(convolution_layer(x, w, b, given.stride, given.padding), output_gradient);
  };
  const auto got = [&](const char* name) { return tensor_of(view.outputs, name); };
  const CaseFinding finding = compare(
      {compared_gradient("input", given.input, got("input_gradient"),
                         [&](const Tensor& x) { return loss(x, given.filters, bias); }),
       compared_gradient("filters", given.filters, got("filters_gradient"),
                         [&](const Tensor& w) { return loss(given.input, w, bias); }),
       compared_gradient("bias", bias, got("bias_gradient"),
                         [&](const Tensor& b) { return loss(given.input, given.filters, b); })},
      difference_tolerance(view), ", by differences");
  if (finding.verdict == Verdict::kFailed && own_output_is_wrong(view, given)) {
    return blocked("p0.e.layer", finding.expected,
                   "your convolution_layer is wrong on this volume too");
  }
  return finding;
}

}  // namespace pset3::judge::p0
