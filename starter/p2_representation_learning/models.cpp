#include "starter/p2_representation_learning/models.hpp"

#include <utility>

namespace pset3::representation {

ImageEmbedNetImpl::ImageEmbedNetImpl() {
  // TODO(student): Make and register the two convolutions (question (b)).
  PSET3_TODO();
}

torch::Tensor ImageEmbedNetImpl::forward(const torch::Tensor& images) {
  // TODO(student): Convolve, rectify, pool; twice; then flatten (question (b)).
  PSET3_TODO();
}

ClassifyNetImpl::ClassifyNetImpl(std::int64_t classes) {
  // TODO(student): Make and register the three linear layers (question (b)).
  PSET3_TODO();
}

torch::Tensor ClassifyNetImpl::forward(const torch::Tensor& embedding) {
  // TODO(student): Three layers with ReLU between them (question (b)).
  PSET3_TODO();
}

ImageClassifyModel::ImageClassifyModel(ImageEmbedNet embed, std::int64_t classes,
                                       bool exclude_embed_params) {
  // TODO(student): Keep and register the embedding and a new head (question (b)).
  PSET3_TODO();
}

torch::Tensor ImageClassifyModel::forward(const torch::Tensor& images) {
  // TODO(student): The head's scores of the embedding (question (b)).
  PSET3_TODO();
}

std::vector<torch::Tensor> ImageClassifyModel::parameters_to_train() {
  // TODO(student): List what an optimiser may change (question (b)).
  PSET3_TODO();
}

}  // namespace pset3::representation
