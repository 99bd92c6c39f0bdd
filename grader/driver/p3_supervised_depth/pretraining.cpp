#include "starter/p3_supervised_depth/pretraining.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "grader/driver/p3_supervised_depth/functions.hpp"

namespace pset3::driver::p3 {
namespace {

using namespace depth;  // the part's own names

/// The pictures of a case, without the student's dataset; counts how often examples are asked for.
class CountedPictures : public DepthDataset {
 public:
  CountedPictures(RgbdImages source, std::int64_t begin, std::int64_t end)
      : source_(std::move(source)), begin_(begin), end_(end) {}
  std::int64_t size() const override { return end_ - begin_; }
  Example get(std::int64_t index) const override {
    ++looks_;
    const std::int64_t picture = begin_ + index;
    return {normalize_colour(source_.colours[picture]), normalize_depth(source_.depths[picture]),
            source_.valid[picture]};
  }
  std::int64_t looks() const { return looks_; }

 private:
  RgbdImages source_;
  std::int64_t begin_;
  std::int64_t end_;
  mutable std::int64_t looks_ = 0;
};

PretrainOptions pretrain_options(const Arrays& inputs) {
  PretrainOptions options;
  options.epochs = static_cast<int>(whole(inputs, "pretraining_epochs"));
  options.learning_rate = real(inputs, "pretraining_rate");
  return options;
}

torch::Tensor normalized(const torch::Tensor& colours) {
  std::vector<torch::Tensor> images;
  for (std::int64_t i = 0; i < colours.size(0); ++i) images.push_back(normalize_colour(colours[i]));
  return torch::stack(images);
}

torch::Tensor painted(Autoencoder& autoencoder, const torch::Tensor& images) {
  const torch::NoGradGuard no_gradients;
  autoencoder->eval();
  return autoencoder->forward(images);
}

std::vector<torch::Tensor> copies(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> all;
  for (const torch::Tensor& tensor : tensors) all.push_back(tensor.detach().clone());
  return all;
}

/// How many of some tensors are others now.
std::int64_t changed(const std::vector<torch::Tensor>& before,
                     const std::vector<torch::Tensor>& after) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < before.size(); ++i) count += before[i].equal(after[i]) ? 0 : 1;
  return count;
}

}  // namespace

Arrays pretrain(const Arrays& inputs) {
  seed_everything(inputs);
  const DenseEncoder encoder(encoder_options(inputs));
  Autoencoder autoencoder(encoder);
  const auto pictures =
      std::make_shared<CountedPictures>(pictures_of(inputs), 0, input(inputs, "colours").size(0));
  const DataLoader loader(pictures, whole(inputs, "batch_size"), true);
  const torch::Tensor unseen = normalized(input(inputs, "unseen"));
  Arrays outputs;
  append_output(painted(autoencoder, unseen), "before", outputs);
  const std::vector<torch::Tensor> weights = copies(encoder->parameters());
  outputs["losses"] = Array::of(depth::pretrain(autoencoder, loader, pretrain_options(inputs)));
  append_output(painted(autoencoder, unseen), "after", outputs);
  outputs["encoder_parameters"] = Array::scalar(static_cast<std::int64_t>(weights.size()));
  outputs["encoder_changed"] = Array::scalar(changed(weights, encoder->parameters()));
  outputs["looks"] = Array::scalar(pictures->looks());
  return outputs;
}

Arrays compare_pretraining(const Arrays& inputs) {
  seed_everything(inputs);
  const RgbdImages source = pictures_of(inputs);
  const std::int64_t count = source.colours.size(0);
  const std::int64_t split = whole(inputs, "split");
  const auto train_pictures = std::make_shared<CountedPictures>(source, 0, split);
  const auto test_pictures = std::make_shared<CountedPictures>(source, split, count);
  const std::int64_t batch_size = whole(inputs, "batch_size");
  const DataLoaders loaders = {DataLoader(train_pictures, batch_size, true),
                               DataLoader(test_pictures, batch_size, false)};
  ComparisonOptions options;
  options.encoder = encoder_options(inputs);
  options.pretraining = pretrain_options(inputs);
  options.training.epochs = static_cast<int>(whole(inputs, "epochs"));
  options.training.learning_rate = real(inputs, "learning_rate");
  const Comparison comparison = depth::compare_pretraining(loaders, options);
  return {{"from_scratch", Array::of(comparison.from_scratch)},
          {"pretrained", Array::of(comparison.pretrained)},
          {"train_looks", Array::scalar(train_pictures->looks())},
          {"test_looks", Array::scalar(test_pictures->looks())}};
}

}  // namespace pset3::driver::p3
