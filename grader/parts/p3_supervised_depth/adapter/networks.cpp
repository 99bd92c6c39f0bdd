#include <algorithm>
#include <cmath>
#include <memory>

#include "grader/parts/p3_supervised_depth/adapter/functions.hpp"
#include "starter/p3_supervised_depth/model.hpp"

namespace pset3::adapter::p3 {
namespace {

using namespace depth;  // the part's own names

/// Random numbers that are the same with every version of LibTorch, in [0, 1).
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}
  double next() {
    std::uint64_t x = state_ += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_;
};

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

void fill(torch::Tensor& values, double low, double high, Numbers& numbers) {
  torch::Tensor drawn = torch::empty(values.sizes(), torch::kFloat);
  auto* all = drawn.data_ptr<float>();
  for (std::int64_t i = 0; i < drawn.numel(); ++i) {
    all[i] = static_cast<float>(low + (high - low) * numbers.next());
  }
  values.copy_(drawn);
}

/// Weights that keep the size of what passes through (He et al., ICCV 2015), and batch norms that
/// do something, also in evaluation mode.
void fill_weights(torch::nn::Module& module, std::uint64_t seed) {
  const torch::NoGradGuard no_gradients;
  Numbers numbers(seed);
  for (auto& item : module.named_parameters()) {
    torch::Tensor values = item.value();
    if (values.dim() == 4) {
      const auto fan_in = static_cast<double>(values[0].numel());
      const double bound = std::sqrt(6.0 / fan_in);
      fill(values, -bound, bound, numbers);
    } else if (ends_with(item.key(), "weight")) {
      fill(values, 0.6, 1.4, numbers);
    } else {
      fill(values, -0.3, 0.3, numbers);
    }
  }
  for (auto& item : module.named_buffers()) {
    torch::Tensor values = item.value();
    if (ends_with(item.key(), "running_mean")) fill(values, -0.3, 0.3, numbers);
    if (ends_with(item.key(), "running_var")) fill(values, 0.6, 1.4, numbers);
  }
}

bool are_equal(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const torch::Tensor& x, const torch::Tensor& y) { return x.equal(y); });
}

template <typename Module>
std::shared_ptr<Module> child_of(const torch::nn::Module& model) {
  for (const auto& child : model.children()) {
    if (auto found = std::dynamic_pointer_cast<Module>(child)) return found;
  }
  return nullptr;
}

/// The student's model around the harness's encoder, with the harness's weights in both pieces.
struct Model {
  explicit Model(const Arrays& inputs)
      : encoder(encoder_options(inputs)),
        given(copies(encoder->parameters())),
        model((run::seed_everything(inputs), encoder)) {
    const auto seed = static_cast<std::uint64_t>(run::whole(inputs, "seed"));
    encoder_stayed = are_equal(given, encoder->parameters());
    fill_weights(*encoder, seed);
    decoder = child_of<DecoderImpl>(model);
    if (decoder) fill_weights(*decoder, seed + 1);
  }

  /// 0: no encoder is registered, 1: another one, 2: the one that was given.
  std::int64_t kind_of_encoder() const {
    const auto registered = child_of<DenseEncoderImpl>(model);
    if (!registered) return 0;
    return registered == encoder.ptr() ? 2 : 1;
  }

  DenseEncoder encoder;
  std::vector<torch::Tensor> given;  // the encoder's weights before there was a model
  DenseDepth model;
  bool encoder_stayed = false;
  std::shared_ptr<DecoderImpl> decoder;
};

bool is_in_mode(const torch::nn::Module& network, bool training) {
  const auto parts = network.modules(false);
  return network.is_training() == training &&
         std::all_of(parts.begin(), parts.end(),
                     [&](const auto& part) { return part->is_training() == training; });
}

/// Whether encoder and model are in the modes in which forward() found them, and what an encoder in
/// evaluation mode has learnt of means and deviations is as it was.
bool modes_stay(Model& pieces, bool model_trains, bool encoder_trains) {
  const torch::NoGradGuard no_gradients;
  pieces.model.train(model_trains);
  pieces.encoder->train(encoder_trains);
  const std::vector<torch::Tensor> statistics = copies(pieces.encoder->buffers());
  pieces.model.forward(torch::zeros({2, 3, 32, 32}));
  return pieces.model.is_training() == model_trains &&
         is_in_mode(*pieces.encoder, encoder_trains) &&
         (encoder_trains || are_equal(statistics, pieces.encoder->buffers()));
}

/// Whether the encoder keeps a mode that is not the model's. What forward() does where both have
/// one mode is judged elsewhere, and so is one that throws.
bool encoder_mode_stays(Model& pieces) {
  try {
    const bool one_mode_stays = modes_stay(pieces, true, true) && modes_stay(pieces, false, false);
    return !one_mode_stays || (modes_stay(pieces, true, false) && modes_stay(pieces, false, true));
  } catch (const std::exception&) {
    return true;
  }
}

