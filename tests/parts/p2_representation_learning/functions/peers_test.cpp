#include <sys/wait.h>

#include <cstdlib>
#include <numeric>

#include "starter/common/data/weights_file.hpp"
#include "starter/p2_representation_learning/testing.hpp"
#include "starter/p2_representation_learning/training.hpp"
#include "tests/common/drawing/temporary_folder.hpp"
#include "tests/parts/p2_representation_learning/functions/harness.hpp"

/// The reference against the same network, training and testing written for PyTorch in Python.
namespace pset3::representation {
namespace {

/// Both sides compute in 32 bits; sums may be in another order.
constexpr double kTolerance = 2e-6;

WeightsArray array_of(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kFloat).contiguous();
  const auto* first = plain.data_ptr<float>();
  return {plain.sizes().vec(), {first, first + plain.numel()}};
}

torch::Tensor tensor_of(const WeightsArray& array) {
  return torch::tensor(array.values).view(array.shape);
}

void add_weights(const torch::nn::Module& model, Weights& to) {
  for (const auto& item : model.named_parameters()) to.arrays[item.key()] = array_of(item.value());
}

/// @returns peers.py's exit status, 77 where PyTorch is missing.
int ask_python(const Weights& cases, Weights& results) {
  const drawing::TemporaryFolder folder;
  write_weights(folder / "cases.safetensors", cases);
  const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR
                              "/tests/parts/p2_representation_learning/functions/peers.py '" +
                              (folder / "").string() + "'";
  const int status = std::system(command.c_str());
  if (status == 0) results = read_weights(folder / "results.safetensors");
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void expect_near(const WeightsArray& got, const WeightsArray& expected, const std::string& what) {
  ASSERT_EQ(got.shape, expected.shape) << what;
  ASSERT_FALSE(expected.values.empty()) << what;
  const double error = (tensor_of(got) - tensor_of(expected)).abs().max().item<double>();
  EXPECT_LE(error, kTolerance) << what;
}

WeightsArray numbers(const std::vector<double>& values) {
  return {{static_cast<std::int64_t>(values.size())}, {values.begin(), values.end()}};
}

struct Run {
  Weights cases;
  Weights ours;
};

/// Trains the reference and writes down all that Python needs to do the same.
Run run_reference(const TrainOptions& options, std::int64_t count) {
  const Examples examples = random_examples(count, 10, 21);
  torch::manual_seed(22);
  ImageClassifyModel model(ImageEmbedNet(), 10);
  Run run;
  std::vector<std::int64_t> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  const Batch batch = load_batch(examples, all);
  run.cases.arrays["images"] = array_of(batch.images);
  run.cases.arrays["labels"] = array_of(batch.labels);
  run.cases.arrays["batch_size,rate,momentum"] =
      numbers({static_cast<double>(options.batch_size), options.learning_rate, options.momentum});
  add_weights(model, run.cases);
  run.ours.arrays["logits"] = array_of(model.forward(batch.images));
  examples.asked.clear();
  std::vector<double> losses;
  std::vector<double> accuracies;
  for (const EpochResult& result : train(model, examples, options)) {
    losses.push_back(result.loss);
    accuracies.push_back(result.accuracy);
  }
  run.ours.arrays["losses"] = numbers(losses);
  run.ours.arrays["accuracies"] = numbers(accuracies);
  run.cases.arrays["order"] =
      array_of(torch::tensor(examples.asked).view({options.epochs + 1, count}));
  const TestResult tested = test(model, examples, options.batch_size);
  run.ours.arrays["test"] = numbers({tested.loss, tested.accuracy});
  add_weights(model, run.ours);
  return run;
}

void compare(const TrainOptions& options, std::int64_t count) {
  Run run = run_reference(options, count);
  const torch::Tensor stored = torch::randint(256, {2, 28, 28}, torch::kUInt8);
  run.cases.arrays["stored"] = array_of(stored);
  run.ours.arrays["resized"] = array_of(torch::stack({resize(stored[0]), resize(stored[1])}));
  Weights python;
  const int status = ask_python(run.cases, python);
  if (status == 77) GTEST_SKIP() << "skipped: no PyTorch for /usr/bin/python3";
  ASSERT_EQ(status, 0);
  ASSERT_EQ(run.ours.arrays.size(), 15U) << "10 parameters and 5 others";
  for (const auto& [name, array] : run.ours.arrays) {
    ASSERT_EQ(python.arrays.count(name), 1U) << name;
    expect_near(array, python.arrays.at(name), name);
  }
  // So that equal means something: training did change the weights.
  EXPECT_NE(run.ours.arrays.at("embed.conv1.weight").values,
            run.cases.arrays.at("embed.conv1.weight").values);
}

TEST(Peers, ThreeStepsWithMomentumOnOneBatch) {
  TrainOptions options;
  options.epochs = 3;
  options.batch_size = 16;
  options.learning_rate = 0.01;
  compare(options, 16);
}

TEST(Peers, TwoEpochsWithALastBatchThatIsNotFull) {
  TrainOptions options;
  options.epochs = 2;
  options.batch_size = 8;
  options.learning_rate = 0.005;
  compare(options, 37);
}

}  // namespace
}  // namespace pset3::representation
