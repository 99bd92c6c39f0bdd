#include "grader/pipeline/pictures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <set>

#include "grader/arrays/safetensors.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/pipeline/picture_data.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using arrays::Array;
using arrays::Arrays;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

json drawn(const PictureRule& rule, const Array& expected, const Array& got) {
  const judge::CheckSpec check = {};
  const Arrays right = {{"a", expected}};
  return pictures_of_case({{"a", rule}}, {check, {}, right, {{"a", got}}});
}

Array matrix(std::vector<double> values, std::int64_t rows) {
  const auto columns = static_cast<std::int64_t>(values.size()) / rows;
  return Array::copy_of(values.data(), {rows, columns});
}

PictureRule map_rule() { return {PictureKind::kMap, "A map"}; }
PictureRule voxel_rule() { return {PictureKind::kVoxels, "Voxels"}; }

TEST(Pictures, NameTheWorstElement) {
  const json pictures =
      drawn(map_rule(), matrix({1, 2, 3, 4, 5, 6}, 2), matrix({1, 2.5, 3, 4, 5, -6}, 2));
  ASSERT_EQ(pictures.size(), 1u);
  const json worst = pictures[0].at("worst");
  EXPECT_EQ(worst.at("index"), (json{1, 2}));
  EXPECT_EQ(worst.at("expected"), "6");
  EXPECT_EQ(worst.at("got"), "-6");
  EXPECT_EQ(worst.at("different"), 2);
  EXPECT_EQ(worst.at("of"), 6);
}

TEST(Pictures, LeaveOutArraysThatAreRight) {
  EXPECT_THAT(drawn(map_rule(), matrix({1, 2}, 1), matrix({1, 2 + 1e-9}, 1)), IsEmpty());
  EXPECT_THAT(drawn(voxel_rule(), matrix({1, 2, 3, 4, 5, 6}, 2), matrix({4, 5, 6, 1, 2, 3}, 2)),
              IsEmpty())
      << "the order of voxels is nobody's business";
}

TEST(Pictures, LeaveOutArraysOfAnotherShape) {
  EXPECT_THAT(drawn(map_rule(), matrix({1, 2, 3, 4}, 2), matrix({1, 2, 3, 5}, 1)), IsEmpty());
}

TEST(Pictures, TellVoxelsOfOneAnswerFromThoseOfBoth) {
  const json pictures =
      drawn(voxel_rule(), matrix({0, 0, 0, 1, 0, 0, 2, 0, 0}, 3), matrix({0, 0, 0, 0, 1, 0}, 2));
  ASSERT_EQ(pictures.size(), 1u);
  EXPECT_EQ(pictures[0].at("counts"), (json{1, 2, 1}));
  EXPECT_EQ(pictures[0].at("side"), 1.0);
}

TEST(Pictures, SurviveAnAnswerWithoutVoxels) {
  const Array none(arrays::DType::kF64, {0, 3});
  EXPECT_EQ(drawn(voxel_rule(), matrix({0, 0, 0, 1, 0, 0}, 2), none)[0].at("counts"),
            (json{0, 2, 0}));
  EXPECT_THAT(drawn(voxel_rule(), none, none), IsEmpty());
}

TEST(Pictures, DrawTheBoxThatIsDueAroundTheStudentsOwnPoints) {
  PictureRule rule = {PictureKind::kBox, "A box"};
  rule.points = "coarse";
  rule.margin = "side";
  const judge::CheckSpec check = {};
  const Array ours = matrix({0, 1, 0, 1, 0, 1}, 3);
  const Array coarse = matrix({2, 3, 4, 5, 6, 7}, 2);
  const Array side = Array::of(std::vector<double>{0.5});
  const auto boxes = [&](const Array& got) {
    const Arrays outputs = {{"a", got}, {"coarse", coarse}, {"side", side}};
    return pictures_of_case({{"a", rule}}, {check, {}, {{"a", ours}}, outputs});
  };
  const json wrong = boxes(matrix({2, 5, 2.5, 6.5, 3.5, 7.5}, 3));
  ASSERT_EQ(wrong.size(), 1u);
  EXPECT_EQ(wrong[0].at("expected"), (json{1.5, 5.5, 2.5, 6.5, 3.5, 7.5})) << "not our box";
  EXPECT_EQ(wrong[0].at("shown"), 2);
  EXPECT_THAT(boxes(matrix({1.5, 5.5, 2.5, 6.5, 3.5, 7.5}, 3)), IsEmpty());
  EXPECT_THAT(boxes(matrix({1.5, std::nan(""), 2.5, 6.5, 3.5, 7.5}, 3)), IsEmpty());
}