bool differ(const torch::Tensor& a, const torch::Tensor& b) {
  constexpr bool kNanIsNan = true;
  return a.sizes() != b.sizes() || !torch::allclose(a, b, 1e-5, 1e-8, kNanIsNan);
}

/// Whether the depths come from what they should. Weights are tried with both signs, so that a
/// ReLU at the end does not hide what is before it.
struct Sources {
  bool repeats = true;  ///< the same images give the same depths
  bool images = false;  ///< other images give other ones
  bool weights = false;

  Sources(Model& pieces, std::int64_t height, std::int64_t width) {
    const std::int64_t count = 2 * 3 * height * width;
    const torch::Tensor ramp = torch::linspace(0.0, 1.0, count).view({2, 3, height, width});
    const torch::Tensor first = pieces.model.forward(ramp);
    repeats = !differ(pieces.model.forward(ramp), first);
    for (const double factor : {1.0, 1.1, -1.0}) {
      for (torch::Tensor& parameter : pieces.model.parameters()) parameter.mul_(factor);
      const torch::Tensor depths = pieces.model.forward(ramp);
      weights |= differ(depths, first);
      images |= differ(pieces.model.forward(1.0 - ramp), depths);
    }
  }
};

double gradient_of(const torch::nn::Module& module) {
  double sum = 0.0;
  for (const torch::Tensor& parameter : module.parameters()) {
    if (parameter.grad().defined()) sum += parameter.grad().abs().sum().item<double>();
  }
  return sum;
}

}  // namespace

std::vector<torch::Tensor> copies(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> all;
  for (const torch::Tensor& tensor : tensors) all.push_back(tensor.detach().clone());
  return all;
}

EncoderOptions encoder_options(const Arrays& inputs) {
  const Array& numbers = arrays::get(inputs, "encoder");
  if (numbers.element_count() != 7) throw std::invalid_argument("encoder: 7 numbers expected");
  const auto* values = numbers.data<std::int64_t>();
  EncoderOptions options;
  options.width = values[0];
  options.growth = values[1];
  options.blocks.assign(values + 2, values + 6);
  options.bottleneck = values[6];
  return options;
}

Arrays model_pieces(const Arrays& inputs) {
  Model pieces(inputs);
  return {{"encoder_registered", Array::scalar(pieces.kind_of_encoder())},
          {"encoder_stayed", Array::scalar(pieces.encoder_stayed)},
          {"encoder_mode_stays", Array::scalar(encoder_mode_stays(pieces))},
          {"decoder_registered", Array::scalar(pieces.decoder != nullptr)}};
}

Arrays forward(const Arrays& inputs) {
  Model pieces(inputs);
  pieces.model.eval();
  const torch::NoGradGuard no_gradients;
  Arrays outputs = {{"encoder_registered", Array::scalar(pieces.kind_of_encoder())},
                    {"decoder_registered", Array::scalar(pieces.decoder != nullptr)}};
  const torch::Tensor images = run::input(inputs, "images");
  run::append_output(pieces.model.forward(images), "output", outputs);
  pieces.model.train();
  pieces.model.forward(images);
  outputs["mode_stays"] =
      Array::scalar(pieces.model.is_training() && pieces.encoder->is_training());
  return outputs;
}

Arrays forward_sizes(const Arrays& inputs) {
  Model pieces(inputs);
  pieces.model.eval();
  const torch::NoGradGuard no_gradients;
  const torch::Tensor sizes = run::input(inputs, "sizes");
  torch::Tensor rows = torch::zeros({sizes.size(0), 5}, torch::kInt64);
  for (std::int64_t i = 0; i < sizes.size(0); ++i) {
    const torch::Tensor images =
        torch::zeros({2, 3, sizes[i][0].item<std::int64_t>(), sizes[i][1].item<std::int64_t>()});
    const torch::Tensor output = pieces.model.forward(images);
    rows[i][0] = output.dim();
    for (std::int64_t d = 0; d < std::min<std::int64_t>(output.dim(), 4); ++d) {
      rows[i][d + 1] = output.size(d);
    }
  }
  const Sources sources(pieces, sizes[0][0].item<std::int64_t>(), sizes[0][1].item<std::int64_t>());
  return {{"shapes", run::array_of(rows)},
          {"repeats", Array::scalar(sources.repeats)},
          {"sees_images", Array::scalar(sources.images)},
          {"sees_weights", Array::scalar(sources.weights)}};
}

Arrays model_gradients(const Arrays& inputs) {
  Model pieces(inputs);
  pieces.model.eval();
  const torch::Tensor output = pieces.model.forward(run::input(inputs, "images"));
  if (output.requires_grad()) output.sum().backward();
  Arrays outputs = {
      {"encoder", Array::scalar(gradient_of(*pieces.encoder))},
      {"decoder", Array::scalar(pieces.decoder ? gradient_of(*pieces.decoder) : 0.0)}};
  run::append_output(output, "output", outputs);
  return outputs;
}

}  // namespace pset3::adapter::p3
