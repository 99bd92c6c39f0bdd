#include "starter/p3_supervised_depth/model.hpp"

#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

namespace pset3::depth {
namespace {

using testing::ElementsAre;

std::shared_ptr<DecoderImpl> decoder_of(const DenseDepth& model) {
  return std::dynamic_pointer_cast<DecoderImpl>(model.named_children()["decoder"]);
}

TEST(DenseDepth, HasTheEncoderThatItIsGivenAndADecoder) {
  const DenseEncoder encoder(tiny_encoder());
  const DenseDepth first(encoder);
  const DenseDepth second(encoder);
  EXPECT_EQ(first.named_children()["encoder"], encoder.ptr());
  EXPECT_EQ(second.named_children()["encoder"], encoder.ptr());
  ASSERT_NE(decoder_of(first), nullptr);
  EXPECT_NE(decoder_of(first), decoder_of(second));
  EXPECT_EQ(first.parameters().size(),
            encoder->parameters().size() + decoder_of(first)->parameters().size());
}

TEST(DenseDepth, GivesADepthForEachPixelAlsoOfOddSizes) {
  DenseDepth model{DenseEncoder(tiny_encoder())};
  model.eval();
  const torch::NoGradGuard no_gradients;
  EXPECT_THAT(model.forward(torch::zeros({2, 3, 64, 96})).sizes().vec(), ElementsAre(2, 1, 64, 96));
  EXPECT_THAT(model.forward(torch::zeros({1, 3, 33, 47})).sizes().vec(), ElementsAre(1, 1, 33, 47));
  EXPECT_THAT(model.forward(torch::zeros({1, 3, 32, 32})).sizes().vec(), ElementsAre(1, 1, 32, 32));
}

TEST(DenseDepth, JoinsTheEncodersMapsFromCoarseToFine) {
  torch::manual_seed(1);
  DenseEncoder encoder(tiny_encoder());
  DenseDepth model(encoder);
  model.eval();
  const torch::NoGradGuard no_gradients;
  const torch::Tensor images = torch::randn({2, 3, 45, 64});
  const EncoderMaps maps = encoder->forward(images);
  const torch::Tensor half = decoder_of(model)->forward(
      maps.norm5, {maps.transition2, maps.transition1, maps.pool0, maps.relu0});
  const torch::Tensor depths = model.forward(images);
  EXPECT_GT(half.std().item<double>(), 1e-3) << "or all would be equal";
  for (const std::int64_t row : {0, 1, 2, 31, 44}) {
    for (const std::int64_t column : {0, 1, 2, 33, 63}) {
      EXPECT_TRUE(depths.select(2, row).select(2, column).equal(
          half.select(2, row / 2).select(2, column / 2)))
          << row << " " << column;
    }
  }
}

TEST(DenseDepth, LetsGradientsReachTheFirstLayer) {
  DenseEncoder encoder(tiny_encoder());
  DenseDepth model(encoder);
  torch::manual_seed(2);
  model.forward(torch::randn({2, 3, 32, 32})).sum().backward();
  EXPECT_GT(encoder->named_parameters()["conv0.weight"].grad().abs().sum().item<double>(), 0.0);
}

}  // namespace
}  // namespace pset3::depth
