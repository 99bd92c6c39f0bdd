#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "grader/worlds/block_data.hpp"
#include "tests/common/drawing/temporary_folder.hpp"

/// The exercise as a program, on a few small pairs.
namespace pset3::stereo {
namespace {

using drawing::contents_of;
using drawing::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

struct Outcome {
  int status = -1;
  std::string out;
  std::string errors;
};

/// Small block worlds, made once.
const fs::path& blocks() {
  static const TemporaryFolder folder;
  static const fs::path data = [] {
    worlds::BlockDataOptions options;
    options.views = 20;
    options.stereo = true;
    options.world.width = 64;
    options.world.height = 32;
    worlds::write_block_data(folder / "blocks", options);
    return folder / "blocks";
  }();
  return data;
}

class StereoExercise : public testing::Test {
 protected:
  /// As in a sandbox: no HOME, and no folder for temporary files. A small network and few epochs,
  /// unless the arguments say others.
  Outcome run(const std::string& arguments, const std::string& code = "solution",
              const std::string& before = "") const {
    const auto unless_given = [&](const std::string& option, const std::string& value) {
      return arguments.find(option) == std::string::npos ? option + value + " " : "";
    };
    const std::string command =
        "env -u HOME TMPDIR=/nowhere " + before + " " PSET3_EXERCISE_FOLDER "/p4_exercise_" + code +
        " " + unless_given("--data ", blocks().string()) +
        unless_given("--out ", out("").string()) + unless_given("--epochs ", "2") +
        unless_given("--width ", "4") + arguments + " >" + (folder_ / "stdout").string() + " 2>" +
        (folder_ / "stderr").string();
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents_of(folder_ / "stdout"),
            contents_of(folder_ / "stderr")};
  }
  fs::path out(const std::string& name) const { return folder_ / ("out/" + name); }
  std::vector<std::string> lines_of(const std::string& name) const {
    std::istringstream file(contents_of(out(name)));
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
  }
  /// The numbers of a row of a table.
  std::vector<double> row_of(const std::string& table, const std::string& name) const {
    for (const std::string& line : lines_of(table)) {
      if (line.rfind(name + ",", 0) != 0) continue;
      std::vector<double> numbers;
      std::istringstream cells(line.substr(name.size() + 1));
      for (std::string cell; std::getline(cells, cell, ',');) numbers.push_back(std::stod(cell));
      return numbers;
    }
    return {};
  }

