#include "grader/arrays/safetensors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace pset3::arrays {
namespace {

using ::testing::HasSubstr;

constexpr DType kTypes[] = {DType::kBool, DType::kU8,  DType::kI32,
                            DType::kI64,  DType::kF32, DType::kF64};

std::string format_error_of(std::string_view file, const ArraySpecs& specs) {
  try {
    decode(file, specs);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Safetensors, KeepsEveryTypeAndShapeInARoundTrip) {
  const std::vector<std::vector<std::int64_t>> shapes = {
      {}, {0}, {1}, {7}, {3, 4}, {0, 3}, {3, 0}, {2, 1, 2, 1, 2, 1, 2, 1}};
  Arrays all;
  for (const DType dtype : kTypes) {
    for (const auto& shape : shapes) {
      Array array(dtype, shape);
      for (std::size_t i = 0; i < array.bytes().size(); ++i) {
        array.bytes()[i] = static_cast<std::uint8_t>(dtype == DType::kBool ? i % 2 : 37 * i + 1);
      }
      EXPECT_EQ(decode(encode({{"a", array}})), (Arrays{{"a", array}})) << describe(array);
      all.emplace(describe(array), array);
    }
  }
  EXPECT_EQ(decode(encode(all)), all);
  EXPECT_EQ(decode(encode({})), Arrays{});
}

TEST(Safetensors, KeepsNonFiniteValuesBitByBit) {
  const Array array = Array::of<double>({std::nan("7"), std::numeric_limits<double>::infinity(),
                                         -0.0, std::numeric_limits<double>::denorm_min()});
  EXPECT_EQ(decode(encode({{"a", array}})).at("a"), array);
}

TEST(Safetensors, KeepsNamesWithQuotesAndUmlauts) {
  const Arrays arrays = {{"a \"b\" \\ Ü\n", Array::scalar(1.0)}};
  EXPECT_EQ(decode(encode(arrays)), arrays);
}

TEST(Safetensors, StartsThePayloadAtAMultipleOfEightBytes) {
  for (int size = 1; size < 20; ++size) {
    const std::string file =
        encode({{std::string(static_cast<std::size_t>(size), 'n'), Array::scalar(1.0)}});
    std::uint64_t length = 0;
    std::memcpy(&length, file.data(), sizeof length);
    EXPECT_EQ(length % 8, 0u);
    EXPECT_EQ(file.size(), 8 + length + 8);
  }
}

TEST(Safetensors, RefusesEveryPrefixOfAFile) {
  const std::string file = encode({{"voxels", Array(DType::kF64, {2, 3})},
                                   {"mask", Array(DType::kBool, {5})},
                                   {"empty", Array(DType::kI32, {0})}});
  ASSERT_NO_THROW(decode(file));
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_THROW(decode(file.substr(0, size)), FormatError) << size;
  }
  EXPECT_THROW(decode(file + '\0'), FormatError);
}

TEST(Safetensors, TakesOnlyWhatTheSpecsSay) {
  const std::string file = encode({{"voxels", Array(DType::kF64, {20, 3})}});
  const ArraySpecs specs = {{"voxels", {DType::kF64, {{0, 100}, {3, 3}}}}};
  EXPECT_EQ(decode(file, specs).at("voxels").shape(), (std::vector<std::int64_t>{20, 3}));
  for (const DimSpec& dim : {DimSpec{20, 20}, DimSpec{0, 20}, DimSpec{20, 21}}) {
    EXPECT_NO_THROW(decode(file, {{"voxels", {DType::kF64, {dim, {3, 3}}}}}));
  }
  for (const DimSpec& dim : {DimSpec{21, 30}, DimSpec{0, 19}}) {
    EXPECT_THROW(decode(file, {{"voxels", {DType::kF64, {dim, {3, 3}}}}}), FormatError);
  }
}

TEST(Safetensors, NamesTheArrayWhatWasExpectedAndWhatCame) {
  const std::string file = encode({{"voxels", Array(DType::kF64, {20, 4})}});
  EXPECT_EQ(format_error_of(file, {{"voxels", {DType::kF64, {{0, 100}, {3, 3}}}}}),
            "array \"voxels\": expected F64 (0 to 100, 3), got F64 (20, 4)");
  EXPECT_EQ(format_error_of(file, {{"voxels", exactly(DType::kF32, {20, 4})}}),
            "array \"voxels\": expected F32 (20, 4), got F64 (20, 4)");
  EXPECT_THAT(format_error_of(file, {{"voxels", exactly(DType::kF64, {80})}}),
              HasSubstr("expected F64 (80), got F64 (20, 4)"));
  EXPECT_EQ(format_error_of(file, {}), "unexpected array \"voxels\"");
  EXPECT_EQ(format_error_of(encode({}), {{"side", exactly(DType::kF64, {})}}),
            "array \"side\" is missing");
}

TEST(LargestFile, HoldsEveryFileThatMeetsTheSpecs) {
  const ArraySpecs specs = {{"voxels", {DType::kF64, {{0, 100}, {3, 3}}}},
                            {"side", exactly(DType::kF64, {})}};
  EXPECT_EQ(largest_file(specs), 8 + kMaxHeaderBytes + 100ULL * 3 * 8 + 8);
  EXPECT_LE(encode({{"voxels", Array(DType::kF64, {100, 3})}, {"side", Array::scalar(1.0)}}).size(),
            largest_file(specs));
}

TEST(LargestFile, RefusesSpecsThatNoFileCanMeet) {
  constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();
  EXPECT_THROW(largest_file({{"a", exactly(DType::kF64, {kHuge})}}), FormatError);
  EXPECT_THROW(largest_file({{"a", exactly(DType::kU8, {kHuge})},
                             {"b", exactly(DType::kU8, {kHuge})},
                             {"c", exactly(DType::kU8, {kHuge})}}),
               FormatError);
}

}  // namespace
}  // namespace pset3::arrays
