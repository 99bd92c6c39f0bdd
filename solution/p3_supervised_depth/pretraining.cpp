#include "starter/p3_supervised_depth/pretraining.hpp"

#include <utility>

#include "starter/p3_supervised_depth/model.hpp"

namespace pset3::depth {

AutoencoderImpl::AutoencoderImpl(DenseEncoder encoder) {
  // TODO(student): Keep and register the encoder and layers that paint (question (e)).
  // BEGIN SOLUTION
  encoder_ = register_module("encoder", std::move(encoder));
  const auto convolution = [](std::int64_t from, std::int64_t to) {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(from, to, 3).padding(1));
  };
  const auto twice_as_large = torch::nn::UpsampleOptions()
                                  .scale_factor(std::vector<double>{2.0, 2.0})
                                  .mode(torch::kNearest);
  constexpr std::int64_t kMaps = 32;
  torch::nn::Sequential painter;
  std::int64_t channels = encoder_->channels().norm5;
  for (int step = 0; step < 4; ++step) {
    painter->push_back(convolution(channels, kMaps));
    painter->push_back(torch::nn::ReLU());
    painter->push_back(torch::nn::Upsample(twice_as_large));
    channels = kMaps;
  }
  painter->push_back(convolution(channels, 3));
  painter_ = register_module("painter", painter);
  // END SOLUTION
}

torch::Tensor AutoencoderImpl::forward(const torch::Tensor& images) {
  // TODO(student): Encode, and paint what norm5 tells in the images' size (question (e)).
  // BEGIN SOLUTION
  const torch::Tensor painted = painter_->forward(encoder_->forward(images).norm5);
  const std::vector<std::int64_t> size = {images.size(2), images.size(3)};
  return torch::nn::functional::interpolate(painted, torch::nn::functional::InterpolateFuncOptions()
                                                         .size(size)
                                                         .mode(torch::kBilinear)
                                                         .align_corners(false));
  // END SOLUTION
}

std::vector<double> pretrain(Autoencoder autoencoder, const DataLoader& loader,
                             const PretrainOptions& options) {
  // TODO(student): Teach the autoencoder to give back the images (question (e)).
  // BEGIN SOLUTION
  torch::optim::Adam optimizer(autoencoder->parameters(),
                               torch::optim::AdamOptions(options.learning_rate));
  autoencoder->train();
  std::vector<double> losses;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    const auto batches = loader.batches();
    double loss_sum = 0.0;
    for (const auto& indices : batches) {
      const torch::Tensor images = loader.load(indices).images;
      optimizer.zero_grad();
      const torch::Tensor loss = torch::mse_loss(autoencoder->forward(images), images);
      loss.backward();
      optimizer.step();
      loss_sum += loss.item<double>();
    }
    losses.push_back(loss_sum / static_cast<double>(batches.size()));
  }
  return losses;
  // END SOLUTION
}

Comparison compare_pretraining(const DataLoaders& loaders, const ComparisonOptions& options) {
  // TODO(student): Train without and with pretraining, and keep the test losses (question (e)).
  // BEGIN SOLUTION
  const auto test_losses = [&](const DenseEncoder& encoder) {
    DenseDepth model(encoder);
    std::vector<double> losses;
    for (const EpochResult& result : train(model, loaders, options.training)) {
      losses.push_back(result.test_loss);
    }
    return losses;
  };
  Comparison comparison;
  comparison.from_scratch = test_losses(DenseEncoder(options.encoder));
  const DenseEncoder encoder(options.encoder);
  pretrain(Autoencoder(encoder), loaders.train, options.pretraining);
  comparison.pretrained = test_losses(encoder);
  return comparison;
  // END SOLUTION
}

}  // namespace pset3::depth
