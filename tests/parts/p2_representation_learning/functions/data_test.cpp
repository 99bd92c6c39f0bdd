#include <cmath>
#include <fstream>
#include <set>

#include "tests/common/drawing/temporary_folder.hpp"
#include "tests/parts/p2_representation_learning/functions/harness.hpp"

namespace pset3::representation {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

double pixel(const torch::Tensor& image, std::int64_t row, std::int64_t column) {
  return image[0][row][column].item<double>();
}

/// Values of float images that were computed in another order.
void expect_near(const torch::Tensor& got, const torch::Tensor& expected, double tolerance) {
  ASSERT_EQ(got.sizes(), expected.sizes());
  EXPECT_LE((got - expected).abs().max().item<double>(), tolerance);
}

/// A round spot of light; (x, y) from the image's centre to the right and up, in pixels.
torch::Tensor spot(double x, double y) {
  torch::Tensor image = torch::zeros({1, kImageSide, kImageSide});
  for (int row = 0; row < kImageSide; ++row) {
    for (int column = 0; column < kImageSide; ++column) {
      const double dx = column - 15.5 - x;
      const double dy = 15.5 - row - y;
      image[0][row][column] = static_cast<float>(std::exp(-(dx * dx + dy * dy) / 18.0));
    }
  }
  return image;
}

TEST(Resize, InterpolatesBetweenPixelCentres) {
  // A column of the result is 28 / 32 = 0.875 stored columns wide, so column j looks at
  // 0.875 (j + 0.5) − 0.5, and column 0 beyond the first centre.
  const torch::Tensor ramp =
      torch::arange(0, 28, torch::kUInt8).mul(9).view({1, 28}).repeat({28, 1});
  const torch::Tensor image = resize(ramp);
  EXPECT_THAT(image.sizes().vec(), ElementsAre(1, 32, 32));
  EXPECT_EQ(image.scalar_type(), torch::kFloat);
  EXPECT_NEAR(pixel(image, 5, 0), 0.0, 1e-7);
  EXPECT_NEAR(pixel(image, 5, 1), 9.0 * 0.8125 / 255.0, 1e-6);
  EXPECT_NEAR(pixel(image, 30, 16), 9.0 * 13.9375 / 255.0, 1e-6);
  EXPECT_NEAR(pixel(image, 0, 31), 9.0 * 27.0 / 255.0, 1e-6);
}

TEST(Resize, KeepsBlackAndWhite) {
  const torch::Tensor white = torch::full({28, 28}, 255, torch::kUInt8);
  expect_near(resize(white), torch::ones({1, 32, 32}), 1e-6);
  expect_near(resize(torch::zeros({28, 28}, torch::kUInt8)), torch::zeros({1, 32, 32}), 0.0);
}

TEST(Resize, RefusesOtherTypesAndShapes) {
  EXPECT_THROW(resize(torch::zeros({28, 28})), std::invalid_argument);
  EXPECT_THROW(resize(torch::zeros({1, 28, 28}, torch::kUInt8)), std::invalid_argument);
}

TEST(Rotate, TurnsCounterClockwise) {
  torch::Tensor image = torch::zeros({1, 4, 4});
  image[0][1][3] = 1.0F;  // at the right edge, a little above the middle
  const torch::Tensor quarter = rotate(image, 90.0);
  EXPECT_NEAR(pixel(quarter, 0, 1), 1.0, 1e-5) << "at the top, a little left of the middle";
  EXPECT_NEAR(quarter.sum().item<double>(), 1.0, 1e-5);
  EXPECT_NEAR(pixel(rotate(image, 180.0), 2, 0), 1.0, 1e-5);
  EXPECT_NEAR(pixel(rotate(image, 270.0), 3, 2), 1.0, 1e-5);
  EXPECT_NEAR(pixel(rotate(image, -90.0), 3, 2), 1.0, 1e-5);
}

TEST(Rotate, ByQuartersMovesPixelsOnly) {
  torch::manual_seed(1);
  const torch::Tensor image = torch::rand({1, 32, 32});
  for (const int quarters : {1, 2, 3}) {
    expect_near(rotate(image, 90.0 * quarters), torch::rot90(image, quarters, {1, 2}), 2e-5);
  }
}

TEST(Rotate, MovesASpotAlongACircle) {
  // Interpolating the spot, whose second derivative is at most 1/9, is off by at most 2 · 1/8 ·
  // 1/9.
  for (const int degrees : {45, 135, 30, -45}) {
    const double angle = degrees * M_PI / 180.0;
    expect_near(rotate(spot(7.0, 0.0), degrees), spot(7.0 * std::cos(angle), 7.0 * std::sin(angle)),
                0.028);
  }
}

TEST(Rotate, LeavesZeroWhereTheImageHasNothingToSay) {
  const torch::Tensor turned = rotate(torch::ones({1, 32, 32}), 45.0);
  EXPECT_EQ(pixel(turned, 0, 0), 0.0);
  EXPECT_EQ(pixel(turned, 31, 0), 0.0);
  EXPECT_NEAR(pixel(turned, 16, 16), 1.0, 1e-6);
  EXPECT_NEAR(pixel(turned, 2, 16), 1.0, 1e-6);
}

TEST(Rotate, ByNothingGivesTheSameValuesInAnImageOfItsOwn) {
  torch::manual_seed(2);
  const torch::Tensor image = torch::rand({1, 32, 32});
  for (const double degrees : {0.0, 360.0}) {
    const torch::Tensor turned = rotate(image, degrees);
    EXPECT_TRUE(turned.equal(image));
    EXPECT_NE(turned.data_ptr(), image.data_ptr());
  }
}

TEST(Normalize, TakesTheMeanAwayAndDividesByTheDeviation) {
  const torch::Tensor image = normalize(torch::tensor({0.0F, 0.2859F, 1.0F}).view({1, 1, 3}));
  EXPECT_NEAR(pixel(image, 0, 0), -0.2859 / 0.3530, 1e-6);
  EXPECT_NEAR(pixel(image, 0, 1), 0.0, 1e-6);
  EXPECT_NEAR(pixel(image, 0, 2), 0.7141 / 0.3530, 1e-6);
}

TEST(BatchIndices, CutsInOrderAndKeepsTheRest) {
  EXPECT_THAT(batch_indices(5, 2, false),
              ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3), ElementsAre(4)));
  EXPECT_THAT(batch_indices(4, 4, false), ElementsAre(ElementsAre(0, 1, 2, 3)));
  EXPECT_THAT(batch_indices(2, 16, false), ElementsAre(ElementsAre(0, 1)));
  EXPECT_TRUE(batch_indices(0, 3, true).empty());
  EXPECT_THROW(batch_indices(3, 0, false), std::invalid_argument);
}

