#include "starter/p3_supervised_depth/exercise/testing.hpp"

#include <algorithm>
#include <array>

#include "starter/common/exercise/ask.hpp"

namespace pset3::depth {
namespace {

constexpr std::int64_t kSamples = 4;

Sample sample_of(const Example& example, const torch::Tensor& predicted, const DepthScale& scale) {
  const auto floats = [](const torch::Tensor& map) {
    const torch::Tensor plain = map.contiguous();
    return std::vector<float>(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
  };
  const auto channel = [](const std::array<double, 3>& values) {
    return torch::tensor({values[0], values[1], values[2]}).to(torch::kFloat).view({3, 1, 1});
  };
  const torch::Tensor colour =
      (example.image * channel(kColourDeviation) + channel(kColourMean)).clamp(0, 1) * 255.0;
  const torch::Tensor bytes = colour.round().to(torch::kUInt8).permute({1, 2, 0}).contiguous();
  Sample sample;
  sample.colour.size = {static_cast<std::size_t>(bytes.size(0)),
                        static_cast<std::size_t>(bytes.size(1))};
  sample.colour.pixels.assign(bytes.data_ptr<std::uint8_t>(),
                              bytes.data_ptr<std::uint8_t>() + bytes.numel());
  const torch::Tensor known = has_depth(example.depth, example.valid);
  sample.truth = floats(depths_of(example.depth, scale) * known);
  sample.predicted = floats(predicted);
  return sample;
}

/// Every example, one after the other.
template <typename Look>
void for_each_example(const DataLoader& loader, const Look& look) {
  for (std::int64_t i = 0; i < loader.dataset().size(); ++i) {
    look(ask("a", "get", [&] { return loader.dataset().get(i); }));
  }
}

}  // namespace

DepthErrors errors_of(DepthModel& model, const DataLoader& loader, const DepthScale& scale,
                      std::vector<Sample>* samples) {
  const torch::NoGradGuard no_gradients;
  model.eval();
  ErrorSum errors;
  const std::int64_t count = loader.dataset().size();
  const std::int64_t every = std::max<std::int64_t>(count / kSamples, 1);
  for (const auto& indices : loader.batches()) {
    const Batch batch = loader.load(indices);
    const torch::Tensor predicted = depths_of(
        ask("b", "DenseDepth::forward", [&] { return model.forward(batch.images); }), scale);
    errors.add(predicted, depths_of(batch.depths, scale), has_depth(batch.depths, batch.valid));
    if (samples == nullptr) continue;
    for (std::size_t i = 0; i < indices.size(); ++i) {
      const auto row = static_cast<std::int64_t>(i);
      if (indices[i] % every != 0 || indices[i] / every >= kSamples) continue;
      samples->push_back(sample_of({batch.images[row], batch.depths[row], batch.valid[row]},
                                   predicted[row], scale));
    }
  }
  return errors.errors();
}

void measure_means(const DataLoaders& loaders, const DepthScale& scale, Results& results) {
  torch::Tensor sum = torch::zeros({}, torch::kDouble);
  torch::Tensor count = torch::zeros({}, torch::kDouble);
  for_each_example(loaders.train, [&](const Example& example) {
    const torch::Tensor known = has_depth(example.depth, example.valid);
    sum = sum + depths_of(example.depth, scale) * known;
    count = count + known;
  });
  const torch::Tensor mean = (sum.sum() / count.sum().clamp_min(1.0)).expand(sum.sizes());
  const torch::Tensor mean_map = torch::where(count > 0, sum / count.clamp_min(1.0), mean);
  ErrorSum of_mean;
  ErrorSum of_map;
  for_each_example(loaders.test, [&](const Example& example) {
    const torch::Tensor known = has_depth(example.depth, example.valid);
    const torch::Tensor truth = depths_of(example.depth, scale);
    of_mean.add(mean, truth, known);
    of_map.add(mean_map, truth, known);
  });
  results.mean = of_mean.errors();
  results.mean_map = of_map.errors();
}

}  // namespace pset3::depth
