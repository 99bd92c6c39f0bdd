#include "starter/p3_supervised_depth/data.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/parts/p3_supervised_depth/functions/harness.hpp"

namespace pset3::depth {
namespace {

using testing::ElementsAre;

/// The numbers of the pictures that a dataset gives.
std::vector<std::int64_t> numbers_of(const DepthDataset& dataset) {
  std::vector<std::int64_t> numbers;
  for (std::int64_t i = 0; i < dataset.size(); ++i) {
    const double depth = dataset.get(i).depth[0][0][0].item<double>();
    numbers.push_back(std::lround((depth * kDepthDeviation + kDepthMean) * 100.0));
  }
  return numbers;
}

LoaderOptions options_of(double pct, double train_share, std::int64_t batch_size = 16) {
  LoaderOptions options;
  options.pct = pct;
  options.train_share = train_share;
  options.batch_size = batch_size;
  return options;
}

TEST(Normalization, OfColoursIsChannelByChannel) {
  const torch::Tensor white = torch::full({3, 1, 2}, 255, torch::kUInt8);
  const torch::Tensor normalized = normalize_colour(white);
  EXPECT_EQ(normalized.scalar_type(), torch::kFloat);
  EXPECT_NEAR(normalized[0][0][1].item<double>(), (1.0 - 0.462) / 0.094, 1e-5);
  EXPECT_NEAR(normalized[1][0][0].item<double>(), (1.0 - 0.467) / 0.096, 1e-5);
  EXPECT_NEAR(normalized[2][0][1].item<double>(), (1.0 - 0.469) / 0.101, 1e-5);
  EXPECT_NEAR(normalize_colour(torch::zeros({3, 1, 1}, torch::kUInt8))[2].item<double>(),
              -0.469 / 0.101, 1e-5);
}

TEST(Normalization, OfDepths) {
  const torch::Tensor depth = torch::tensor({0.0F, 0.48F, 1.0F}).view({1, 1, 3});
  const torch::Tensor normalized = normalize_depth(depth).flatten();
  EXPECT_NEAR(normalized[0].item<double>(), -0.48 / 0.295, 1e-6);
  EXPECT_NEAR(normalized[1].item<double>(), 0.0, 1e-6);
  EXPECT_NEAR(normalized[2].item<double>(), 0.52 / 0.295, 1e-6);
}

TEST(DepthDatasetMemory, IsARangeOfPictures) {
  const DepthDatasetMemory dataset(numbered_pictures(10), 3, 7);
  EXPECT_EQ(dataset.size(), 4);
  EXPECT_THAT(numbers_of(dataset), ElementsAre(3, 4, 5, 6));
}

TEST(DepthDatasetMemory, NormalisesPicturesAndKeepsWhatIsValid) {
  RgbdImages source = numbered_pictures(3);
  source.valid[2][0][1][4] = false;
  const DepthDatasetMemory dataset(source, 1, 3);
  const Example example = dataset.get(1);
  EXPECT_TRUE(example.image.equal(normalize_colour(source.colours[2])));
  EXPECT_TRUE(example.depth.equal(normalize_depth(source.depths[2])));
  EXPECT_TRUE(example.valid.equal(source.valid[2]));
  EXPECT_THAT(example.image.sizes().vec(), ElementsAre(3, 4, 5));
}

TEST(DepthDatasetMemory, MayBeEmpty) {
  EXPECT_EQ(DepthDatasetMemory(numbered_pictures(3), 3, 3).size(), 0);
  EXPECT_THROW(DepthDatasetMemory(numbered_pictures(3), 1, 1).get(0), std::out_of_range);
}

TEST(DepthDatasetMemory, RefusesWhatIsNotThere) {
  const RgbdImages source = numbered_pictures(3);
  EXPECT_THROW(DepthDatasetMemory(source, -1, 2), std::invalid_argument);
  EXPECT_THROW(DepthDatasetMemory(source, 2, 1), std::invalid_argument);
  EXPECT_THROW(DepthDatasetMemory(source, 0, 4), std::invalid_argument);
  const DepthDatasetMemory dataset(source, 0, 2);
  EXPECT_THROW(dataset.get(2), std::out_of_range) << "picture 2 is there, but not in the range";
  EXPECT_THROW(dataset.get(-1), std::out_of_range);
}

TEST(DataLoader, CutsBatchesInOrder) {
  const DataLoader loader(std::make_shared<DepthDatasetMemory>(numbered_pictures(5), 0, 5), 2,
                          false);
  EXPECT_THAT(loader.batches(), ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4)));
  const Batch batch = loader.load({4, 1});
  EXPECT_THAT(batch.images.sizes().vec(), ElementsAre(2, 3, 4, 5));
  EXPECT_TRUE(batch.depths[0].equal(loader.dataset().get(4).depth));
  EXPECT_TRUE(batch.valid[1].equal(loader.dataset().get(1).valid));
}

