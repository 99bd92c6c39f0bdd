#include "starter/common/training/checkpoint.hpp"

#include <cmath>
#include <fstream>

#include "starter/p2_representation_learning/exercise/plan.hpp"
#include "tests/common/drawing/temporary_folder.hpp"
#include "tests/parts/p2_representation_learning/functions/harness.hpp"

namespace pset3::representation {
namespace {

using testing::ElementsAre;

std::vector<std::string> names_of(const std::vector<Experiment>& plan) {
  std::vector<std::string> names;
  for (const Experiment& experiment : plan) names.push_back(experiment.name);
  return names;
}

TEST(Checkpoint, ComesBackForItsIdentityAlone) {
  const drawing::TemporaryFolder folder;
  const std::filesystem::path file = folder / "some.safetensors";
  torch::manual_seed(1);
  const ImageClassifyModel model(ImageEmbedNet(), 10);
  const Identity identity = {{"seed", "1"}, {"rate", "0.001"}};
  write_checkpoint(file, identity, {state_of(model), {{2.3, 0.1}, {1.5, 0.625}}, {1, 7}});

  const auto back = read_checkpoint(file, identity);
  ASSERT_TRUE(back);
  EXPECT_THAT(back->stopped_after, ElementsAre(1, 7));
  ASSERT_EQ(back->epochs.size(), 2U);
  EXPECT_FLOAT_EQ(static_cast<float>(back->epochs[0][0]), 2.3F);
  EXPECT_EQ(back->epochs[1][1], 0.625);
  ImageClassifyModel other(ImageEmbedNet(), 10);
  ASSERT_FALSE(other.parameters()[0].equal(model.parameters()[0]));
  ASSERT_TRUE(set_state(back->tensors, other));
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_TRUE(other.parameters()[i].equal(model.parameters()[i])) << i;
    EXPECT_TRUE(other.parameters()[i].requires_grad()) << i;
  }

  EXPECT_FALSE(read_checkpoint(file, {{"seed", "2"}, {"rate", "0.001"}}));
  EXPECT_FALSE(read_checkpoint(file, {{"seed", "1"}}));
  EXPECT_FALSE(read_checkpoint(folder / "missing", identity));
  std::ofstream(file) << "no checkpoint";
  EXPECT_FALSE(read_checkpoint(file, identity));
}

TEST(SetState, ChangesNothingWhereTheyDoNotFit) {
  ImageClassifyModel ten(ImageEmbedNet(), 10);
  const ImageClassifyModel eight(ImageEmbedNet(), 8);
  const torch::Tensor before = ten.parameters()[0].clone();
  EXPECT_FALSE(set_state(state_of(eight), ten));
  EXPECT_FALSE(set_state(state_of(*ImageEmbedNet()), ten));
  EXPECT_TRUE(ten.parameters()[0].equal(before));
}

TEST(Fingerprint, TellsValuesOfTensorsApart) {
  const torch::Tensor one = torch::tensor({1.0F, 2.0F});
  EXPECT_EQ(fingerprint({one}), fingerprint({one.clone()}));
  EXPECT_NE(fingerprint({one}), fingerprint({torch::tensor({1.0F, 2.5F})}));
  EXPECT_NE(fingerprint({one}), fingerprint({one, one}));
  EXPECT_EQ(fingerprint_of_program(), fingerprint_of_program());
}

TEST(Planned, AreAllSixByDefault) {
  EXPECT_THAT(names_of(planned({})), ElementsAre("scratch", "scratch-5", "rotation", "fine-tune",
                                                 "fine-tune-5", "fine-tune-5-long"));
}

TEST(Planned, GivesEpochsToWhatWasAskedFor) {
  ExerciseOptions options;
  options.experiments = {"fine-tune-5-long"};
  options.epochs = 3;
  const std::vector<Experiment> plan = planned(options);
  ASSERT_THAT(names_of(plan), ElementsAre("rotation", "fine-tune-5-long"));
  EXPECT_EQ(plan[0].epochs, 20) << "is only needed";
  EXPECT_EQ(plan[1].epochs, 3);
  options.experiments = {"scratch"};
  EXPECT_THAT(names_of(planned(options)), ElementsAre("scratch"));
}

}  // namespace
}  // namespace pset3::representation
