#include <sys/wait.h>

#include <cstdlib>
#include <optional>
#include <string>

#include "starter/common/data/weights_file.hpp"
#include "starter/p3_supervised_depth/losses.hpp"
#include "starter/p3_supervised_depth/training.hpp"
#include "tests/common/drawing/temporary_folder.hpp"
#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

/// The given pieces and the reference against PyTorch, torchvision and scikit-image in Python.
namespace pset3::depth {
namespace {

WeightsArray array_of(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kFloat).contiguous();
  const auto* first = plain.data_ptr<float>();
  return {plain.sizes().vec(), {first, first + plain.numel()}};
}

torch::Tensor tensor_of(const WeightsArray& array) {
  return torch::tensor(array.values).view(array.shape);
}

WeightsArray numbers(const std::vector<double>& values) {
  return {{static_cast<std::int64_t>(values.size())}, {values.begin(), values.end()}};
}

/// What goes to Python and what ours made of it.
struct AgainstPyTorch {
  Weights cases;
  Weights ours;
};

void add_losses(AgainstPyTorch& all) {
  torch::manual_seed(1);
  torch::Tensor a = torch::randn({2, 3, 19, 26}).requires_grad_();
  const torch::Tensor b = (0.6 * a + 0.5 * torch::randn({2, 3, 19, 26})).detach();
  const torch::Tensor weights = torch::randn({2, 19, 26});
  auto& cases = all.cases.arrays;
  cases["losses/a"] = array_of(a);
  cases["losses/b"] = array_of(b);
  cases["losses/weights"] = array_of(weights);
  auto& ours = all.ours.arrays;
  ours["losses/ssim"] = numbers({ssim(a, b).item<double>()});
  ours["losses/vertical"] = array_of(image_gradients(a).vertical);
  ours["losses/horizontal"] = array_of(image_gradients(a).horizontal);
  const torch::Tensor loss = depth_loss(a, b);
  ours["losses/depth_loss"] = array_of(loss);
  (loss * weights).sum().backward();
  ours["losses/depth_loss_gradient"] = array_of(a.grad());
  const torch::Tensor predicted = a.detach().slice(1, 0, 1).clone().requires_grad_();
  const torch::Tensor net = net_loss(predicted, b.slice(1, 0, 1)).net;
  net.backward();
  ours["losses/net_loss"] = numbers({net.item<double>()});
  ours["losses/net_loss_gradient"] = array_of(predicted.grad());
}

void add_densenet161(AgainstPyTorch& all) {
  const DenseEncoder encoder(densenet161());
  std::int64_t count = 1000 * 2208 + 1000;  // the head, which the encoder does not have
  for (const auto& item : encoder->named_parameters()) {
    const std::vector<std::int64_t> shape = item.value().sizes().vec();
    all.ours.arrays["densenet161/" + item.key()] = numbers({shape.begin(), shape.end()});
    count += item.value().numel();
  }
  all.ours.arrays["densenet161/count"] = numbers({static_cast<double>(count)});
}

/// Parameters and the batch norms' means and variances.
void add_weights(const torch::nn::Module& module, const std::string& prefix, Weights& to) {
  for (const auto& item : module.named_parameters()) {
    to.arrays[prefix + item.key()] = array_of(item.value());
  }
  for (const auto& item : module.named_buffers()) {
    if (item.value().dim() == 1) to.arrays[prefix + item.key()] = array_of(item.value());
  }
}

void add_maps(const EncoderMaps& maps, Weights& to) {
  const std::pair<const char*, const torch::Tensor&> all[] = {
      {"conv0", maps.conv0},   {"norm0", maps.norm0},
      {"relu0", maps.relu0},   {"pool0", maps.pool0},
      {"block1", maps.block1}, {"transition1", maps.transition1},
      {"block2", maps.block2}, {"transition2", maps.transition2},
      {"block3", maps.block3}, {"transition3", maps.transition3},
      {"block4", maps.block4}, {"norm5", maps.norm5}};
  for (const auto& [name, map] : all) {
    to.arrays[std::string("training/maps/") + name] = array_of(map);
  }
}

/// The small network that is the default, on images of an odd size, three steps long.
void add_training(AgainstPyTorch& all) {
  torch::manual_seed(2);
  Batch batch = random_batch(3, 65, 70, 3);
  batch.valid = torch::rand({3, 1, 65, 70}) > 0.1;
  const EncoderOptions options;
  DenseEncoder encoder(options);
  DenseDepth model(encoder);
  model.train();
  model.forward(torch::randn({4, 3, 64, 64}));  // so that the batch norms' means are not 0
  auto& cases = all.cases.arrays;
  cases["training/encoder"] = numbers({16, 8, 2, 4, 6, 4, 4});
  cases["training/images"] = array_of(batch.images);
  cases["training/depths"] = array_of(batch.depths);
  cases["training/valid"] = array_of(batch.valid);
  // With an epsilon that is large enough: else the sign of a gradient near 0 would make a step.
  cases["training/rate,epsilon,steps"] = numbers({0.001, 0.001, 3});
  const auto decoder = model.named_children()["decoder"];
  add_weights(*encoder, "training/encoder/", all.cases);
  add_weights(*decoder, "training/decoder/", all.cases);
  model.eval();
  {
    const torch::NoGradGuard no_gradients;
    add_maps(encoder->forward(batch.images), all.ours);
    all.ours.arrays["training/depths"] = array_of(model.forward(batch.images));
  }
  torch::optim::Adam optimizer(model.parameters(), torch::optim::AdamOptions(0.001).eps(0.001));
  std::vector<double> losses;
  for (int step = 0; step < 3; ++step) losses.push_back(train_step(model, optimizer, batch));
  all.ours.arrays["training/step_losses"] = numbers(losses);
  add_weights(*encoder, "training/encoder/", all.ours);
  add_weights(*decoder, "training/decoder/", all.ours);
}

/// Asks Python once for all tests.
class Peers : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    add_losses(all_);
    add_training(all_);
    add_densenet161(all_);
    const drawing::TemporaryFolder folder;
    write_weights(folder / "cases.safetensors", all_.cases);
    const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR
                                "/tests/parts/p3_supervised_depth/functions/peers.py '" +
                                (folder / "").string() + "'";
    const int status = std::system(command.c_str());
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (status_ == 0) python_ = read_weights(folder / "results.safetensors");
  }

  void SetUp() override {
    if (status_ == 77) GTEST_SKIP() << "skipped: /usr/bin/python3 lacks a library";
    ASSERT_EQ(status_, 0);
  }

  /// Compares all that begins with a prefix, relatively to the largest value of each array.
  /// @returns how many there were.
  static std::size_t compare(const std::string& prefix, double tolerance) {
    std::size_t count = 0;
    for (const auto& [name, array] : all_.ours.arrays) {
      if (name.rfind(prefix, 0) != 0) continue;
      ++count;
      const auto found = python_.arrays.find(name);
      EXPECT_NE(found, python_.arrays.end()) << name;
      if (found == python_.arrays.end()) continue;
      EXPECT_EQ(found->second.shape, array.shape) << name;
      if (found->second.shape != array.shape) continue;
      const torch::Tensor expected = tensor_of(found->second);
      const double error = (tensor_of(array) - expected).abs().max().item<double>();
      EXPECT_LE(error, tolerance * expected.abs().max().item<double>()) << name;
    }
    return count;
  }

  static AgainstPyTorch all_;
  static Weights python_;
  static int status_;
};

