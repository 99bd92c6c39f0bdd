#include "grader/parts/p1_space_carving/judge/rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/judge/wording.hpp"
#include "tests/parts/p1_space_carving/judge/scenes.hpp"

namespace pset3::judge::p1 {
namespace {

using testing::array_of;

TEST(Rows, AreFoundByTheirExactValuesInAnyOrder) {
  const arrays::Array all = array_of({{1, 2, 3}, {4, 5, 6}, {0.0, 7, 8}});
  const RowIndex index(rows_of(all));
  const arrays::Array some = array_of({{-0.0, 7, 8}, {1, 2, 3}});
  const RowMatch found = match(index, rows_of(some));
  EXPECT_THAT(found.copies, ::testing::ElementsAre(1, 0, 1));
  EXPECT_EQ(found.foreign + found.moved + found.repeated, 0u);
}

TEST(Rows, CastToFloatAreMovedAndNotForeign) {
  const arrays::Array all = array_of(testing::cube_grid(7, 1.3));
  const RowIndex index(rows_of(all));
  testing::Points cast = testing::cube_grid(7, 1.3);
  for (auto& row : cast) row = row.cast<float>().cast<double>();
  const arrays::Array answer = array_of(cast);
  const RowMatch found = match(index, rows_of(answer));
  EXPECT_EQ(found.foreign, 0u);
  EXPECT_GT(found.moved, 200u);
  EXPECT_THAT(found.copies, ::testing::Each(1u));
}

TEST(Rows, ThatWereNeverThereAreForeignAndSecondCopiesRepeated) {
  const arrays::Array all = array_of({{1, 2, 3}, {4, 5, 6}});
  const RowIndex index(rows_of(all));
  const arrays::Array answer = array_of({{1, 2, 3}, {1, 2, 3.01}, {1, 2, 3}, {1e300, -1e300, 0}});
  const RowMatch found = match(index, rows_of(answer));
  EXPECT_EQ(found.foreign, 2u);
  EXPECT_EQ(found.first_foreign, 1u);
  EXPECT_EQ(found.repeated, 1u);
  EXPECT_EQ(found.first_repeated, 2u);
}

TEST(Rows, OfAnEmptyArrayMatchNothing) {
  const arrays::Array none = array_of({});
  const RowIndex index(rows_of(none));
  const arrays::Array answer = array_of({{0, 0, 0}});
  EXPECT_EQ(match(index, rows_of(answer)).foreign, 1u);
  EXPECT_EQ(match(index, rows_of(none)).foreign, 0u);
}

TEST(Wording, GroupsThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1204), "1,204");
  EXPECT_EQ(grouped(-1234567), "-1,234,567");
  EXPECT_EQ(grouped(-123), "-123");
}

}  // namespace
}  // namespace pset3::judge::p1
