#include "starter/p3_supervised_depth/pretraining.hpp"

#include <utility>

#include "starter/p3_supervised_depth/model.hpp"

namespace pset3::depth {

AutoencoderImpl::AutoencoderImpl(DenseEncoder encoder) {
  // TODO(student): Keep and register the encoder and layers that paint (question (e)).
  PSET3_TODO();
}

torch::Tensor AutoencoderImpl::forward(const torch::Tensor& images) {
  // TODO(student): Encode, and paint what norm5 tells in the images' size (question (e)).
  PSET3_TODO();
}

std::vector<double> pretrain(Autoencoder autoencoder, const DataLoader& loader,
                             const PretrainOptions& options) {
  // TODO(student): Teach the autoencoder to give back the images (question (e)).
  PSET3_TODO();
}

Comparison compare_pretraining(const DataLoaders& loaders, const ComparisonOptions& options) {
  // TODO(student): Train without and with pretraining, and keep the test losses (question (e)).
  PSET3_TODO();
}

}  // namespace pset3::depth
