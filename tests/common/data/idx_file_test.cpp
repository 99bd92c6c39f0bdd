#include "starter/common/data/idx_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <functional>

#include "tests/common/data/data_folder.hpp"

namespace pset3 {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string big_endian(unsigned number) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    bytes += static_cast<char>(number >> shift & 0xffU);
  }
  return bytes;
}

std::string images_idx(unsigned count, unsigned height, unsigned width, std::size_t pixels) {
  std::string bytes =
      big_endian(0x803) + big_endian(count) + big_endian(height) + big_endian(width);
  for (std::size_t i = 0; i < pixels; ++i) bytes += static_cast<char>(i * 37 % 256);
  return bytes;
}

std::string labels_idx(unsigned count, const std::string& labels) {
  return big_endian(0x801) + big_endian(count) + labels;
}

std::string gzipped(const std::string& bytes, const DataFolder& folder) {
  const fs::path file = folder.path() / "packed.gz";
  gzFile packed = gzopen(file.c_str(), "wb");
  gzwrite(packed, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(packed);
  std::ifstream stream(file, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(stream), {}};
  fs::remove(file);
  return content;
}

std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const DataError& error) {
    return error.what();
  }
  return "no DataError";
}

std::string refusal_of_images(const DataFolder& folder, const std::string& content,
                              IdxShortage shortage = IdxShortage::kRefuse) {
  folder.write("images", content);
  return message_of([&] { read_idx_images(folder.path() / "images", shortage); });
}

TEST(IdxImages, AreReadPictureByPictureRowByRow) {
  const DataFolder folder;
  folder.write("images", images_idx(2, 2, 3, 12));
  const IdxImages images = read_idx_images(folder.path() / "images");
  EXPECT_EQ(images.count, 2U);
  EXPECT_EQ(images.announced, 2U);
  EXPECT_EQ(images.height, 2U);
  EXPECT_EQ(images.width, 3U);
  EXPECT_THAT(images.pixels, ElementsAre(0, 37, 74, 111, 148, 185, 222, 3, 40, 77, 114, 151));
}

TEST(IdxImages, AreUnpackedWhateverTheNameSays) {
  const DataFolder folder;
  const std::string plain = images_idx(400, 28, 28, std::size_t{400} * 784);
  folder.write("plain", plain);
  folder.write("packed", gzipped(plain, folder));
  // gzip allows several members one after the other; their contents belong together.
  folder.write("members",
               gzipped(plain.substr(0, 1000), folder) + gzipped(plain.substr(1000), folder));
  const IdxImages expected = read_idx_images(folder.path() / "plain");
  EXPECT_EQ(read_idx_images(folder.path() / "packed").pixels, expected.pixels);
  EXPECT_EQ(read_idx_images(folder.path() / "members").pixels, expected.pixels);
}

TEST(IdxImages, ThatHoldFewerThanTheHeaderSaysAreRefused) {
  const DataFolder folder;
  EXPECT_THAT(refusal_of_images(folder, images_idx(3, 2, 3, 17)),
              AllOf(HasSubstr("images: data: expected 3 images, as its header says"),
                    HasSubstr("found 2 images")));
}

TEST(IdxImages, ThatHoldFewerAreTakenWhereTheCallerSaysSo) {
  const DataFolder folder;
  folder.write("images", images_idx(3, 2, 3, 17));
  const IdxImages images = read_idx_images(folder.path() / "images", IdxShortage::kTakeWhatIsThere);
  EXPECT_EQ(images.count, 2U);
  EXPECT_EQ(images.announced, 3U);
  EXPECT_EQ(images.pixels.size(), 12U);
  EXPECT_THAT(refusal_of_images(folder, images_idx(3, 2, 3, 5), IdxShortage::kTakeWhatIsThere),
              HasSubstr("found 0 images"));
}

TEST(IdxImages, ThatHoldMoreThanTheHeaderSaysAreRefused) {
  const DataFolder folder;
  for (const IdxShortage shortage : {IdxShortage::kRefuse, IdxShortage::kTakeWhatIsThere}) {
    EXPECT_THAT(refusal_of_images(folder, images_idx(2, 2, 3, 13), shortage),
                AllOf(HasSubstr("expected 2 images"), HasSubstr("found 1 byte more")));
  }
}

TEST(IdxImages, OfAnotherKindAreRefused) {
  const DataFolder folder;
  EXPECT_THAT(refusal_of_images(folder, labels_idx(16, "0123456789abcdef")),
              AllOf(HasSubstr("magic number: expected 0x00000803 (images)"),
                    HasSubstr("found 0x00000801")));
  EXPECT_THAT(refusal_of_images(folder, images_idx(2, 2, 3, 12).substr(0, 15)),
              AllOf(HasSubstr("header: expected 16 bytes"), HasSubstr("found 15 bytes")));
  EXPECT_THAT(refusal_of_images(folder, images_idx(0, 2, 3, 0)), HasSubstr("number of items"));
  EXPECT_THAT(refusal_of_images(folder, images_idx(1, 0, 3, 0)), HasSubstr("0x3"));
  EXPECT_THAT(refusal_of_images(folder, images_idx(4294967295U, 4294967295U, 4294967295U, 9)),
              HasSubstr("size of the images"));
  EXPECT_THAT(refusal_of_images(folder, ""), HasSubstr("an empty file"));
}