  TemporaryFolder folder_;
};

TEST_F(StereoExercise, DrawsWhatTheReferenceMakesOfAPair) {
  const Outcome result = run("--pair 3");
  EXPECT_EQ(result.status, 0) << result.errors << result.out;
  for (const char* name : {"a_flip.png", "b_shifts.png", "c_left.png", "c_right.png"}) {
    EXPECT_FALSE(cv::imread(out(name).string()).empty()) << name;
  }
  EXPECT_EQ(contents_of(out("summary.txt")), result.out);
  EXPECT_THAT(result.out, HasSubstr("All questions were run."));
  EXPECT_THAT(result.out, HasSubstr("20 pairs of 32 x 64"));
  for (const char* view : {"left", "right"}) {
    const std::vector<double> row = row_of("views.csv", view);  // pixels, before, after, wrong
    ASSERT_EQ(row.size(), 4U) << view;
    EXPECT_LT(row[2], 0.5 * row[1]) << view;
    EXPECT_GT(row[3], row[1]) << view;
  }
  EXPECT_FALSE(fs::exists(out("d_curves.png"))) << "nobody asked for a training";
}

TEST_F(StereoExercise, LeavesTablesAndPicturesOfATraining) {
  const Outcome result = run("--train");
  EXPECT_EQ(result.status, 0) << result.errors << result.out;
  EXPECT_THAT(result.out, HasSubstr("16 pairs to train on, 4 to test on, of 32 x 64"));
  for (const char* name : {"d_disparities.png", "d_curves.png", "d_columns.png"}) {
    EXPECT_FALSE(cv::imread(out(name).string()).empty()) << name;
  }
  EXPECT_TRUE(fs::exists(out("network.safetensors")));
  EXPECT_EQ(row_of("curves.csv", "2").size(), 3U) << "two losses and the correlation";
  EXPECT_EQ(lines_of("columns.csv").size(), 1U + 2 * 64);
}

TEST_F(StereoExercise, LearnsToMakeEachViewOfTheOther) {
  ASSERT_EQ(run("--train --epochs 12 --rate 0.004").status, 0);
  const std::vector<double> first = row_of("curves.csv", "1");
  const std::vector<double> last = row_of("curves.csv", "12");
  ASSERT_EQ(first.size(), 3U);
  ASSERT_EQ(last.size(), 3U);
  EXPECT_LT(last[0], 0.75 * first[0]) << "training pairs";
  EXPECT_LT(last[1], 0.75 * first[1]) << "test pairs";
}

TEST_F(StereoExercise, EndsAlikeWhetherItWasStoppedOrNot) {
  ASSERT_EQ(run("--train --epochs 3").status, 0);
  const std::vector<std::string> whole = lines_of("curves.csv");
  ASSERT_EQ(run("--train --epochs 1 --anew").status, 0);
  const Outcome rest = run("--train --epochs 3");
  EXPECT_THAT(rest.errors, HasSubstr("network: goes on after epoch 1 of 3"));
  EXPECT_EQ(lines_of("curves.csv"), whole);
  EXPECT_THAT(run("--train --epochs 3").errors, HasSubstr("network: finished in an earlier run"));
  EXPECT_EQ(lines_of("curves.csv"), whole);
}

TEST_F(StereoExercise, GoesOnAfterItWasKilled) {
  run("--train --epochs 100000", "solution", "timeout -s KILL 8");
  ASSERT_TRUE(fs::exists(out("network.safetensors")));
  EXPECT_THAT(run("--train --epochs 100000", "solution", "timeout -s KILL 8").errors,
              HasSubstr("network: goes on after epoch"));
}

TEST_F(StereoExercise, StartsAnewWithOtherSettingsOrADamagedCheckpoint) {
  const std::string other = "the checkpoint is of other code, data or settings";
  ASSERT_THAT(run("--train --epochs 1").errors, Not(HasSubstr(other)));
  EXPECT_THAT(run("--train --epochs 1 --rate 0.01").errors, HasSubstr(other));
  EXPECT_THAT(run("--train --epochs 1 --rate 0.01 --width 5").errors, HasSubstr(other));
  fs::resize_file(out("network.safetensors"), 1000);
  EXPECT_THAT(run("--train --epochs 1 --rate 0.01 --width 5").errors, HasSubstr(other));
}

/// Drives as KITTI has them: a picture that moves, and no truth.
void write_drives(const fs::path& folder, int pairs) {
  cv::Mat picture(40, 70, CV_8UC3);
  cv::theRNG().state = 7;
  cv::randu(picture, 0, 256);
  for (const bool is_left : {true, false}) {
    const fs::path data = folder / (is_left ? "image_02/data" : "image_03/data");
    fs::create_directories(data);
    for (int i = 0; i < pairs; ++i) {
      cv::imwrite((data / ("000000000" + std::to_string(i) + ".png")).string(),
                  picture(cv::Rect(is_left ? 0 : 2, i, 64, 33)));
    }
  }
}

TEST_F(StereoExercise, TrainsOnDrivesWithoutAnyTruth) {
  write_drives(folder_ / "drive", 5);
  const std::string data = "--train --data " + (folder_ / "drive").string();
  const Outcome unfit = run(data);
  EXPECT_EQ(unfit.status, 2);
  EXPECT_THAT(unfit.errors, HasSubstr("expected a height and a width that are multiples of 32"));
  const Outcome result = run(data + " --size 32 64");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("No true disparity of this pair is known"));
  EXPECT_THAT(result.out, Not(HasSubstr("correlation")));
  for (const char* name : {"a_flip.png", "b_shifts.png", "d_disparities.png", "d_columns.png"}) {
    EXPECT_TRUE(fs::exists(out(name))) << name;
  }
  EXPECT_FALSE(fs::exists(out("c_left.png")));
}

TEST_F(StereoExercise, SaysWhichQuestionsAreMissingInTheStarter) {
  const Outcome result = run("--train", "starter");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("question (a)   StereoRandomFlip is not written yet"));
  EXPECT_THAT(result.out, HasSubstr("question (b)   bilinear_sampler is not written yet"));
  EXPECT_THAT(result.out, HasSubstr("question (c)   generate_image_left is not written yet"));
  EXPECT_THAT(result.out, HasSubstr("question (d)"));
}

TEST_F(StereoExercise, ShowsInItsHelpHowItIsCalled) {
  const Outcome result = run("--help");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("Usage: ./pset3 run p4 [OPTIONS]"));
  EXPECT_THAT(result.out, HasSubstr("default: the built-in data"));
}

TEST_F(StereoExercise, AnswersWrongInputInOneLine) {
  write_drives(folder_ / "one", 1);
  const std::string one = "--train --size 32 64 --data " + (folder_ / "one").string();
  for (const std::string& arguments :
       {std::string("--epochs 0"), std::string("--pair 20"), std::string("--pair -1"),
        std::string("--blocks 1,2"), std::string("--rate -1"), std::string("--size 4 4"),
        std::string("--per-pixel 0"), std::string("--out /proc/none/such"),
        std::string("--data /nowhere"), one, std::string("--train --size 32 32 --batch 15")}) {
    const Outcome result = run(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_THAT(result.errors, HasSubstr("error: ")) << arguments;
    const std::string last = result.errors.substr(result.errors.find("error: "));
    EXPECT_EQ(std::count(last.begin(), last.end(), '\n'), 1) << result.errors;
  }
}

}  // namespace
}  // namespace pset3::stereo
