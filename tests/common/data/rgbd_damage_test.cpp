#include "tests/common/data/rgbd_folder.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;

const std::string kRight = "CLEVR-D/CLEVR_right_1.png";
const std::string kDepth = "CLEVR-D/CLEVR-D_right_1.png";
const std::string kLeft = "CLEVR-D/CLEVR_left_1.png";

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void read_all(const fs::path& path, const RgbdOptions& options = {}) {
  const RgbdDataset data = RgbdDataset::open(path, options);
  for (std::size_t i = 0; i < data.size(); ++i) data.read(i);
}

/// Expects the same complaint about a folder and about the archive that is made of it.
template <typename... Parts>
void expect_refused(const DataFolder& folder, const RgbdOptions& options, const Parts&... parts) {
  const DataFolder packed;
  const fs::path archive = pack(folder, packed);
  expect_data_error([&] { read_all(folder.path(), options); }, folder.path().string(), parts...);
  expect_data_error([&] { read_all(archive, options); }, archive.string(), parts...);
}

TEST(RgbdDamage, APictureWithoutItsDepthIsNamed) {
  const DataFolder folder;
  write_clevr(folder, 3);
  fs::remove(folder.path() / kDepth);
  expect_refused(folder, {}, "CLEVR_right_1.png: expected its depth map CLEVR-D_right_1.png",
                 "found none", "Get the data set again");
}

TEST(RgbdDamage, ADepthWithoutItsPictureIsNamed) {
  const DataFolder folder;
  write_clevr(folder, 3);
  fs::remove(folder.path() / kRight);
  expect_refused(folder, {}, "CLEVR-D_right_1.png: expected its colour picture CLEVR_right_1.png",
                 "found none");
}

TEST(RgbdDamage, AStereoViewWithoutOneSideIsNamed) {
  const DataFolder folder, other;
  write_clevr(folder, 3);
  fs::remove(folder.path() / kLeft);
  fs::remove(folder.path() / "CLEVR-D/CLEVR-D_left_1.png");
  EXPECT_NO_THROW(read_all(folder.path()));  // nobody asks for it
  expect_refused(folder, stereo(), "CLEVR_right_1.png: expected its left picture CLEVR_left_1.png");
  write_clevr(other, 3);
  fs::remove(other.path() / kRight);
  fs::remove(other.path() / kDepth);
  EXPECT_NO_THROW(read_all(other.path()));
  fs::remove(other.path() / "CLEVR-D/CLEVR-D_left_1.png");
  expect_refused(other, stereo(), "CLEVR_left_1.png: expected its right picture CLEVR_right_1.png");
}

TEST(RgbdDamage, AFrameWithoutItsOtherHalfIsNamed) {
  const DataFolder folder, other;
  for (const DataFolder* both : {&folder, &other}) {
    both->write_image("f0.color.png", plain(2, 3, {3, 2, 1}));
    both->write_image("f0.depth.png", cv::Mat(2, 3, CV_16UC1, cv::Scalar(7)));
  }
  folder.write_image("f1.color.png", plain(2, 3, {3, 2, 1}));
  expect_refused(folder, {}, "f1.color.png: expected its depth map f1.depth.png");
  other.write_image("f1.depth.png", cv::Mat(2, 3, CV_16UC1, cv::Scalar(7)));
  expect_refused(other, {}, "f1.depth.png: expected its colour picture f1.color.jpg");
}

TEST(RgbdDamage, ADepthOfAnotherSizeIsNamed) {
  const DataFolder folder, other;
  write_clevr(folder, 2);
  folder.write_image(kDepth, grey(4, 5, 9));
  expect_refused(folder, {}, kDepth, "expected the size of " + kRight + ", 6 x 4",
                 "found 5 x 4 (width x height)");
  RgbdOptions resized;
  resized.size = PictureSize{2, 2};  // would hide it
  expect_refused(folder, resized, kDepth, "found 5 x 4");
  write_clevr(other, 2);
  other.write_image(kLeft, plain(8, 6, {1, 2, 3}));
  expect_refused(other, stereo(), kLeft, "found 6 x 8");
}

TEST(RgbdDamage, APictureThatIsCutOffIsNamed) {
  for (const std::string& file : {kRight, kDepth}) {
    for (const double share : {0.1, 0.5, 0.95}) {
      const DataFolder folder;
      write_clevr(folder, 2);
      folder.cut(file, share);
      expect_refused(folder, {}, file, "expected a", "image", "Get the data set again");
    }
  }
}