AgainstPyTorch Peers::all_;
Weights Peers::python_;
int Peers::status_ = -1;

TEST_F(Peers, SimilarityIsThatOfScikitImage) {
  EXPECT_EQ(compare("losses/ssim", 1e-5), 1U) << "scikit-image computes in 64 bits";
  EXPECT_LT(all_.ours.arrays.at("losses/ssim").values[0], 0.9F) << "or all would be equal";
}

TEST_F(Peers, GradientsAndLossesAreThoseOfPyTorch) {
  EXPECT_EQ(compare("losses/vertical", 0.0), 1U);
  EXPECT_EQ(compare("losses/horizontal", 0.0), 1U);
  EXPECT_EQ(compare("losses/depth_loss", 2e-6), 2U);
  EXPECT_EQ(compare("losses/net_loss", 5e-5), 2U) << "variances are differences of means";
}

TEST_F(Peers, DenseNet161HasTheParametersOfTorchvisions) {
  std::size_t of_python = 0;
  for (const auto& [name, unused] : python_.arrays) of_python += name.rfind("densenet161/", 0) == 0;
  EXPECT_EQ(compare("densenet161/", 0.0), of_python);
  EXPECT_EQ(python_.arrays.at("densenet161/count").values[0], 28'681'000.0F);
}

TEST_F(Peers, DenseNetsMapsAreThoseOfTorchvision) {
  EXPECT_EQ(compare("training/maps/", 5e-6), 12U) << "sums of many products in another order";
}

TEST_F(Peers, TheWholeModelIsThatOfPyTorch) { EXPECT_EQ(compare("training/depths", 5e-6), 1U); }

TEST_F(Peers, ThreeStepsOfAdamLeadToTheSameWeights) {
  EXPECT_EQ(compare("training/step_losses", 1e-5), 1U);
  EXPECT_GT(compare("training/encoder/", 5e-5), 100U);
  EXPECT_EQ(compare("training/decoder/", 5e-5), 20U);
  for (const std::string name : {"training/encoder/conv0.weight", "training/decoder/conv3.bias"}) {
    EXPECT_NE(all_.ours.arrays.at(name).values, all_.cases.arrays.at(name).values)
        << "training did change " << name;
  }
}

}  // namespace
}  // namespace pset3::depth
