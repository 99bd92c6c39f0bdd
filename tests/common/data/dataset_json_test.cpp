#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "starter/common/data/dataset.hpp"
#include "tests/common/data/data_folder.hpp"

namespace pset3 {
namespace {

using nlohmann::json;

/// Two views of 6x4 pixels: "000" by P, "001" by K, R and position, both looking along +x.
class JsonViews : public testing::Test {
 protected:
  JsonViews() {
    for (const std::string view : {"000", "001"}) {
      const int number = view == "000" ? 0 : 1;
      folder.write_image("images/" + view + ".png",
                         cv::Mat(4, 6, CV_8UC3, cv::Scalar(10, 20, 30 + number)));
      folder.write_image("silhouettes/" + view + ".png", cv::Mat(4, 6, CV_8UC1, 255));
    }
    document = {{"format", "pset3-views"}, {"version", 1}};
    document["views"][0] = view("000");
    document["views"][0]["P"] = {{2.5, -10, 0, 10}, {1.5, 0, -10, 6}, {1, 0, 0, 4}};
    document["views"][1] = view("001");
    document["views"][1]["K"] = {{10, 0, 2.5}, {0, 10, 1.5}, {0, 0, 1}};
    document["views"][1]["R"] = {{0, -1, 0}, {0, 0, -1}, {1, 0, 0}};
    document["views"][1]["position"] = {-4, 0, 0};
  }

  static json view(const std::string& name) {
    return {{"name", name},
            {"image", "images/" + name + ".png"},
            {"silhouette", "silhouettes/" + name + ".png"}};
  }

  std::vector<Camera> load() {
    folder.write("cameras.json", document.dump(1));
    CalibratedViews views = load_views(folder.path());
    notes = views.notes;
    return views.cameras;
  }

  template <typename... Parts>
  void expect_error(const Parts&... parts) {
    expect_data_error([this] { load(); }, "cameras.json", parts...);
  }

