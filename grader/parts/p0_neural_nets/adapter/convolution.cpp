// Question (e).

#include "grader/parts/p0_neural_nets/adapter/functions.hpp"
#include "grader/parts/p0_neural_nets/adapter/own_shape.hpp"

namespace pset3::adapter::p0 {
namespace {

using neural_nets::ConvolutionGradients;
using neural_nets::ConvolutionOptions;

Arrays convolve_signals(const Arrays& inputs) {
  const Matrix f = matrix_in(inputs, "f");
  const Matrix g = matrix_in(inputs, "g");
  Arrays outputs = {{"convolved", array_of(neural_nets::convolve_signals(f, g))}};
  put_changed(outputs, inputs, {{"f", array_of(f)}, {"g", array_of(g)}});
  return outputs;
}

/// f within zeros: `shift` of them before it along each axis, as many behind as make the frame
/// twice the shift larger.
Matrix shifted(const Matrix& f, Index rows, Index columns) {
  Matrix frame = Matrix::Zero(f.rows() + 2 * rows, f.cols() + 2 * columns);
  frame.block(rows, columns, f.rows(), f.cols()) = f;
  return frame;
}

Arrays convolve_properties(const Arrays& inputs) {
  const Matrix f = matrix_in(inputs, "f");
  const Matrix h = matrix_in(inputs, "h");
  const Matrix g = matrix_in(inputs, "g");
  const std::int64_t* shift = arrays::get(inputs, "shift").data<std::int64_t>();
  const auto convolved = [&](const Matrix& signal) {
    return array_of(neural_nets::convolve_signals(signal, g));
  };
  const Matrix sum = number_in(inputs, "factor") * f + h;
  return {{"of_f", convolved(f)},
          {"of_h", convolved(h)},
          {"of_sum", convolved(sum)},
          {"of_shifted", convolved(shifted(f, shift[0], shift[1]))},
          {"of_f_again", convolved(f)}};
}

/// What an exception is like.
enum class Message : std::int64_t { kNone = 0, kNamesTheSizes = 1, kSilent = 2, kOtherType = 3 };

/// Whether a text has this whole number in it.
bool has_number(const std::string& text, std::int64_t number) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end > i && text.substr(i, end - i) == std::to_string(number)) return true;
    i = std::max(end, i + 1);
  }
  return false;
}

/// @param row  height, width, channels, filter size, filters, stride, padding.
Message message_of(const std::string& text, const std::int64_t* row) {
  const bool names =
      has_number(text, row[0]) && has_number(text, row[1]) && has_number(text, row[3]);
  return names ? Message::kNamesTheSizes : Message::kSilent;
}

Arrays conv_output_shape(const Arrays& inputs) {
  const Array& geometry = arrays::get(inputs, "geometry");
  const std::int64_t count = geometry.shape().at(0);
  Array shape(arrays::DType::kI64, {count, 3});
  Array refused(arrays::DType::kBool, {count});
  Array message(arrays::DType::kI64, {count});
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t* row = geometry.data<std::int64_t>() + 7 * i;
    std::int64_t* result = shape.data<std::int64_t>() + 3 * i;
    try {
      const neural_nets::VolumeShape out = neural_nets::conv_output_shape(
          {row[0], row[1], row[2]}, row[3], row[4], {row[5], row[6]});
      result[0] = out.height;
      result[1] = out.width;
      result[2] = out.channels;
    } catch (const NotImplemented&) {
      throw;
    } catch (const std::invalid_argument& error) {
      refused.data<bool>()[i] = true;
      message.data<std::int64_t>()[i] = static_cast<std::int64_t>(message_of(error.what(), row));
    } catch (const std::exception&) {
      refused.data<bool>()[i] = true;
      message.data<std::int64_t>()[i] = static_cast<std::int64_t>(Message::kOtherType);
    }
  }
  return {{"shape", shape}, {"refused", refused}, {"message", message}};
}

ConvolutionOptions options_in(const Arrays& inputs) {
  return {whole_in(inputs, "stride"), whole_in(inputs, "padding")};
}

Sliding sliding_of(const Volume& input, const Filters& filters, const ConvolutionOptions& options) {
  return {{input.dimension(0), input.dimension(1), input.dimension(2)},
          filters.dimension(0),
          filters.dimension(3),
          options};
}

/// What a convolution layer is called with, but for the bias.
struct ConvolutionCall {
  explicit ConvolutionCall(const Arrays& inputs)
      : input(volume_in(inputs, "input")),
        filters(filters_in(inputs, "filters")),
        options(options_in(inputs)),
        after_others(inputs.count("earlier") > 0) {}
  Volume input;
  Filters filters;
  ConvolutionOptions options;
  bool after_others;
};