TEST(RgbdDamage, APngThatIsDamagedInsideSaysWhere) {
  const DataFolder folder;
  write_clevr(folder, 2);
  std::string png = content_of(folder.path() / kRight);
  const std::size_t data = png.find("IDAT") + 4;
  png[data + 5] = static_cast<char>(png[data + 5] ^ 0x10);
  folder.write(kRight, png);
  testing::internal::CaptureStderr();
  expect_refused(folder, {}, kRight, "a whole image", "damaged in its part IDAT",
                 "Get the data set again");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << "libpng says nothing of its own";
}

TEST(RgbdDamage, APictureThatIsNoneIsNamed) {
  const DataFolder folder, empty;
  write_clevr(folder, 2);
  folder.write(kRight, "this is no picture");
  expect_refused(folder, {}, kRight, "a PNG, JPEG or PPM image");
  write_clevr(empty, 2);
  empty.write(kDepth, "");
  expect_refused(empty, {}, kDepth, "empty");
}

TEST(RgbdDamage, DepthInMillimetresMustHave16BitsAndOneChannel) {
  const DataFolder folder;
  folder.write_image("f0.color.png", plain(2, 3, {3, 2, 1}));
  folder.write_image("f0.depth.png", grey(2, 3, 7));
  expect_refused(folder, {}, "f0.depth.png", "16-bit values in 1 channel, millimetres",
                 "8-bit values in 1 channel");
  folder.write_image("f0.depth.png", cv::Mat(2, 3, CV_16UC3, cv::Scalar::all(7)));
  expect_refused(folder, {}, "f0.depth.png", "16-bit values in 3 channels");
}

TEST(RgbdDamage, APictureThereTwiceIsNamed) {
  const DataFolder folder;
  write_clevr(folder, 2);
  fs::create_directory(folder.path() / "copy");
  fs::copy_file(folder.path() / kRight, folder.path() / "copy/CLEVR_right_1.png");
  expect_refused(folder, {}, "CLEVR_right_1.png: expected one such file",
                 "CLEVR-D/CLEVR_right_1.png", "copy/CLEVR_right_1.png");
  const DataFolder frames;
  frames.write_image("f0.color.png", plain(2, 3, {3, 2, 1}));
  frames.write_image("f0.color.jpg", plain(2, 3, {3, 2, 1}));
  frames.write_image("f0.depth.png", cv::Mat(2, 3, CV_16UC1, cv::Scalar(7)));
  expect_refused(frames, {}, "expected one colour picture", "f0.color.jpg", "f0.color.png");
}

TEST(RgbdDamage, APlaceWithoutPicturesSaysWhatIsLookedFor) {
  const DataFolder folder;
  expect_data_error([&] { read_all(folder.path()); }, folder.path().string(),
                    "CLEVR_right_000000.png with CLEVR-D_right_000000.png",
                    "NAME.color.jpg with NAME.depth.png", "found none among 0 files");
  folder.write("notes.txt", "nothing to see");
  expect_refused(folder, {}, "found none among 1 files");
  expect_data_error([&] { read_all(folder.path() / "nowhere"); }, "nowhere", "found nothing");
  expect_data_error([&] { read_all("/dev/null"); }, "/dev/null", "found a device");
}

TEST(RgbdDamage, AFolderWithTwoArchivesAsksForOne) {
  const DataFolder folder, packed;
  write_clevr(folder, 1);
  pack(folder, packed, "", "a.zip");
  EXPECT_NO_THROW(read_all(packed.path()));
  pack(folder, packed, "", "b.zip");
  expect_data_error([&] { read_all(packed.path()); }, "a.zip and b.zip", "Name the archive itself");
}

TEST(RgbdDamage, AnArchiveThatIsCutOffAnywhereIsRefused) {
  const DataFolder folder;
  write_clevr(folder, 4);
  for (const double share : {0.01, 0.1, 0.5, 0.9, 0.99, 0.9999}) {
    const DataFolder packed;
    const fs::path archive = pack(folder, packed);
    packed.cut("data.zip", share);
    expect_data_error([&] { read_all(archive); }, archive.string(), "one that is cut off",
                      "Get the archive again");
  }
}

TEST(RgbdDamage, AnArchiveOfAnotherKindOrWithNothingInItIsRefused) {
  const DataFolder folder, nothing;
  folder.write("a.zip", "this is no archive, but a text");
  folder.write("b.zip", "");
  expect_data_error([&] { read_all(folder.path() / "a.zip"); }, "a.zip", "a whole .zip archive",
                    "another kind of file");
  expect_data_error([&] { read_all(folder.path() / "b.zip"); }, "b.zip", "a whole .zip archive",
                    "an empty file", "Get the archive again");
  const fs::path empty = pack(nothing, folder);
  expect_data_error([&] { read_all(empty); }, "data.zip", "with pictures", "nothing in it");
}

