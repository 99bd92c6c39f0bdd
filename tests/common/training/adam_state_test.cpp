#include "starter/common/training/checkpoint.hpp"
#include "starter/p3_supervised_depth/training.hpp"
#include "tests/common/drawing/temporary_folder.hpp"
#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

namespace pset3::depth {
namespace {

/// A small network with its optimiser.
struct Learner {
  Learner() {
    torch::manual_seed(3);
    model = std::make_shared<DenseDepth>(DenseEncoder(tiny_encoder()));
    optimizer =
        std::make_unique<torch::optim::Adam>(model->parameters(), torch::optim::AdamOptions(0.01));
  }
  void learn(int steps) {
    const Batch batch = random_batch(2, 64, 64, 5);
    for (int i = 0; i < steps; ++i) train_step(*model, *optimizer, batch);
  }
  std::shared_ptr<DenseDepth> model;
  std::unique_ptr<torch::optim::Adam> optimizer;
};

TEST(Checkpoint, GoesOnWithAdamAsIfNothingHadHappened) {
  const drawing::TemporaryFolder folder;
  const Identity identity = {{"seed", "3"}};
  Learner before;
  before.learn(3);
  Checkpoint kept;
  kept.tensors = adam_state_of(*before.optimizer, *before.model);
  ASSERT_EQ(kept.tensors.size(), 3 * before.model->parameters().size());
  const NamedTensors of_model = state_of(*before.model);
  EXPECT_GT(of_model.size(), before.model->parameters().size()) << "buffers of batch norms too";
  kept.tensors.insert(of_model.begin(), of_model.end());
  write_checkpoint(folder / "some.safetensors", identity, kept);
  before.learn(2);

  const auto back = read_checkpoint(folder / "some.safetensors", identity);
  ASSERT_TRUE(back);
  Learner after;
  NamedTensors restored;
  for (const auto& [name, value] : of_model) restored[name] = back->tensors.at(name);
  ASSERT_TRUE(set_state(restored, *after.model));
  ASSERT_TRUE(set_adam_state(back->tensors, *after.model, *after.optimizer));
  after.learn(2);
  const NamedTensors expected = state_of(*before.model);
  for (const auto& [name, value] : state_of(*after.model)) {
    EXPECT_TRUE(value.equal(expected.at(name))) << name;
  }
}

TEST(Checkpoint, RefusesWhatAdamRememberedOfOtherShapes) {
  Learner learner;
  learner.learn(1);
  NamedTensors state = adam_state_of(*learner.optimizer, *learner.model);
  for (auto& [name, value] : state) {
    if (name.find("mean") != std::string::npos) value = torch::zeros({1, 2, 3});
  }
  EXPECT_FALSE(set_adam_state(state, *learner.model, *learner.optimizer));
}

}  // namespace
}  // namespace pset3::depth
