#include <cmath>
#include <map>

#include "tests/parts/p2_representation_learning/functions/harness.hpp"

namespace pset3::representation {
namespace {

using testing::ElementsAre;

std::map<std::string, std::vector<std::int64_t>> shapes_of(const torch::nn::Module& module) {
  std::map<std::string, std::vector<std::int64_t>> shapes;
  for (const auto& item : module.named_parameters()) {
    shapes[item.key()] = item.value().sizes().vec();
  }
  return shapes;
}

std::int64_t count_of(const std::vector<torch::Tensor>& parameters) {
  std::int64_t count = 0;
  for (const torch::Tensor& parameter : parameters) count += parameter.numel();
  return count;
}

/// All weights 0, so that a test can set the few it wants.
void clear(torch::nn::Module& module) {
  const torch::NoGradGuard no_gradients;
  for (torch::Tensor& parameter : module.parameters()) parameter.zero_();
}

TEST(ImageEmbedNet, HasTwoConvolutions) {
  const ImageEmbedNet embed;
  const std::map<std::string, std::vector<std::int64_t>> expected = {
      {"conv1.weight", {16, 1, 5, 5}},
      {"conv1.bias", {16}},
      {"conv2.weight", {32, 16, 5, 5}},
      {"conv2.bias", {32}}};
  EXPECT_EQ(shapes_of(*embed), expected);
  EXPECT_EQ(count_of(embed->parameters()), 16 * 26 + 32 * 401);
}

TEST(ImageEmbedNet, Gives2048NumbersAnImage) {
  ImageEmbedNet embed;
  EXPECT_THAT(embed->forward(torch::zeros({3, 1, 32, 32})).sizes().vec(), ElementsAre(3, 2048));
  EXPECT_THAT(embed->forward(torch::zeros({1, 1, 32, 32})).sizes().vec(), ElementsAre(1, 2048));
}

TEST(ImageEmbedNet, ConvolvesRectifiesAndPoolsTwice) {
  ImageEmbedNet embed;
  clear(*embed);
  auto parameters = embed->named_parameters();
  {
    const torch::NoGradGuard no_gradients;
    parameters["conv1.weight"][0][0][2][2] = 1.0F;   // channel 0 is the image,
    parameters["conv1.weight"][1][0][2][1] = -1.0F;  // channel 1 its negative from the left
    parameters["conv2.weight"][0][0][2][2] = 1.0F;
    parameters["conv2.weight"][1][1][2][2] = 1.0F;
    parameters["conv2.weight"][2][0][2][2] = 1.0F;
    parameters["conv2.bias"][2] = -3.0F;
  }
  torch::manual_seed(1);
  torch::Tensor image = torch::randn({1, 1, 32, 32});
  const torch::Tensor embedding = embed->forward(image).detach().view({32, 8, 8});
  const torch::Tensor blocks = torch::max_pool2d(image, 4)[0][0];
  EXPECT_TRUE(embedding[0].allclose(blocks.clamp_min(0), 0, 1e-6));
  // The negative, moved to the right by a pixel, with 0 from the padding in column 0.
  const torch::Tensor moved = torch::constant_pad_nd(-image, {1, -1});
  EXPECT_TRUE(embedding[1].allclose(torch::max_pool2d(moved, 4)[0][0].clamp_min(0), 0, 1e-6));
  EXPECT_TRUE(embedding[2].allclose((blocks.clamp_min(0) - 3).clamp_min(0), 0, 1e-6));
  EXPECT_EQ(embedding.slice(0, 3).abs().max().item<double>(), 0.0);
}

TEST(ClassifyNet, HasThreeLinearLayers) {
  const ClassifyNet head(8);
  const std::map<std::string, std::vector<std::int64_t>> expected = {
      {"fc1.weight", {25, 2048}}, {"fc1.bias", {25}},      {"fc2.weight", {25, 25}},
      {"fc2.bias", {25}},         {"fc3.weight", {8, 25}}, {"fc3.bias", {8}}};
  EXPECT_EQ(shapes_of(*head), expected);
}

TEST(ClassifyNet, RectifiesBetweenTheLayersOnly) {
  ClassifyNet head(3);
  clear(*head);
  auto parameters = head->named_parameters();
  {
    const torch::NoGradGuard no_gradients;
    parameters["fc1.weight"][4][7] = 2.0F;
    parameters["fc1.bias"][4] = 1.0F;
    parameters["fc2.weight"][9][4] = -1.0F;
    parameters["fc2.bias"][9] = 4.0F;
    parameters["fc3.weight"][1][9] = -5.0F;
    parameters["fc3.bias"][2] = 0.5F;
  }
  torch::Tensor embedding = torch::zeros({3, 2048});
  embedding[0][7] = 1.0F;   // 2·1 + 1 = 3; −3 + 4 = 1; −5·1
  embedding[1][7] = -8.0F;  // −15 becomes 0; 4; −20
  embedding[2][7] = 8.0F;   // 17; −13 becomes 0; 0
  const torch::Tensor logits = head->forward(embedding);
  const torch::Tensor expected =
      torch::tensor({{0.0F, -5.0F, 0.5F}, {0.0F, -20.0F, 0.5F}, {0.0F, 0.0F, 0.5F}});
  EXPECT_TRUE(logits.allclose(expected, 0, 1e-6)) << logits;
}

TEST(ImageClassifyModel, IsTheHeadOnTheEmbedding) {
  torch::manual_seed(2);
  ImageEmbedNet embed;
  ImageClassifyModel model(embed, 10);
  const torch::Tensor images = torch::randn({2, 1, 32, 32});
  const torch::Tensor logits = model.forward(images);
  EXPECT_THAT(logits.sizes().vec(), ElementsAre(2, 10));
  const auto head = std::dynamic_pointer_cast<ClassifyNetImpl>(model.named_children()["classify"]);
  ASSERT_NE(head, nullptr);
  EXPECT_TRUE(logits.equal(head->forward(embed->forward(images))));
  EXPECT_EQ(model.named_children()["embed"], embed.ptr());
}

TEST(ImageClassifyModel, TrainsAllOrTheHeadAlone) {
  ImageEmbedNet embed;
  ImageClassifyModel whole(embed, 10);
  ImageClassifyModel head_only(embed, 8, true);
  EXPECT_EQ(whole.parameters_to_train().size(), 10U);
  EXPECT_EQ(count_of(whole.parameters_to_train()), 65383) << "13,248 and 51,225 + 650 + 260";
  EXPECT_EQ(head_only.parameters_to_train().size(), 6U);
  EXPECT_EQ(count_of(head_only.parameters_to_train()), 51225 + 650 + 208);
  for (const torch::Tensor& parameter : head_only.parameters_to_train()) {
    for (const torch::Tensor& embedding : embed->parameters()) {
      EXPECT_FALSE(parameter.is_same(embedding));
    }
  }
}

TEST(ImageClassifyModel, SharesTheEmbedding) {
  ImageEmbedNet embed;
  ImageClassifyModel first(embed, 10);
  ImageClassifyModel second(embed, 8);
  {
    const torch::NoGradGuard no_gradients;
    embed->named_parameters()["conv1.bias"].fill_(0.25F);
  }
  for (ImageClassifyModel* model : {&first, &second}) {
    EXPECT_EQ(model->named_parameters()["embed.conv1.bias"].max().item<float>(), 0.25F);
  }
}

}  // namespace
}  // namespace pset3::representation