  DataFolder folder;
  json document;
  std::vector<std::string> notes;  ///< of what was loaded last
};

TEST_F(JsonViews, AreReadFromProjectionsAndFromPoses) {
  const auto cameras = load();
  ASSERT_EQ(cameras.size(), 2U);
  Matrix34 first, second;
  first << 2.5, -10, 0, 10, 1.5, 0, -10, 6, 1, 0, 0, 4;
  second << 2.5, -10, 0, 10, 1.5, 0, -10, 6, 1, 0, 0, 4;  // K [R | -R position] by hand
  EXPECT_EQ(cameras[0].P, first);
  EXPECT_EQ(cameras[1].P, second);
  EXPECT_EQ(cameras[1].image.at<cv::Vec3b>(3, 5), cv::Vec3b(10, 20, 31));
  EXPECT_EQ(cameras[0].silhouette.type(), CV_8UC1);
  EXPECT_EQ(cv::countNonZero(cameras[0].silhouette == 1), 24);
}

TEST_F(JsonViews, ComeInTheOrderOfTheirNames) {
  std::swap(document["views"][0], document["views"][1]);
  EXPECT_EQ(load()[1].image.at<cv::Vec3b>(0, 0)[2], 31);
}

TEST_F(JsonViews, TurnAProjectionWithTheWrongSignAroundWhenThePoseIsKnown) {
  json& view = document["views"][1];
  view["P"] = {{-2.5, 10, 0, -10}, {-1.5, 0, 10, -6}, {-1, 0, 0, -4}};
  EXPECT_EQ(load()[1].P(2, 3), 4.0);
}

TEST_F(JsonViews, MayHaveNoSilhouettesAtAll) {
  for (json& view : document["views"]) view.erase("silhouette");
  for (const Camera& camera : load()) EXPECT_TRUE(camera.silhouette.empty());
}

TEST_F(JsonViews, MustAllHaveSilhouettesWhenOneHas) {
  document["views"][1].erase("silhouette");
  expect_error("views[1]", "in every view or in none");
}

TEST_F(JsonViews, NameThePositionOfBrokenJson) {
  folder.write("cameras.json", "{\"format\": \"pset3-views\",\n \"views\": [,]}");
  expect_data_error([this] { load_views(folder.path()); }, "cameras.json", "byte 38", "line 2",
                    "README.md");
}

TEST_F(JsonViews, RefuseAnotherFormatOrVersion) {
  document["format"] = "colmap";
  expect_error("format: expected \"pset3-views\"", "found \"colmap\"");
  document["format"] = "pset3-views";
  document["version"] = 2;
  expect_error("version: expected version 1", "found 2");
  document.erase("version");
  expect_error("version", "nothing");
  document = json::array();
  expect_error("expected an object, found array");
}

TEST_F(JsonViews, RefuseAListWithoutViews) {
  document["views"] = json::array();
  expect_error("views", "at least one view");
  document["views"] = "many";
  expect_error("views", "a list of views", "string");
  document["views"] = {1, 2};
  expect_error("views[0]", "an object", "number");
}

TEST_F(JsonViews, RefuseTwoViewsOfOneName) {
  document["views"][1]["name"] = "000";
  expect_error("views[1].name", "\"000\" twice");
}

TEST_F(JsonViews, RefuseAMatrixOfTheWrongSize) {
  document["views"][0]["P"].erase(2);
  expect_error("views[0].P", "a list of 3", "a list of 2");
  document["views"][0] = document["views"][1];
  document["views"][0]["name"] = "000";
  document["views"][0]["K"][1] = {0, 10};
  expect_error("views[0].K[1]", "a list of 3", "a list of 2");
  document["views"][0].erase("K");
  expect_error("views[0].K", "a value", "nothing");
}

TEST_F(JsonViews, RefuseWhatIsNotAFiniteNumber) {
  document["views"][0]["P"][1][2] = nullptr;
  expect_error("views[0].P[1][2]", "a finite number", "null");
  document["views"][0]["P"][1][2] = "3";
  expect_error("views[0].P[1][2]", "a finite number", "\"3\"");
}

TEST_F(JsonViews, RefuseNumbersBeyondADouble) {
  folder.write("cameras.json", "{\"views\": [1e999]}");
  expect_data_error([this] { load_views(folder.path()); }, "cameras.json", "number overflow");
}

TEST_F(JsonViews, RefuseMatricesOfNoCamera) {
  document["views"][0]["P"][2] = document["views"][0]["P"][1];
  expect_error("views[0].P", "singular");
  document["views"][0].erase("P");
  expect_error("views[0]", "either P, or K, R and position", "none of them");
  document["views"][0]["P"] = {{2.5, -10, 0, 10}, {1.5, 0, -10, 6}, {1, 0, 0, 4}};
  document["views"][1]["R"][0][0] = 0.5;
  expect_error("views[1].R", "expected a rotation matrix", "is off by 0.5", "six decimals");
}

TEST_F(JsonViews, TakeTheNearestOfRoundedRotations) {
  json& view = document["views"][1];
  // (1 + e) R: its R R^T is off by 2e + e^2, and the nearest orthogonal matrix is R itself.
  view["R"] = {{0, -1.000001, 0}, {0, 0, -1.000001}, {1.000001, 0, 0}};
  Matrix34 expected;
  expected << 2.5, -10, 0, 10, 1.5, 0, -10, 6, 1, 0, 0, 4;
  EXPECT_TRUE(load()[1].P.isApprox(expected, 1e-12));  // a few roundings
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(
      notes[0],
      testing::AllOf(testing::HasSubstr("cameras.json"), testing::HasSubstr("1 view is rounded"),
                     testing::HasSubstr("views[1].R"), testing::HasSubstr("off by 2e-06")));
}

TEST_F(JsonViews, TakeExactRotationsAsTheyAre) {
  document["views"][1]["R"] = {{0, -1.0000004, 0}, {0, 0, -1}, {1, 0, 0}};
  EXPECT_EQ(load()[1].P(0, 1), -10.000004);
  EXPECT_TRUE(notes.empty());
}

TEST_F(JsonViews, KeepALeftHandedWorldsRotations) {
  document["views"][1]["R"] = {{0, 1.000001, 0}, {0, 0, -1}, {1, 0, 0}};
  EXPECT_NEAR(load()[1].P(0, 1), 10.0, 1e-12);
}

TEST_F(JsonViews, RefuseRotationsThatAreOffByMoreThanAThousandth) {
  json& view = document["views"][1];
  view["R"] = {{0, -1.00049, 0}, {0, 0, -1}, {1, 0, 0}};
  EXPECT_EQ(load().size(), 2U);
  view["R"] = {{0, -1.001, 0}, {0, 0, -1}, {1, 0, 0}};
  expect_error("views[1].R: expected a rotation matrix", "to within 0.001", "off by 0.002",
               "Check that R");
  view["R"] = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
  expect_error("views[1].R", "off by 1");
}

TEST_F(JsonViews, NameTheImageThatIsMissing) {
  std::filesystem::remove(folder.path() / "images/001.png");
  expect_data_error([this] { load(); }, "images/001.png", "expected a file, found nothing");
  document["views"][0].erase("image");
  expect_error("views[0].image", "nothing");
}

TEST_F(JsonViews, NameTheSilhouetteOfAnotherSize) {
  folder.write_image("silhouettes/001.png", cv::Mat(6, 4, CV_8UC1, 255));
  expect_data_error([this] { load(); }, "silhouettes/001.png", "6 x 4 (width x height)",
                    "found 4 x 6");
}

TEST(LoadViews, SaysWhatAFolderWithoutViewsShouldHold) {
  const DataFolder folder;
  expect_data_error([&] { load_views(folder.path()); }, folder.path().string(), "cameras.json",
                    "dino_Ps.mat", "frames.mat", "*_par.txt");
  expect_data_error([&] { load_views(folder.path() / "none"); }, "none", "a folder", "nothing");
  folder.write("file", "x");
  expect_data_error([&] { load_views(folder.path() / "file"); }, "a folder", "found a file");
}

}  // namespace
}  // namespace pset3