TEST(DataLoader, ShufflesAnewInEachCall) {
  torch::manual_seed(3);
  const DataLoader loader(std::make_shared<DepthDatasetMemory>(numbered_pictures(40), 0, 40), 40,
                          true);
  const auto first = loader.batches();
  EXPECT_NE(first, loader.batches());
  EXPECT_EQ(std::set<std::int64_t>(first[0].begin(), first[0].end()).size(), 40U);
}

TEST(DataLoader, RefusesBatchesOfNothing) {
  const auto dataset = std::make_shared<DepthDatasetMemory>(numbered_pictures(2), 0, 2);
  EXPECT_THROW(DataLoader(dataset, 0, false), std::invalid_argument);
  EXPECT_THROW(DataLoader(nullptr, 1, false), std::invalid_argument);
}

TEST(GetDataLoaders, TrainsOnTheFirstOfWhatIsUsedAndTestsOnTheRestOfIt) {
  const DataLoaders loaders = get_data_loaders(numbered_pictures(20), options_of(0.5, 0.8, 3));
  EXPECT_THAT(numbers_of(loaders.train.dataset()), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(numbers_of(loaders.test.dataset()), ElementsAre(8, 9));
  EXPECT_EQ(loaders.train.batch_size(), 3);
  EXPECT_EQ(loaders.test.batch_size(), 3);
  EXPECT_TRUE(loaders.train.is_shuffled());
  EXPECT_FALSE(loaders.test.is_shuffled());
}

TEST(GetDataLoaders, HasTheCoursesDefaults) {
  const LoaderOptions options;
  EXPECT_EQ(options.pct, 0.5);
  EXPECT_EQ(options.train_share, 0.8);
  EXPECT_EQ(options.batch_size, 16);
}

TEST(GetDataLoaders, CutsOffWhatIsBehindThePoint) {
  // 19 · 0.5 = 9.5 and 9 · 0.8 = 7.2; 7 · 0.9 = 6.3 and 6 · 0.6 = 3.6.
  const DataLoaders first = get_data_loaders(numbered_pictures(19), options_of(0.5, 0.8));
  EXPECT_EQ(first.train.dataset().size(), 7);
  EXPECT_EQ(first.test.dataset().size(), 2);
  const DataLoaders second = get_data_loaders(numbered_pictures(7), options_of(0.9, 0.6));
  EXPECT_EQ(second.train.dataset().size(), 3);
  EXPECT_EQ(second.test.dataset().size(), 3);
}

TEST(GetDataLoaders, NeverSharesAPictureForAnyNumberAndShare) {
  for (const std::int64_t count : {0, 1, 2, 9, 50}) {
    for (const double pct : {0.0, 0.31, 0.5, 1.0}) {
      for (const double share : {0.0, 0.33, 0.8, 1.0}) {
        const DataLoaders loaders =
            get_data_loaders(numbered_pictures(count), options_of(pct, share));
        const std::int64_t train = loaders.train.dataset().size();
        std::vector<std::int64_t> all = numbers_of(loaders.train.dataset());
        for (const std::int64_t number : numbers_of(loaders.test.dataset())) all.push_back(number);
        ASSERT_EQ(all.size(),
                  static_cast<std::size_t>(std::floor(static_cast<double>(count) * pct)));
        EXPECT_LE(static_cast<double>(train), static_cast<double>(all.size()) * share);
        EXPECT_GT(static_cast<double>(train) + 1.0, static_cast<double>(all.size()) * share);
        for (std::size_t i = 0; i < all.size(); ++i) {
          EXPECT_EQ(all[i], static_cast<std::int64_t>(i));
        }
      }
    }
  }
}

TEST(GetDataLoaders, RefusesSharesThatAreNone) {
  const RgbdImages source = numbered_pictures(4);
  for (const double wrong : {-0.1, 1.1, std::nan("")}) {
    EXPECT_THROW(get_data_loaders(source, options_of(wrong, 0.8)), std::invalid_argument);
    EXPECT_THROW(get_data_loaders(source, options_of(0.5, wrong)), std::invalid_argument);
  }
}

}  // namespace
}  // namespace pset3::depth