TEST(RgbdDamage, ADamagedArchiveIsNeverReadAsWhole) {
  const DataFolder folder, packed;
  write_clevr(folder, 4);
  const fs::path archive = pack(folder, packed);
  const std::string whole = content_of(archive);
  const RgbdDataset good = RgbdDataset::open(archive);
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); at += 23) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    packed.write("data.zip", damaged);
    try {
      // What is not noticed must be harmless: a date, say, or a view that is called otherwise.
      const RgbdDataset data = RgbdDataset::open(archive);
      for (std::size_t i = 0; i < data.size(); ++i) {
        for (std::size_t k = 0; k < good.size(); ++k) {
          if (data.name(i) != good.name(k)) continue;
          EXPECT_EQ(data.read(i).colour.pixels, good.read(k).colour.pixels) << "byte " << at;
          EXPECT_EQ(data.read(i).depth.values, good.read(k).depth.values) << "byte " << at;
        }
      }
    } catch (const DataError& error) {
      ++refused;
      EXPECT_THAT(error.what(), testing::HasSubstr(packed.path().string()));
    }
  }
  EXPECT_GT(refused, static_cast<int>(whole.size()) / 23 / 4);
}

TEST(RgbdDamage, NamesThatLeadOutOfAnArchiveAreRefused) {
  const DataFolder folder, packed;
  write_clevr(folder, 1);
  const std::string picture = "=" + (folder.path() / "CLEVR-D/CLEVR_right_0.png").string();
  for (const std::string name : {"../CLEVR_right_7.png", "/tmp/CLEVR_right_7.png", "a/../../b.txt",
                                 "..", "a\\..\\..\\CLEVR_right_7.png"}) {
    const fs::path archive = pack(folder, packed, "'" + name + picture + "'");
    expect_data_error([&] { read_all(archive); }, archive.string(), "leads out of it",
                      "own archive");
  }
  EXPECT_NO_THROW(read_all(pack(folder, packed, "'a..b/c...txt" + picture + "'")));
}

TEST(RgbdDamage, AnEncryptedArchiveIsRefused) {
  const DataFolder folder, packed;
  write_clevr(folder, 1);
  const fs::path archive = packed.path() / "data.zip";
  const std::string command =
      "cd '" + folder.path().string() + "' && zip -q -r -P secret '" + archive.string() + "' .";
  ASSERT_EQ(std::system(command.c_str()), 0);
  expect_data_error([&] { read_all(archive); }, archive.string(), "password", "encrypted");
}

TEST(RgbdDamage, LimitsHoldForEntriesAndBytes) {
  const DataFolder folder;
  write_clevr(folder, 3);
  RgbdOptions few;
  few.limits.entries = 11;
  expect_refused(folder, few, "at most 11", "found more");
  RgbdOptions small;
  small.limits.picture_bytes = 60;
  expect_refused(folder, small, "at most 60 bytes");
  RgbdOptions little;
  little.limits.archive_bytes = 200;
  const DataFolder packed;
  const fs::path archive = pack(folder, packed);
  expect_data_error([&] { read_all(archive, little); }, archive.string(), "at most 200 bytes",
                    "Unpack the archive and take its folder");
}

TEST(RgbdDamage, AnArchiveThatUnpacksToMuchMoreStopsAtTheLimit) {
  const DataFolder folder, packed;
  write_clevr(folder, 1);
  // 8 MB of zeros are packed to 8 kB.
  folder.write(kRight, std::string(8 << 20, '\0'));
  folder.write_image(kDepth, grey(2, 2, 1));
  const fs::path archive = pack(folder, packed);
  EXPECT_LT(fs::file_size(archive), 20000U);
  RgbdOptions options;
  options.limits.picture_bytes = 1 << 20;
  expect_data_error([&] { read_all(archive, options); }, kRight, "at most 1048576 bytes unpacked");
}

TEST(RgbdDamage, APictureThatUnpacksToTooManyPixelsIsNotUnpacked) {
  // The sides that a header tells are enough: width and height of a PNG are at bytes 16 to 23, of
  // a JPEG behind the marker of its frame.
  const DataFolder folder;
  folder.write_image("a.png", plain(4, 6, {1, 2, 3}));
  std::string png = content_of(folder.path() / "a.png");
  png.replace(16, 8, std::string("\0\0\xea\x60\0\0\xea\x60", 8));
  folder.write_image("a.jpg", plain(4, 6, {1, 2, 3}));
  std::string jpeg = content_of(folder.path() / "a.jpg");
  const std::size_t frame = jpeg.find("\xff\xc0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xea\x60\xea\x60");
  for (const std::string& bomb : {png, jpeg}) {
    const DataFolder set;
    write_clevr(set, 2);
    set.write(kRight, bomb);
    expect_refused(set, {}, kRight, "at most 128 million pixels", "60000 x 60000");
  }
}

}  // namespace
}  // namespace pset3
