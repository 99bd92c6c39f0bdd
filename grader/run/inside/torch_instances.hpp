#pragma once

// LibTorch, and the virtual functions of its class templates once each. A precompiled header leaves
// the tables of virtual functions to each file that includes it, and with them some hundred
// function templates: more than a second of every compilation, though no submission needs them.
// Calling them here instantiates them in the precompiled header. Nothing calls the functions below;
// the namespace's name is a reserved one, so that no student's name meets it.

#include <c10/core/TensorOptions.h>
#include <torch/arg.h>
#include <torch/nn/module.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

// Some of them are private. NOLINTNEXTLINE(bugprone-reserved-identifier)
#define private public
#include <torch/nn/cloneable.h>
#include <torch/optim/optimizer.h>
#undef private
#include <torch/torch.h>

// NOLINTNEXTLINE(bugprone-reserved-identifier)
namespace __pset3_instances {

namespace nn = torch::nn;

template <typename Module>
void clone(nn::Cloneable<Module>& module) {
  (void)module.nn::template Cloneable<Module>::clone();
  module.nn::template Cloneable<Module>::clone_(module, {});
}

template <typename... Modules>
void clone_each() {
  (..., (void)&clone<Modules>);
}

inline void modules() {
  clone_each<nn::ModuleDictImpl, nn::ParameterDictImpl, nn::SequentialImpl, nn::LinearImpl,
             nn::UnflattenImpl, nn::BilinearImpl, nn::SoftmaxImpl, nn::SoftminImpl,
             nn::LogSoftmaxImpl, nn::ThresholdImpl, nn::MultiheadAttentionImpl,
             nn::AdaptiveLogSoftmaxWithLossImpl, nn::Conv1dImpl, nn::Conv2dImpl, nn::Conv3dImpl,
             nn::ConvTranspose1dImpl, nn::ConvTranspose2dImpl, nn::ConvTranspose3dImpl,
             nn::EmbeddingImpl, nn::EmbeddingBagImpl, nn::FoldImpl, nn::UnfoldImpl,
             nn::LayerNormImpl, nn::LocalResponseNormImpl, nn::CrossMapLRN2dImpl, nn::GroupNormImpl,
             nn::ZeroPad2dImpl, nn::FractionalMaxPool2dImpl, nn::FractionalMaxPool3dImpl,
             nn::RNNImpl, nn::LSTMImpl, nn::GRUImpl, nn::RNNCellImpl, nn::LSTMCellImpl,
             nn::GRUCellImpl, nn::TransformerEncoderLayerImpl, nn::TransformerDecoderLayerImpl,
             nn::TransformerEncoderImpl, nn::TransformerDecoderImpl>();
}

template <typename Options>
void clone_options(const torch::optim::OptimizerCloneableOptions<Options>& options) {
  (void)options.torch::optim::template OptimizerCloneableOptions<Options>::clone();
}

template <typename... Options>
void clone_each_options() {
  (..., (void)&clone_options<Options>);
}

inline void optimizers() {
  using namespace torch::optim;
  clone_each_options<AdagradOptions, AdamOptions, AdamWOptions, LBFGSOptions, RMSpropOptions,
                     SGDOptions>();
}

template <std::size_t dimensions, typename Convolution>
void convolve(nn::ConvNdImpl<dimensions, Convolution>& module, std::ostream& stream) {
  module.nn::template ConvNdImpl<dimensions, Convolution>::reset();
  module.nn::template ConvNdImpl<dimensions, Convolution>::pretty_print(stream);
}

template <std::size_t dimensions, typename Convolution, typename Transposed>
void print_each(nn::ConvTransposeNdImpl<dimensions, Transposed>& module, std::ostream& stream) {
  (void)&convolve<dimensions, Convolution>;
  (void)&convolve<dimensions, Transposed>;
  module.nn::template ConvTransposeNdImpl<dimensions, Transposed>::pretty_print(stream);
}

inline void convolutions() {
  (void)&print_each<1, nn::Conv1dImpl, nn::ConvTranspose1dImpl>;
  (void)&print_each<2, nn::Conv2dImpl, nn::ConvTranspose2dImpl>;
  (void)&print_each<3, nn::Conv3dImpl, nn::ConvTranspose3dImpl>;
}

template <c10::TypeKind kind, typename Type>
void look_into(const c10::SingleElementType<kind, Type>& type) {
  (void)type.c10::template SingleElementType<kind, Type>::equals(type);
  (void)type.c10::template SingleElementType<kind, Type>::hasFreeVariables();
  (void)type.c10::template SingleElementType<kind, Type>::containedTypes();
}

inline void types() {
  (void)&look_into<c10::TypeKind::ListType, c10::ListType>;
  (void)&look_into<c10::TypeKind::FutureType, c10::FutureType>;
  (void)&look_into<c10::TypeKind::RRefType, c10::RRefType>;
}

inline void read(torch::data::datasets::Dataset<torch::data::datasets::TensorDataset,
                                                torch::data::TensorExample>& dataset) {
  (void)dataset.torch::data::datasets::Dataset<torch::data::datasets::TensorDataset,
                                               torch::data::TensorExample>::get_batch({});
}

}  // namespace __pset3_instances
