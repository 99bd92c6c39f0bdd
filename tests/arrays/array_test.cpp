#include "grader/arrays/array.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace pset3::arrays {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();

template <typename Function>
std::string invalid_argument_of(const Function& function) {
  try {
    function();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Array, StartsWithZeros) {
  const Array array(DType::kF32, {2, 3});
  EXPECT_EQ(array.element_count(), 6u);
  EXPECT_EQ(array.bytes(), std::vector<std::uint8_t>(24, 0));
}

TEST(Array, KeepsValuesInRowMajorOrder) {
  const double values[] = {1, 2, 3, 4, 5, 6};
  const Array array = Array::copy_of(values, {2, 3});
  EXPECT_EQ(array.dtype(), DType::kF64);
  EXPECT_EQ(array.data<double>()[1 * 3 + 0], 4);
  EXPECT_EQ(Array::of<std::int32_t>({7, 8}).shape(), (std::vector<std::int64_t>{2}));
}

TEST(Array, OfNoDimensionHasOneValueAndOfSizeZeroHasNone) {
  EXPECT_EQ(Array::scalar(2.5).item<double>(), 2.5);
  EXPECT_TRUE(Array::scalar(true).item<bool>());
  EXPECT_EQ(Array(DType::kF64, {0, 3}).element_count(), 0u);
  EXPECT_EQ(Array(DType::kF64, {5, 0, 5}).bytes().size(), 0u);
  EXPECT_EQ(Array().element_count(), 0u);
}

TEST(Array, RefusesAShapeThatIsNegativeOrTooLarge) {
  EXPECT_THAT(invalid_argument_of([] { Array(DType::kU8, {3, -1}); }), HasSubstr("U8 (3, -1)"));
  EXPECT_THROW(Array(DType::kU8, {std::numeric_limits<std::int64_t>::min()}),
               std::invalid_argument);
  EXPECT_THROW(Array(DType::kF64, {kHuge}), std::invalid_argument);
  EXPECT_THROW(Array(DType::kU8, {kHuge, 2}), std::invalid_argument);
  EXPECT_THROW(Array(DType::kU8, {1ll << 32, 1ll << 32}), std::invalid_argument);
  EXPECT_THROW(Array(DType::kU8, {1ll << 32, 1ll << 32, 1ll << 32}), std::invalid_argument);
}

TEST(Array, RefusesElementsOfAnotherType) {
  const Array array(DType::kF32, {2});
  EXPECT_THAT(invalid_argument_of([&] { array.data<double>(); }), HasSubstr("F32 (2)"));
  EXPECT_THAT(invalid_argument_of([&] { array.item<float>(); }), HasSubstr("not one value"));
}

TEST(Array, EqualsOnlyTheSameTypeShapeAndBytes) {
  const Array array = Array::of<std::int32_t>({1, 2});
  EXPECT_EQ(array, Array::of<std::int32_t>({1, 2}));
  EXPECT_FALSE(array == Array::of<std::int32_t>({1, 3}));
  EXPECT_FALSE(array == Array::copy_of(array.data<std::int32_t>(), {1, 2}));
  EXPECT_FALSE(Array(DType::kI32, {2}) == Array(DType::kF32, {2}));
}

TEST(Get, ListsTheNamesThatThereAre) {
  const Arrays arrays = {{"side", Array::scalar(1.0)}, {"voxels", Array(DType::kF64, {0, 3})}};
  EXPECT_EQ(get(arrays, "side").item<double>(), 1.0);
  EXPECT_THAT(invalid_argument_of([&] { get(arrays, "voxel"); }),
              HasSubstr("no array \"voxel\" among: side, voxels"));
}

}  // namespace
}  // namespace pset3::arrays
