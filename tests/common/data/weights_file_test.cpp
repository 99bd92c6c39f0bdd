#include "starter/common/data/weights_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>

#include "tests/common/data/data_folder.hpp"

namespace pset3 {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string contents_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A file as the format's description has it: length, header, payload.
fs::path file_with(const DataFolder& folder, const std::string& header,
                   const std::string& payload) {
  const fs::path file = folder.path() / "made.safetensors";
  std::ofstream stream(file, std::ios::binary);
  stream << static_cast<char>(header.size()) << std::string(7, '\0') << header << payload;
  return file;
}

std::string refusal_of(const fs::path& file) {
  try {
    read_weights(file);
  } catch (const DataError& error) {
    return error.what();
  }
  return "no DataError";
}

TEST(WeightsFile, ComesBackAsItWasWritten) {
  const DataFolder folder;
  const fs::path file = folder.path() / "some.safetensors";
  constexpr float kSmallest = std::numeric_limits<float>::denorm_min();
  write_weights(file, {{{"epoch", "7"}, {"what", "a \"word\" ä"}},
                       {{"weight", {{2, 3}, {1.0F, -2.5F, 0.1F, kSmallest, -0.0F, 3e38F}}},
                        {"number", {{}, {42.0F}}},
                        {"none", {{0, 5}, {}}}}});
  const Weights back = read_weights(file);
  EXPECT_EQ(back.notes.at("epoch"), "7");
  EXPECT_EQ(back.notes.at("what"), "a \"word\" ä");
  ASSERT_EQ(back.arrays.size(), 3U);
  EXPECT_THAT(back.arrays.at("weight").shape, ElementsAre(2, 3));
  EXPECT_THAT(back.arrays.at("weight").values,
              ElementsAre(1.0F, -2.5F, 0.1F, kSmallest, -0.0F, 3e38F));
  EXPECT_TRUE(std::signbit(back.arrays.at("weight").values[4]));
  EXPECT_TRUE(back.arrays.at("number").shape.empty());
  EXPECT_THAT(back.arrays.at("number").values, ElementsAre(42.0F));
  EXPECT_THAT(back.arrays.at("none").shape, ElementsAre(0, 5));
}

TEST(WeightsFile, IsLaidOutAsTheFormatSays) {
  const DataFolder folder;
  const fs::path file = folder.path() / "one.safetensors";
  write_weights(file, {{}, {{"a", {{1}, {1.0F}}}}});
  const std::string bytes = contents_of(file);
  const std::string header = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  ASSERT_EQ(bytes.size(), 8 + 56 + 4U) << "the header is filled up to a multiple of 8";
  EXPECT_EQ(bytes.substr(0, 8), std::string("\x38\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(bytes.substr(8, header.size()), header);
  EXPECT_EQ(bytes.substr(64), std::string("\0\0\x80\x3f", 4)) << "1 as IEEE 754, little-endian";
  EXPECT_FALSE(fs::exists(folder.path() / "one.safetensors.part"));
}

TEST(WeightsFile, ReadsArraysInAnyOrder) {
  const DataFolder folder;
  const fs::path file = file_with(folder,
                                  R"({"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
                                  R"("a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}})",
                                  std::string("\0\0\x80\x3f\0\0\0\x40", 8));
  const Weights weights = read_weights(file);
  EXPECT_THAT(weights.arrays.at("a").values, ElementsAre(1.0F));
  EXPECT_THAT(weights.arrays.at("b").values, ElementsAre(2.0F));
}

TEST(WeightsFile, RefusesWhatIsDamaged) {
  const DataFolder folder;
  const std::string four(4, '\0');
  EXPECT_THAT(refusal_of(folder.path() / "missing"), HasSubstr("expected a file, found nothing"));
  EXPECT_THAT(refusal_of(file_with(folder, "", "")), HasSubstr("a JSON object"));
  EXPECT_THAT(refusal_of(file_with(folder, "[]", "")), HasSubstr("a JSON object"));
  EXPECT_THAT(refusal_of(file_with(folder, R"({"a":3})", "")), HasSubstr("header"));
  EXPECT_THAT(refusal_of(file_with(
                  folder, R"({"a":{"dtype":"F64","shape":[],"data_offsets":[0,8]}})", four + four)),
              HasSubstr("expected F32, found \"F64\""));
  const std::string entry = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  EXPECT_THAT(refusal_of(file_with(folder, entry, "abc")), HasSubstr("bytes 0 to 4 of 3"));
  EXPECT_THAT(refusal_of(file_with(folder, entry, four + "x")), HasSubstr("expected 66 bytes"));
  for (const char* shape : {"[-1]", "[2]", "[4294967296,4294967296,4]"}) {
    const std::string header =
        std::string(R"({"a":{"dtype":"F32","data_offsets":[0,4],"shape":)") + shape + "}}";
    EXPECT_THAT(refusal_of(file_with(folder, header, four)), HasSubstr("4 a number")) << shape;
  }
  const std::string backwards = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})";
  EXPECT_THAT(refusal_of(file_with(folder, backwards, four)), HasSubstr("4 a number"));
}

TEST(WeightsFile, RefusesACutOffPrefix) {
  const DataFolder folder;
  const fs::path file = folder.path() / "short";
  std::ofstream(file) << "\x08";
  EXPECT_THAT(refusal_of(file), HasSubstr("too few bytes"));
  std::ofstream(file) << std::string(8, '\xff') << "{}";
  EXPECT_THAT(refusal_of(file), HasSubstr("too few bytes"));
}

TEST(WeightsFile, RefusesToWriteWhatHasNoShape) {
  const DataFolder folder;
  const fs::path file = folder.path() / "wrong";
  EXPECT_THROW(write_weights(file, {{}, {{"a", {{2}, {1.0F}}}}}), std::invalid_argument);
  EXPECT_THROW(write_weights(file, {{}, {{"__metadata__", {{1}, {1.0F}}}}}), std::invalid_argument);
  EXPECT_THROW(write_weights("/proc/none/such", {{}, {}}), DataError);
  EXPECT_FALSE(fs::exists(file));
}

}  // namespace
}  // namespace pset3