TEST(BatchIndices, ShufflesAllAnewEachTime) {
  torch::manual_seed(3);
  const auto first = batch_indices(100, 7, true);
  const auto second = batch_indices(100, 7, true);
  EXPECT_NE(first, second);
  for (const auto& batches : {first, second}) {
    ASSERT_EQ(batches.size(), 15U);
    EXPECT_EQ(batches.back().size(), 2U);
    std::set<std::int64_t> seen;
    for (const auto& batch : batches) seen.insert(batch.begin(), batch.end());
    EXPECT_EQ(seen.size(), 100U);
    EXPECT_EQ(*seen.begin(), 0);
    EXPECT_EQ(*seen.rbegin(), 99);
  }
  torch::manual_seed(3);
  EXPECT_EQ(batch_indices(100, 7, true), first);
}

TEST(LoadBatch, StacksWhatIsAskedFor) {
  const Examples examples({flat_example(1, 4), flat_example(2, 5), flat_example(3, 6)});
  const Batch batch = load_batch(examples, {2, 0});
  EXPECT_THAT(batch.images.sizes().vec(), ElementsAre(2, 1, 32, 32));
  EXPECT_EQ(batch.images[0].max().item<float>(), 3.0F);
  EXPECT_EQ(batch.labels.scalar_type(), torch::kInt64);
  EXPECT_TRUE(batch.labels.equal(torch::tensor({6, 4}, torch::kInt64)));
}

/// Images of noise; the class of the i-th is i modulo 10.
LabelledImages noise(std::int64_t count) {
  torch::manual_seed(4);
  return {torch::randint(256, {count, 28, 28}, torch::kUInt8),
          torch::arange(count, torch::kInt64).remainder(10)};
}

TEST(MNISTDatasetWrapper, KeepsTheFirstPart) {
  const auto size_of = [](std::int64_t count, double pct) {
    return MNISTDatasetWrapper(noise(count), pct, Labels::kClass).size();
  };
  EXPECT_EQ(size_of(100, 1.0), 100);
  EXPECT_EQ(size_of(100, 0.0), 0);
  EXPECT_EQ(size_of(100, 0.05), 5);
  EXPECT_EQ(size_of(7, 0.5), 3);
  EXPECT_EQ(size_of(10, 0.05), 0);
  EXPECT_EQ(size_of(0, 1.0), 0);
  for (const double pct : {-0.01, 1.01, std::nan("")}) {
    EXPECT_THROW(size_of(3, pct), std::invalid_argument);
  }
}

TEST(MNISTDatasetWrapper, ResizesAndNormalisesImagesWithTheirClasses) {
  const LabelledImages source = noise(20);
  const MNISTDatasetWrapper dataset(source, 0.6, Labels::kClass);
  for (const std::int64_t index : {0, 1, 11}) {
    const Example example = dataset.get(index);
    EXPECT_TRUE(example.image.equal(normalize(resize(source.images[index]))));
    EXPECT_EQ(example.label.dim(), 0);
    EXPECT_EQ(example.label.scalar_type(), torch::kInt64);
    EXPECT_EQ(example.label.item<std::int64_t>(), index % 10);
  }
  EXPECT_THROW(dataset.get(12), std::out_of_range);
  EXPECT_THROW(dataset.get(-1), std::out_of_range);
}

