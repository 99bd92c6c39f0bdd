#include "starter/p2_representation_learning/models.hpp"

#include <utility>

namespace pset3::representation {

ImageEmbedNetImpl::ImageEmbedNetImpl() {
  // TODO(student): Make and register the two convolutions (question (b)).
  // BEGIN SOLUTION
  conv1_ =
      register_module("conv1", torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 16, 5).padding(2)));
  conv2_ =
      register_module("conv2", torch::nn::Conv2d(torch::nn::Conv2dOptions(16, 32, 5).padding(2)));
  // END SOLUTION
}

torch::Tensor ImageEmbedNetImpl::forward(const torch::Tensor& images) {
  // TODO(student): Convolve, rectify, pool; twice; then flatten (question (b)).
  // BEGIN SOLUTION
  torch::Tensor x = torch::max_pool2d(torch::relu(conv1_->forward(images)), 2);
  x = torch::max_pool2d(torch::relu(conv2_->forward(x)), 2);
  return x.flatten(1);
  // END SOLUTION
}

ClassifyNetImpl::ClassifyNetImpl(std::int64_t classes) {
  // TODO(student): Make and register the three linear layers (question (b)).
  // BEGIN SOLUTION
  fc1_ = register_module("fc1", torch::nn::Linear(2048, 25));
  fc2_ = register_module("fc2", torch::nn::Linear(25, 25));
  fc3_ = register_module("fc3", torch::nn::Linear(25, classes));
  // END SOLUTION
}

torch::Tensor ClassifyNetImpl::forward(const torch::Tensor& embedding) {
  // TODO(student): Three layers with ReLU between them (question (b)).
  // BEGIN SOLUTION
  const torch::Tensor hidden = torch::relu(fc1_->forward(embedding));
  return fc3_->forward(torch::relu(fc2_->forward(hidden)));
  // END SOLUTION
}

ImageClassifyModel::ImageClassifyModel(ImageEmbedNet embed, std::int64_t classes,
                                       bool exclude_embed_params) {
  // TODO(student): Keep and register the embedding and a new head (question (b)).
  // BEGIN SOLUTION
  embed_ = register_module("embed", std::move(embed));
  classify_ = register_module("classify", ClassifyNet(classes));
  exclude_embed_params_ = exclude_embed_params;
  // END SOLUTION
}

torch::Tensor ImageClassifyModel::forward(const torch::Tensor& images) {
  // TODO(student): The head's scores of the embedding (question (b)).
  // BEGIN SOLUTION
  return classify_->forward(embed_->forward(images));
  // END SOLUTION
}

std::vector<torch::Tensor> ImageClassifyModel::parameters_to_train() {
  // TODO(student): List what an optimiser may change (question (b)).
  // BEGIN SOLUTION
  return exclude_embed_params_ ? classify_->parameters() : parameters();
  // END SOLUTION
}

}  // namespace pset3::representation