TEST(Pictures, DrawRowsAsFeatureMapsWhereTheyAreSome) {
  PictureRule rule = {PictureKind::kMap, "Rows"};
  rule.maps = {2, 1, 3};
  rule.maps_title = "Maps";
  const json maps = drawn(rule, matrix({1, 2, 3, 4, 5, 6}, 1), matrix({1, 2, 3, 4, 5, 7}, 1));
  EXPECT_EQ(maps[0].at("title"), "Maps");
  EXPECT_EQ(maps[0].at("worst").at("index"), (json{0, 1, 0, 2}));
  EXPECT_EQ(maps[0].at("slices")[0].at("label"), "item 0, channel 1");
  const json rows = drawn(rule, matrix({1, 2}, 1), matrix({1, 3}, 1));
  EXPECT_EQ(rows[0].at("title"), "Rows");
}

TEST(Pictures, MakeLargeArraysSmall) {
  const std::vector<double> ones(1'000'000, 1.0);
  std::vector<double> others = ones;
  others[123'456] = 3.0;
  const json pictures = drawn(map_rule(), matrix(ones, 1000), matrix(others, 1000));
  EXPECT_LT(pictures.dump().size(), 60'000u);
  EXPECT_EQ(pictures[0].at("worst").at("index"), (json{123, 456}))
      << "found before it was made small";
  std::vector<double> voxels;
  for (int i = 0; i < 50'000; ++i) voxels.insert(voxels.end(), {double(i % 37), double(i / 37), 0});
  std::vector<double> shifted = voxels;
  for (double& value : shifted) value += 0.5;
  const auto rows = static_cast<std::int64_t>(voxels.size() / 3);
  const json thinned = drawn(voxel_rule(), matrix(voxels, rows), matrix(shifted, rows));
  EXPECT_LT(thinned.dump().size(), 140'000u);
  EXPECT_EQ(thinned[0].at("counts"), (json{0, 50'000, 50'000})) << "what is counted is not thinned";
  EXPECT_EQ(thinned[0].at("shown"), 10'000);
}

TEST(Pictures, PackNumbersIntoSixteenBits) {
  // 0, 65534 and, for what is not finite, 65535: little-endian.
  EXPECT_EQ(packed({-1.0, 3.0, std::nan("")}, -1.0, 3.0),
            base64_of({0, 0, 0xfe, 0xff, 0xff, 0xff}));
  EXPECT_EQ(base64_of({'M', 'a', 'n'}), "TWFu");
}

TEST(PictureRules, NameOnlyArraysThatCasesReturn) {
  for (const fs::directory_entry& part :
       fs::directory_iterator(fs::path(PSET3_SOURCE_DIR) / "fixtures")) {
    if (!part.is_directory()) continue;
    std::set<std::string> names;
    for (const fs::directory_entry& file : fs::directory_iterator(part.path() / "expected")) {
      for (const auto& [name, array] : arrays::decode(read_file(file.path()))) names.insert(name);
    }
    const PictureRules rules = read_picture_rules(part.path());
    EXPECT_FALSE(rules.empty()) << part.path();
    for (const auto& [name, rule] : rules) {
      EXPECT_EQ(names.count(name), 1u) << part.path() << " has no " << name;
      for (const std::string& other : {rule.shape, rule.points, rule.margin}) {
        EXPECT_TRUE(other.empty() || names.count(other) == 1) << other;
      }
    }
  }
}

TEST(PictureRules, SayWhatIsWrongWithThem) {
  const TemporaryFolder folder(fs::temp_directory_path());
  std::ofstream(folder.path() / "pictures.json") << R"({"output": {"kind": "film", "title": "x"}})";
  try {
    read_picture_rules(folder.path());
    FAIL() << "a film was taken";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("pictures.json: output: \"kind\" must be image, map"));
  }
}

}  // namespace
}  // namespace pset3::pipeline