/// Calls a layer, in some cases for two other volumes first: what is kept of them shows. One is as
/// large as the padded volume and has ones in the place of the padding; one has other values.
template <typename Layer>
auto called(const ConvolutionCall& given, const Layer& layer) {
  if (given.after_others) {
    const Index border = 2 * given.options.padding;
    Volume ones(given.input.dimension(0) + border, given.input.dimension(1) + border,
                given.input.dimension(2));
    ones.setConstant(1.0);
    layer(ones, ConvolutionOptions{given.options.stride, 0});
    layer(-given.input, given.options);
  }
  return layer(given.input, given.options);
}

/// Puts the student's own convolution_layer at some stride, a matrix with a row of places a row.
void put_own_output(Arrays& outputs, const std::string& name, const ConvolutionCall& given,
                    const RowVector& bias) {
  const Sliding sliding = sliding_of(given.input, given.filters, given.options);
  const Index columns = places(sliding.input.width, sliding) * sliding.out_channels;
  put_own(outputs, name, places(sliding.input.height, sliding), columns, [&] {
    const Volume output =
        called(given, [&](const Volume& input, const ConvolutionOptions& options) {
          return neural_nets::convolution_layer(input, given.filters, bias, options);
        });
    if (output.dimension(0) * columns != output.size()) throw std::invalid_argument("no such size");
    return Matrix(Eigen::Map<const Matrix>(output.data(), output.dimension(0), columns));
  });
}

/// With the student's own result at stride 1, of which every other stride keeps some places.
Arrays convolution_layer(const Arrays& inputs) {
  const ConvolutionCall given(inputs);
  const RowVector bias = row_in(inputs, "bias");
  Arrays outputs;
  const bool misled = put_own_shape(outputs, sliding_of(given.input, given.filters, given.options));
  outputs["output"] = array_of(volume_or_empty(misled, [&] {
    return called(given, [&](const Volume& input, const ConvolutionOptions& options) {
      return neural_nets::convolution_layer(input, given.filters, bias, options);
    });
  }));
  put_changed(outputs, inputs,
              {{"input", array_of(given.input)},
               {"filters", array_of(given.filters)},
               {"bias", array_of(bias)}});
  ConvolutionCall dense = given;
  dense.options.stride = 1;
  put_own_output(outputs, "dense", dense, bias);
  return outputs;
}

Arrays convolution_layer_refusals(const Arrays& inputs) {
  return answers_to(arrays::get(inputs, "geometry"), [](const std::int64_t* row) {
    Volume input(row[0], row[1], row[2]);
    Filters filters(row[3], row[3], row[2], row[4]);
    input.setConstant(1.0);
    filters.setConstant(1.0);
    neural_nets::convolution_layer(input, filters, RowVector::Zero(row[4]), {row[5], row[6]});
  });
}

/// Where the case has a bias, with the student's own forward pass.
Arrays convolution_layer_backward(const Arrays& inputs) {
  const ConvolutionCall given(inputs);
  const Volume output_gradient = volume_in(inputs, "output_gradient");
  Arrays outputs;
  const bool misled = put_own_shape(outputs, sliding_of(given.input, given.filters, given.options));
  ConvolutionGradients gradients;
  outputs["input_gradient"] = array_of(volume_or_empty(misled, [&] {
    gradients = called(given, [&](const Volume& input, const ConvolutionOptions& options) {
      return neural_nets::convolution_layer_backward(input, given.filters, options,
                                                     output_gradient);
    });
    return gradients.input;
  }));
  outputs["filters_gradient"] = array_of(gradients.filters);
  outputs["bias_gradient"] = array_of(gradients.bias);
  put_changed(outputs, inputs,
              {{"input", array_of(given.input)},
               {"filters", array_of(given.filters)},
               {"output_gradient", array_of(output_gradient)}});
  if (inputs.count("bias") > 0) put_own_output(outputs, "output", given, row_in(inputs, "bias"));
  return outputs;
}

}  // namespace

std::vector<run::Entry> convolution_entries() {
  return {{"convolve_signals", convolve_signals},
          {"convolve_properties", convolve_properties},
          {"conv_output_shape", conv_output_shape},
          {"convolution_layer", convolution_layer},
          {"convolution_layer_refusals", convolution_layer_refusals},
          {"convolution_layer_backward", convolution_layer_backward}};
}

}  // namespace pset3::adapter::p0
