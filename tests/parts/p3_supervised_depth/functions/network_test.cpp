#include <map>
#include <string>

#include "starter/p3_supervised_depth/given/decoder.hpp"
#include "starter/p3_supervised_depth/given/encoder.hpp"
#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

/// The pieces that are given. What they compute is compared with torchvision in peers_test.cpp.
namespace pset3::depth {
namespace {

using testing::ElementsAre;

std::int64_t count_of(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const torch::Tensor& parameter : module.parameters()) count += parameter.numel();
  return count;
}

TEST(DenseEncoder, OfDenseNet161HasTheParametersThatTheHandoutSays) {
  const DenseEncoder encoder(densenet161());
  constexpr std::int64_t kHead = 1000 * 2208 + 1000;  // weights and biases of its 1,000 classes
  EXPECT_EQ(count_of(*encoder) + kHead, 28'681'000);
  EXPECT_EQ(encoder->channels().relu0, 96);
  EXPECT_EQ(encoder->channels().pool0, 96);
  EXPECT_EQ(encoder->channels().transition1, 192);
  EXPECT_EQ(encoder->channels().transition2, 384);
  EXPECT_EQ(encoder->channels().norm5, 2208);
}

TEST(DenseEncoder, HalvesFiveTimes) {
  DenseEncoder encoder(tiny_encoder());
  encoder->eval();
  const torch::NoGradGuard no_gradients;
  const EncoderMaps maps = encoder->forward(torch::zeros({2, 3, 64, 96}));
  EXPECT_THAT(maps.conv0.sizes().vec(), ElementsAre(2, 6, 32, 48));
  EXPECT_THAT(maps.norm0.sizes().vec(), ElementsAre(2, 6, 32, 48));
  EXPECT_THAT(maps.relu0.sizes().vec(), ElementsAre(2, 6, 32, 48));
  EXPECT_THAT(maps.pool0.sizes().vec(), ElementsAre(2, 6, 16, 24));
  EXPECT_THAT(maps.block1.sizes().vec(), ElementsAre(2, 10, 16, 24));
  EXPECT_THAT(maps.transition1.sizes().vec(), ElementsAre(2, 5, 8, 12));
  EXPECT_THAT(maps.block2.sizes().vec(), ElementsAre(2, 13, 8, 12));
  EXPECT_THAT(maps.transition2.sizes().vec(), ElementsAre(2, 6, 4, 6));
  EXPECT_THAT(maps.block3.sizes().vec(), ElementsAre(2, 10, 4, 6));
  EXPECT_THAT(maps.transition3.sizes().vec(), ElementsAre(2, 5, 2, 3));
  EXPECT_THAT(maps.block4.sizes().vec(), ElementsAre(2, 13, 2, 3));
  EXPECT_THAT(maps.norm5.sizes().vec(), ElementsAre(2, 13, 2, 3));
}

TEST(DenseEncoder, TakesOddSizes) {
  DenseEncoder encoder(tiny_encoder());
  const EncoderMaps maps = encoder->forward(torch::zeros({2, 3, 47, 65}));
  EXPECT_THAT(maps.relu0.sizes().vec(), ElementsAre(2, 6, 24, 33));
  EXPECT_THAT(maps.pool0.sizes().vec(), ElementsAre(2, 6, 12, 17));
  EXPECT_THAT(maps.transition1.sizes().vec(), ElementsAre(2, 5, 6, 8));
  EXPECT_THAT(maps.norm5.sizes().vec(), ElementsAre(2, 13, 1, 2));
}

TEST(DenseEncoder, StartsWithHesWeights) {
  torch::manual_seed(1);
  const DenseEncoder encoder(densenet161());
  const torch::Tensor weight = encoder->named_parameters()["conv0.weight"];
  // 14,112 draws: their deviation is known to half a percent.
  EXPECT_NEAR(weight.std().item<double>(), std::sqrt(2.0 / (3 * 7 * 7)), 0.003);
  EXPECT_NEAR(weight.mean().item<double>(), 0.0, 0.005);
}

TEST(EncoderOptions, RefuseWhatIsNoNetwork) {
  EncoderOptions options;
  options.blocks = {1, 2, 3};
  EXPECT_THROW(options.check(), std::invalid_argument);
  options.blocks = {1, 2, 0, 3};
  EXPECT_THROW(DenseEncoder{options}, std::invalid_argument);
  options = EncoderOptions();
  options.growth = 0;
  EXPECT_THROW(options.check(), std::invalid_argument);
  EXPECT_NO_THROW(EncoderOptions().check());
  EXPECT_NO_THROW(densenet161().check());
}

TEST(Decoder, HalvesItsMapsAsInThePaper) {
  const Decoder decoder(EncoderChannels{96, 96, 192, 384, 2208});
  std::map<std::string, std::vector<std::int64_t>> shapes;
  for (const auto& item : decoder->named_parameters()) {
    if (item.value().dim() == 4) shapes[item.key()] = item.value().sizes().vec();
  }
  const std::map<std::string, std::vector<std::int64_t>> expected = {
      {"conv2.weight", {1104, 2208, 1, 1}},   {"up1.conv1.weight", {552, 1104 + 384, 3, 3}},
      {"up1.conv2.weight", {552, 552, 3, 3}}, {"up2.conv1.weight", {276, 552 + 192, 3, 3}},
      {"up2.conv2.weight", {276, 276, 3, 3}}, {"up3.conv1.weight", {138, 276 + 96, 3, 3}},
      {"up3.conv2.weight", {138, 138, 3, 3}}, {"up4.conv1.weight", {69, 138 + 96, 3, 3}},
      {"up4.conv2.weight", {69, 69, 3, 3}},   {"conv3.weight", {1, 69, 3, 3}}};
  EXPECT_EQ(shapes, expected);
}

TEST(Decoder, OfASmallEncoderKeepsEightMaps) {
  const Decoder decoder(EncoderChannels{6, 6, 5, 6, 13});
  EXPECT_THAT(decoder->named_parameters()["conv2.weight"].sizes().vec(), ElementsAre(8, 13, 1, 1));
  EXPECT_THAT(decoder->named_parameters()["up4.conv2.weight"].sizes().vec(),
              ElementsAre(8, 8, 3, 3));
}

TEST(UpsamplingBlock, PutsCornersOnCornersAndJoins) {
  UpsamplingBlock block(1, 1, 1);
  const torch::NoGradGuard no_gradients;
  for (auto& parameter : block->parameters()) parameter.zero_();
  auto parameters = block->named_parameters();
  parameters["conv1.weight"][0][0][1][1] = 1.0F;   // the enlarged map
  parameters["conv1.weight"][0][1][1][1] = 10.0F;  // and ten times what is joined
  parameters["conv2.weight"][0][0][1][1] = 1.0F;
  const torch::Tensor small = torch::tensor({0.0F, 2.0F, 4.0F, -10.0F}).view({1, 1, 2, 2});
  torch::Tensor large = torch::zeros({1, 1, 3, 3});
  large[0][0][0][1] = 5.0F;
  const torch::Tensor output = block->forward(small, large)[0][0];
  // Enlarged: 0 1 2 / 2 −1 −4 / 4 −3 −10; a negative value is multiplied by 0.2 twice.
  const torch::Tensor expected =
      torch::tensor({{0.0F, 51.0F, 2.0F}, {2.0F, -0.04F, -0.16F}, {4.0F, -0.12F, -0.4F}});
  EXPECT_TRUE(output.allclose(expected, 0.0, 1e-6)) << output;
}

}  // namespace
}  // namespace pset3::depth
