#include "grader/worlds/garments.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/worlds/canvas.hpp"

namespace pset3::worlds {
namespace {

using MeanPicture = std::array<double, kGarmentPixels>;

MeanPicture mean_of(int kind, int count, std::uint64_t first_seed) {
  MeanPicture mean{};
  for (int i = 0; i < count; ++i) {
    const auto picture =
        draw_garment(static_cast<Garment>(kind), first_seed + static_cast<std::uint64_t>(i));
    for (std::size_t p = 0; p < picture.size(); ++p) mean[p] += picture[p] / (255.0 * count);
  }
  return mean;
}

double distance(const MeanPicture& a, const MeanPicture& b) {
  double squares = 0.0;
  for (std::size_t p = 0; p < a.size(); ++p) squares += (a[p] - b[p]) * (a[p] - b[p]);
  return std::sqrt(squares);
}

/// The number in four bytes, most significant first.
unsigned big_endian(const std::string& bytes, std::size_t at) {
  unsigned value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    value = value * 256 + static_cast<unsigned char>(bytes.at(i));
  }
  return value;
}

TEST(Canvas, CountsHowMuchOfAPixelIsCovered) {
  Canvas canvas(4, Eigen::Affine2d::Identity());
  // From the left border to 0.4 of the third column, over the upper half.
  canvas.fill({{-2.0, -2.0}, {0.4, -2.0}, {0.4, 0.0}, {-2.0, 0.0}}, 1.0);
  const std::vector<double> picture = canvas.picture();
  // The fine pixels on the border are painted too: a fifth of a pixel at most.
  EXPECT_DOUBLE_EQ(picture[0], 1.0);
  EXPECT_DOUBLE_EQ(picture[1], 1.0);
  EXPECT_NEAR(picture[2], 0.4, 0.21);
  EXPECT_EQ(picture[3], 0.0);
  EXPECT_EQ(picture[12], 0.0);
}

TEST(Canvas, TurnsTheDrawingWithItsPose) {
  Eigen::Affine2d quarter = Eigen::Affine2d::Identity();
  quarter.rotate(std::acos(0.0));  // x, to the right, becomes y, down
  Canvas canvas(8, quarter);
  canvas.disc({2.5, 0.0}, 1.0, 0.5);
  const std::vector<double> picture = canvas.picture();
  EXPECT_GT(picture[6 * 8 + 3], 0.3);
  EXPECT_EQ(picture[3 * 8 + 6], 0.0);
}

TEST(Garments, AreAFunctionOfTheSeed) {
  const GarmentSet set = draw_garments(60, 7);
  const GarmentSet again = draw_garments(60, 7);
  const GarmentSet other = draw_garments(60, 8);
  EXPECT_EQ(set.images, again.images);
  EXPECT_EQ(set.labels, again.labels);
  EXPECT_NE(set.images, other.images);
  EXPECT_NE(set.labels, other.labels);
}

/// Fixtures are recorded on one system and hold on others. The hash is that of OpenCV 4.6's
/// polygons; later versions draw other ones.
TEST(Garments, AreTheSameOnEverySystem) {
  const GarmentSet set = draw_garments(200, 1);
  EXPECT_EQ(sha256(std::string(set.images.begin(), set.images.end())),
            "4f9b9c4985f5bcf85dc3ad68c6d666a604fc54da08c5d3c4b545dae44b989411");
}

TEST(Garments, BeginTheSameHoweverManyAreDrawn) {
  const GarmentSet few = draw_garments(30, 7);
  const GarmentSet many = draw_garments(250, 7);
  EXPECT_TRUE(std::equal(few.images.begin(), few.images.end(), many.images.begin()));
  EXPECT_TRUE(std::equal(few.labels.begin(), few.labels.end(), many.labels.begin()));
}

TEST(Garments, AreAsManyOfEachKindInEachTen) {
  const GarmentSet set = draw_garments(200, 3);
  for (std::size_t ten = 0; ten < 20; ++ten) {
    std::vector<int> kinds(&set.labels[10 * ten], &set.labels[10 * ten] + 10);
    std::sort(kinds.begin(), kinds.end());
    for (int kind = 0; kind < kGarmentKinds; ++kind) {
      EXPECT_EQ(kinds[static_cast<std::size_t>(kind)], kind) << "ten " << ten;
    }
  }
}

TEST(Garments, AreSeenAndLeaveTheCornersBlack) {
  for (int kind = 0; kind < kGarmentKinds; ++kind) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      const GarmentPicture picture = draw_garment(static_cast<Garment>(kind), seed);
      const auto seen = std::count_if(picture.begin(), picture.end(), [](int v) { return v > 25; });
      EXPECT_GT(seen, 40) << "kind " << kind << ", seed " << seed;
      EXPECT_LT(seen, 620) << "kind " << kind << ", seed " << seed;
      EXPECT_GT(*std::max_element(picture.begin(), picture.end()), 50);
      EXPECT_EQ(picture.front(), 0);
      EXPECT_EQ(picture[kGarmentSide - 1], 0);
    }
  }
}