TEST(MNISTDatasetWrapper, LabelsEachRotationWithWhatItIs) {
  const LabelledImages source = noise(1);
  const MNISTDatasetWrapper dataset(source, 1.0, Labels::kRotation);
  torch::manual_seed(5);
  std::set<std::int64_t> rotations;
  for (int draw = 0; draw < 200; ++draw) {
    const Example example = dataset.get(0);
    ASSERT_EQ(example.label.scalar_type(), torch::kInt64);
    ASSERT_EQ(example.label.dim(), 0);
    const auto rotation = example.label.item<std::int64_t>();
    const torch::Tensor turned =
        rotate(resize(source.images[0]), 45.0 * static_cast<double>(rotation));
    ASSERT_TRUE(example.image.equal(normalize(turned))) << rotation;
    rotations.insert(rotation);
  }
  // One of eight is missing in 200 draws once in 50 thousand million times.
  EXPECT_THAT(rotations, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

void write(const std::filesystem::path& file, const std::vector<unsigned>& numbers,
           const std::string& content) {
  std::ofstream stream(file, std::ios::binary);
  for (const unsigned number : numbers) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      stream << static_cast<char>(number >> shift & 0xffU);
    }
  }
  stream << content;
}

class ReadImages : public testing::Test {
 protected:
  void write_images(const std::string& set, unsigned count, unsigned side, std::size_t pixels) {
    std::string content;
    for (std::size_t i = 0; i < pixels; ++i) content += static_cast<char>(i % 251);
    write(folder_ / (set + "-images-idx3-ubyte"), {0x803, count, side, side}, content);
  }
  void write_labels(const std::string& set, const std::string& labels) {
    write(folder_ / (set + "-labels-idx1-ubyte"), {0x801, static_cast<unsigned>(labels.size())},
          labels);
  }
  std::string refusal() {
    try {
      read_images(folder_ / "", Split::kTrain);
    } catch (const DataError& error) {
      return error.what();
    }
    return "no DataError";
  }
  drawing::TemporaryFolder folder_;
};

TEST_F(ReadImages, GivesPixelsAndClassesOfTheSplit) {
  write_images("train", 3, 28, std::size_t{3} * 784);
  write_labels("train", {"\x09\x00\x04", 3});
  write_images("t10k", 1, 28, 784);
  write_labels("t10k", "\x07");
  const LabelledImages train = read_images(folder_ / "", Split::kTrain);
  EXPECT_THAT(train.images.sizes().vec(), ElementsAre(3, 28, 28));
  EXPECT_EQ(train.images.scalar_type(), torch::kUInt8);
  EXPECT_EQ(train.images[1][0][3].item<int>(), 787 % 251);
  EXPECT_EQ(train.images[0][2][5].item<int>(), 61);
  EXPECT_TRUE(train.labels.equal(torch::tensor({9, 0, 4}, torch::kInt64)));
  const LabelledImages test = read_images(folder_ / "", Split::kTest);
  EXPECT_EQ(test.images.size(0), 1);
  EXPECT_EQ(test.labels[0].item<int>(), 7);
}

TEST_F(ReadImages, RefusesWhatIsNoSuchSet) {
  EXPECT_THAT(refusal(), HasSubstr("train-images"));
  write_images("train", 3, 28, std::size_t{2} * 784);
  write_labels("train", {"\x09\x00\x04", 3});
  EXPECT_THAT(refusal(), HasSubstr("expected 3 images, as its header says, found 2 images"));
  write_images("train", 2, 28, std::size_t{2} * 784);
  EXPECT_THAT(refusal(), HasSubstr("expected 2, as many as train-images-idx3-ubyte, found 3"));
  write_labels("train", "\x09\x0a");
  EXPECT_THAT(refusal(), HasSubstr("expected classes from 0 to 9, found 10"));
  write_images("train", 2, 32, std::size_t{2} * 1024);
  EXPECT_THAT(refusal(), HasSubstr("expected 28 x 28 pixels, found 32 x 32"));
}

TEST(RealFashionMnist, HasTheClassesItShould) {
  const char* const given = std::getenv("PSET3_REAL_DATA");
  const std::filesystem::path data = given != nullptr ? given : PSET3_SOURCE_DIR "/../shared/data";
  if (!std::filesystem::exists(data / "fashion_mnist")) GTEST_SKIP() << "skipped: no real data";
  const LabelledImages train = read_images(data / "fashion_mnist", Split::kTrain);
  const LabelledImages test = read_images(data / "fashion_mnist", Split::kTest);
  const auto counts_of = [](const torch::Tensor& labels) {
    const torch::Tensor counts = labels.bincount();
    const auto* first = counts.data_ptr<std::int64_t>();
    return std::vector<std::int64_t>(first, first + counts.numel());
  };
  EXPECT_THAT(counts_of(train.labels),
              ElementsAre(766, 873, 828, 832, 786, 819, 836, 841, 816, 828));
  EXPECT_THAT(counts_of(test.labels),
              ElementsAre(452, 429, 470, 437, 458, 428, 435, 452, 467, 414));
}

}  // namespace
}  // namespace pset3::representation