TEST(IdxImages, WhoseGzipIsCutOffAnywhereAreRefused) {
  const DataFolder folder;
  const std::string packed = gzipped(images_idx(30, 5, 7, std::size_t{30} * 35), folder);
  for (std::size_t length = 2; length < packed.size(); ++length) {
    EXPECT_NE(refusal_of_images(folder, packed.substr(0, length)), "no DataError") << length;
  }
  EXPECT_THAT(refusal_of_images(folder, packed.substr(0, packed.size() - 1)),
              AllOf(HasSubstr("expected 30 images"),
                    HasSubstr("a gzip file that is cut off, with 30 images")));
}

TEST(IdxImages, OfAGzipThatIsCutOffAreTakenWhereTheCallerSaysSo) {
  const DataFolder folder;
  std::string noise = images_idx(200, 9, 9, 0);
  unsigned state = 1;
  while (noise.size() < 16 + 200 * 81) {
    noise += static_cast<char>((state = state * 1664525U + 1013904223U) >> 24);
  }
  const std::string packed = gzipped(noise, folder);
  folder.write("images", packed.substr(0, packed.size() / 2));
  const IdxImages images = read_idx_images(folder.path() / "images", IdxShortage::kTakeWhatIsThere);
  EXPECT_GT(images.count, 50U);  // noise hardly packs
  EXPECT_LT(images.count, 150U);
  for (std::size_t i = 0; i < images.pixels.size(); ++i) {
    ASSERT_EQ(images.pixels[i], static_cast<unsigned char>(noise[16 + i]));
  }
}

TEST(IdxImages, WhoseGzipIsDamagedAreRefused) {
  const DataFolder folder;
  std::string packed = gzipped(images_idx(30, 5, 7, std::size_t{30} * 35), folder);
  packed[packed.size() - 6] ^= 0x40;  // in the checksum
  for (const IdxShortage shortage : {IdxShortage::kRefuse, IdxShortage::kTakeWhatIsThere}) {
    EXPECT_THAT(refusal_of_images(folder, packed, shortage), HasSubstr("data that unpack"));
  }
}

TEST(IdxLabels, AreRead) {
  const DataFolder folder;
  folder.write("labels", labels_idx(3, "\x01\x09\x04"));
  EXPECT_THAT(read_idx_labels(folder.path() / "labels").labels, ElementsAre(1, 9, 4));
  folder.write("labels", images_idx(1, 2, 3, 6));
  EXPECT_THAT(message_of([&] { read_idx_labels(folder.path() / "labels"); }),
              AllOf(HasSubstr("0x00000801 (labels)"), HasSubstr("found 0x00000803")));
}

TEST(LabelledImages, AreFoundByTheirNames) {
  const DataFolder folder;
  folder.write("train-images-idx3-ubyte", images_idx(2, 2, 3, 12));
  folder.write("train-labels-first2-idx1-ubyte.gz", gzipped(labels_idx(2, "ab"), folder));
  folder.write("t10k-images-idx3-ubyte", "not looked at");
  const LabelledImages both = read_labelled_images(folder.path(), "train");
  EXPECT_EQ(both.images.count, 2U);
  EXPECT_THAT(both.labels, ElementsAre('a', 'b'));
  EXPECT_THAT(message_of([&] { read_labelled_images(folder.path(), "t10k"); }),
              HasSubstr("expected one file t10k-labels"));
  folder.write("train-images-idx3-ubyte.gz", "a second");
  EXPECT_THAT(message_of([&] { read_labelled_images(folder.path(), "train"); }),
              HasSubstr("train-images-idx3-ubyte and train-images-idx3-ubyte.gz"));
}

TEST(LabelledImages, MustBeAsManyAsTheirLabels) {
  const DataFolder folder;
  folder.write("train-images-idx3-ubyte", images_idx(2, 2, 3, 12));
  folder.write("train-labels-idx1-ubyte", labels_idx(3, "abc"));
  EXPECT_THAT(
      message_of([&] { read_labelled_images(folder.path(), "train"); }),
      AllOf(HasSubstr("expected 2, as many as train-images-idx3-ubyte"), HasSubstr("found 3")));
}

TEST(LabelledImages, TakesTheFirstOfBothAfterAShortage) {
  const DataFolder folder;
  folder.write("train-images-idx3-ubyte", images_idx(3, 2, 3, 14));
  folder.write("train-labels-idx1-ubyte", labels_idx(3, "abc"));
  const LabelledImages both =
      read_labelled_images(folder.path(), "train", IdxShortage::kTakeWhatIsThere);
  EXPECT_EQ(both.images.count, 2U);
  EXPECT_EQ(both.images.pixels.size(), 12U);
  EXPECT_THAT(both.labels, ElementsAre('a', 'b'));
}

TEST(LabelledImages, OfFashionMnistHaveTheirClassCounts) {
  const char* asked = std::getenv("PSET3_REAL_DATA");
  const fs::path real = asked != nullptr ? asked : PSET3_SOURCE_DIR "/../shared/data";
  if (!fs::exists(real / "fashion_mnist")) GTEST_SKIP() << "skipped: no real data";
  const auto counts = [&](const char* set) {
    std::array<int, 10> classes{};
    const LabelledImages both = read_labelled_images(real / "fashion_mnist", set);
    EXPECT_EQ(both.images.height, 28U);
    for (const std::uint8_t label : both.labels) ++classes.at(label);
    return classes;
  };
  EXPECT_THAT(counts("train"), ElementsAre(766, 873, 828, 832, 786, 819, 836, 841, 816, 828));
  EXPECT_THAT(counts("t10k"), ElementsAre(452, 429, 470, 437, 458, 428, 435, 452, 467, 414));
}

}  // namespace
}  // namespace pset3