TEST(Garments, OfOneKindLookMoreAlikeThanOfTwo) {
  std::vector<MeanPicture> means;
  std::vector<MeanPicture> others;
  for (int kind = 0; kind < kGarmentKinds; ++kind) {
    means.push_back(mean_of(kind, 80, 0));
    others.push_back(mean_of(kind, 80, 5000));
  }
  for (std::size_t a = 0; a < means.size(); ++a) {
    for (std::size_t b = 0; b < means.size(); ++b) {
      if (a == b) continue;
      EXPECT_GT(distance(means[a], means[b]), distance(means[a], others[a])) << a << " and " << b;
    }
  }
}

TEST(Garments, StandUpright) {
  // No mean picture looks the same after any half turn: else rotations could not be learnt.
  for (int kind = 0; kind < kGarmentKinds; ++kind) {
    const MeanPicture mean = mean_of(kind, 60, 0);
    MeanPicture turned = mean;
    std::reverse(turned.begin(), turned.end());
    EXPECT_GT(distance(mean, turned), 2.0 * distance(mean, mean_of(kind, 60, 900))) << kind;
  }
}

TEST(Garments, AreWrittenAsIdxFiles) {
  const TemporaryFolder folder;
  std::vector<int> told;
  write_garments(folder.path(), {30, 20}, [&](int done, int total) {
    EXPECT_EQ(total, 50);
    told.push_back(done);
  });
  EXPECT_EQ(told, (std::vector<int>{30, 50}));
  const std::string images = read_file(folder.path() / "train-images-idx3-ubyte");
  ASSERT_EQ(images.size(), 16U + 30U * 784U);
  EXPECT_EQ(images.substr(0, 4), std::string("\0\0\x08\x03", 4));
  EXPECT_EQ(big_endian(images, 4), 30U);
  EXPECT_EQ(big_endian(images, 8), 28U);
  EXPECT_EQ(big_endian(images, 12), 28U);
  const std::string labels = read_file(folder.path() / "t10k-labels-idx1-ubyte");
  ASSERT_EQ(labels.size(), 8U + 20U);
  EXPECT_EQ(labels.substr(0, 4), std::string("\0\0\x08\x01", 4));
  EXPECT_EQ(big_endian(labels, 4), 20U);
  const GarmentSet train = draw_garments(30, 1);
  EXPECT_TRUE(std::equal(train.images.begin(), train.images.end(), images.begin() + 16,
                         [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
}

TEST(Garments, OfTheTestSetAreOthersThanThoseOfTheTrainingSet) {
  const TemporaryFolder folder;
  write_garments(folder.path(), {20, 20});
  EXPECT_NE(read_file(folder.path() / "train-images-idx3-ubyte"),
            read_file(folder.path() / "t10k-images-idx3-ubyte"));
}

TEST(Garments, SayWhichFolderCannotBeWritten) {
  EXPECT_THROW(write_garments("/proc/no_such_folder", {10, 10}), GraderError);
}

}  // namespace
}  // namespace pset3::worlds
