#include "starter/common/drawing/plot.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <opencv2/imgcodecs.hpp>
#include <stdexcept>

#include "starter/common/drawing/gnuplot.hpp"
#include "starter/common/errors.hpp"
#include "tests/common/drawing/temporary_folder.hpp"

namespace pset3::drawing {
namespace {

Chart falling_loss() {
  Chart chart;
  chart.title = "Training";
  chart.x_label = "epoch";
  chart.y_label = "loss";
  chart.series = {{"train", {0, 1, 2, 3}, {2.3, 1.2, 0.8, 0.7}},
                  {"test", {0, 1, 2, 3}, {2.3, 1.4, std::nan(""), 0.9}}};
  return chart;
}

// Pixels that are nearly of a colour, given as blue, green, red.
int count_near(const cv::Mat& picture, const cv::Vec3b& colour) {
  int count = 0;
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      count += cv::norm(picture.at<cv::Vec3b>(y, x), colour, cv::NORM_INF) < 24 ? 1 : 0;
    }
  }
  return count;
}

TEST(SaveChart, DrawsEverySeriesInItsColour) {
  const TemporaryFolder folder;
  save_chart(folder / "loss.png", falling_loss());
  const cv::Mat picture = cv::imread((folder / "loss.png").string());
  ASSERT_EQ(picture.size(), cv::Size(1080, 760));
  EXPECT_GT(count_near(picture, {0xB2, 0x72, 0x00}), 1500) << "blue curve";
  EXPECT_GT(count_near(picture, {0x00, 0x5E, 0xD5}), 500) << "orange curve";
}

TEST(SaveChart, LeavesAGapAtAValueThatIsNotFinite) {
  const auto blue_of = [](double middle) {
    const TemporaryFolder folder;
    Chart chart;
    chart.series = {{"", {0, 1, 1.5, 2, 3}, {1, 1, middle, 1, 1}}};
    chart.y_lower = 0.0;
    chart.y_upper = 2.0;
    save_chart(folder / "chart.png", chart);
    return count_near(cv::imread((folder / "chart.png").string()), {0xB2, 0x72, 0x00});
  };
  EXPECT_NEAR(blue_of(std::nan("")), 2.0 / 3.0 * blue_of(1.0), 0.1 * blue_of(1.0));
}

TEST(SaveChart, LeavesNoRoomForATitleThatThereIsNot) {
  const auto first_row = [](const Chart& chart) {
    const TemporaryFolder folder;
    save_chart(folder / "chart.png", chart);
    const cv::Mat ink = cv::imread((folder / "chart.png").string(), cv::IMREAD_GRAYSCALE) < 200;
    int row = 0;
    while (row < ink.rows && cv::countNonZero(ink.row(row)) == 0) ++row;
    return row;
  };
  Chart chart = falling_loss();
  EXPECT_LT(first_row(chart), 60);
  chart.title.clear();
  EXPECT_LT(first_row(chart), 60) << "the legend is where the title was";
}

TEST(SaveCharts, PutsPanelsBesideEachOther) {
  const TemporaryFolder folder;
  save_charts(folder / "two.png", {falling_loss(), falling_loss()});
  const cv::Mat picture = cv::imread((folder / "two.png").string());
  ASSERT_EQ(picture.size(), cv::Size(2160, 760));
  const cv::Mat right = picture.colRange(1080, 2160);
  EXPECT_GT(count_near(right, {0xB2, 0x72, 0x00}), 1500);
}

TEST(SaveChart, TakesTextAsTextAndNeverAsCommands) {
  const TemporaryFolder folder;
  const std::string trap = (folder / "trap").string();
  Chart chart = falling_loss();
  chart.title = "it's `touch " + trap + "` \\";
  chart.x_label = "'; system('touch " + trap + "') #";
  chart.y_label = "two\\\nlines\nsystem 'touch " + trap + "'\n";
  chart.series[0].label = "' . system('touch " + trap + "') . '";
  save_chart(folder / "loss.png", chart);
  EXPECT_FALSE(std::filesystem::exists(trap));
  EXPECT_FALSE(cv::imread((folder / "loss.png").string()).empty());
}

TEST(SaveChart, RefusesSeriesWhoseLengthsDiffer) {
  Chart chart = falling_loss();
  chart.series[0].x.pop_back();
  EXPECT_THROW(save_chart("unused.png", chart), std::invalid_argument);
  chart.series.clear();
  EXPECT_THROW(save_chart("unused.png", chart), std::invalid_argument);
}

TEST(SaveChart, NamesAFileThatItCannotWrite) {
  EXPECT_THROW(save_chart("/nowhere/at/all.png", falling_loss()), DataError);
}

TEST(SaveChart, SaysThatGnuplotIsMissing) {
  const TemporaryFolder folder;
  const char* set = std::getenv("PATH");
  const std::string path = set == nullptr ? "" : set;
  setenv("PATH", "/nowhere", 1);
  try {
    save_chart(folder / "loss.png", falling_loss());
    ADD_FAILURE() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("install gnuplot-nox"), std::string::npos)
        << error.what();
  }
  setenv("PATH", path.c_str(), 1);
}

TEST(RunGnuplot, HandsOnWhatGnuplotSays) {
  const TemporaryFolder folder;
  const std::string script = "plot no_such_thing(1)\n" + std::string(300000, '#') + "\n";
  try {
    run_gnuplot(script, folder / "none.png");
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("no_such_thing"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace pset3::drawing
