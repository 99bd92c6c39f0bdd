#include "starter/p2_representation_learning/testing.hpp"
#include "starter/p2_representation_learning/training.hpp"
#include "tests/parts/p2_representation_learning/functions/harness.hpp"

/// What the untouched starter does; linked with the stubs. Member functions cannot be reached,
/// since nothing can be made.
namespace pset3::representation {
namespace {

const LabelledImages kImages = {torch::zeros({4, 28, 28}, torch::kUInt8),
                                torch::zeros({4}, torch::kInt64)};

TEST(Starter, SaysThatNoDatasetIsWrittenYet) {
  EXPECT_THROW(MNISTDatasetWrapper(kImages, 1.0, Labels::kClass), NotImplemented);
  EXPECT_THROW(MNISTDatasetWrapper(kImages, 1.1, Labels::kClass), std::invalid_argument);
}

TEST(Starter, SaysThatNoNetworkIsWrittenYet) {
  EXPECT_THROW(ImageEmbedNet(), NotImplemented);
  EXPECT_THROW(ClassifyNet(10), NotImplemented);
  EXPECT_THROW(ImageClassifyModel(nullptr, 10), NotImplemented);
}

TEST(Starter, SaysThatNoTrainingIsWrittenYet) {
  const Examples examples({flat_example(1.0F, 0)});
  OneWeight model(0.0F);
  EXPECT_THROW(train(model, examples, {}), NotImplemented);
  EXPECT_THROW(test(model, examples), NotImplemented);
}

TEST(Starter, HasWhatIsGiven) {
  EXPECT_EQ(normalize(rotate(resize(kImages.images[0]), 45.0)).numel(), 1024);
  EXPECT_EQ(batch_indices(3, 2, true).size(), 2U);
}

}  // namespace
}  // namespace pset3::representation
