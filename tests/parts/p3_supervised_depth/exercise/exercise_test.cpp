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

/// The exercise as a program, on a few small pictures.
namespace pset3::depth {
namespace {

using drawing::contents_of;
using drawing::TemporaryFolder;
using testing::ElementsAre;
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
    options.views = 30;
    options.world.width = 64;
    options.world.height = 48;
    worlds::write_block_data(folder / "blocks", options);
    return folder / "blocks";
  }();
  return data;
}

class DepthExercise : public testing::Test {
 protected:
  /// As in a sandbox: no HOME, and no folder for temporary files. A small network and few epochs,
  /// unless the arguments say others.
  Outcome run(const std::string& arguments, const std::string& code = "solution",
              const std::string& before = "") const {
    const auto unless_given = [&](const std::string& option, const std::string& value) {
      return arguments.find(option) == std::string::npos ? option + value + " " : "";
    };
    const std::string command =
        "env -u HOME TMPDIR=/nowhere " + before + " " PSET3_EXERCISE_FOLDER "/p3_exercise_" + code +
        " " + unless_given("--data ", blocks().string()) +
        unless_given("--out ", out("").string()) + unless_given("--epochs ", "2") +
        unless_given("--pct ", "1") + unless_given("--growth ", "4") +
        unless_given("--blocks ", "1,1,1,1") + unless_given("--batch ", "8") + arguments + " >" +
        (folder_ / "stdout").string() + " 2>" + (folder_ / "stderr").string();
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
  /// The numbers of a row of errors.csv.
  std::vector<double> errors_of(const std::string& prediction) const {
    for (const std::string& line : lines_of("errors.csv")) {
      if (line.rfind(prediction + ",", 0) != 0) continue;
      std::vector<double> numbers;
      std::istringstream cells(line.substr(prediction.size() + 1));
      for (std::string cell; std::getline(cells, cell, ',');) numbers.push_back(std::stod(cell));
      return numbers;
    }
    return {};
  }

  TemporaryFolder folder_;
};

TEST_F(DepthExercise, WritesEverythingWithTheReference) {
  const Outcome result = run("--pretrain --pretraining-epochs 1");
  EXPECT_EQ(result.status, 0) << result.errors << result.out;
  for (const char* name : {"d_losses.png", "d_predictions.png", "e_pretraining.png"}) {
    EXPECT_FALSE(cv::imread(out(name).string()).empty()) << name;
  }
  const int panels = 4 * (300 + 16) + 2 * (120 + 16);
  EXPECT_EQ(cv::imread(out("d_predictions.png").string()).cols, 16 + panels)
      << "photograph, true depth, predicted depth, error, and two scales";
  EXPECT_EQ(contents_of(out("summary.txt")), result.out);
  EXPECT_THAT(result.out, HasSubstr("All questions were run."));
  EXPECT_THAT(
      result.out,
      HasSubstr("30 pictures of 48 x 64 (height x width): 24 to train on, 6 to test on, from "));
  EXPECT_EQ(lines_of("curves.csv").size(), 1U + 2 * 2) << "two epochs of two trainings";
  for (const char* name : {"scratch", "pretrained", "autoencoder"}) {
    EXPECT_TRUE(fs::exists(out(name + std::string(".safetensors")))) << name;
  }
  for (const char* name : {"mean", "mean_map", "scratch", "pretrained"}) {
    ASSERT_EQ(errors_of(name).size(), 6U) << name;
  }
  EXPECT_EQ(errors_of("mean")[5], errors_of("scratch")[5]) << "the same pixels";
}

TEST_F(DepthExercise, LearnsWhatTheMeanDoesNotTell) {
  const Outcome result = run("--epochs 25 --rate 0.005");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_LT(errors_of("scratch")[0], 0.7 * errors_of("mean")[0]) << result.out;
}

TEST_F(DepthExercise, EndsAlikeWhetherItWasStoppedOrNot) {
  ASSERT_EQ(run("--epochs 3").status, 0);
  const std::vector<std::string> whole = lines_of("curves.csv");
  ASSERT_EQ(run("--epochs 1 --anew").status, 0);
  const Outcome rest = run("--epochs 3");
  EXPECT_THAT(rest.errors, HasSubstr("scratch: goes on after epoch 1 of 3"));
  EXPECT_EQ(lines_of("curves.csv"), whole);
  EXPECT_THAT(run("--epochs 3").errors, HasSubstr("scratch: finished in an earlier run"));
  EXPECT_EQ(lines_of("curves.csv"), whole);
}

TEST_F(DepthExercise, GoesOnAfterItWasKilled) {
  run("--epochs 100000", "solution", "timeout -s KILL 8");
  ASSERT_TRUE(fs::exists(out("scratch.safetensors")));
  EXPECT_THAT(run("--epochs 100000", "solution", "timeout -s KILL 8").errors,
              HasSubstr("scratch: goes on after epoch"));
}

TEST_F(DepthExercise, StartsAnewWithOtherSettingsOrADamagedCheckpoint) {
  const std::string other = "the checkpoint is of other code, data or settings";
  ASSERT_THAT(run("--epochs 1").errors, Not(HasSubstr(other)));
  EXPECT_THAT(run("--epochs 1 --rate 0.01").errors, HasSubstr(other));
  EXPECT_THAT(run("--epochs 1 --rate 0.01 --growth 5").errors, HasSubstr(other));
  fs::resize_file(out("scratch.safetensors"), 1000);
  EXPECT_THAT(run("--epochs 1 --rate 0.01 --growth 5").errors, HasSubstr(other));
}

TEST_F(DepthExercise, TakesAnArchiveAndAnotherSize) {
  const Outcome result =
      run("--epochs 1 --size 33 47 --data " + (blocks() / "CLEVR-D.zip").string());
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("30 pictures of 33 x 47"));
}

/// A wall that is slanted, with a hole in it that no sensor sees.
void write_seven_scenes(const fs::path& folder, int views) {
  fs::create_directories(folder);
  for (int i = 0; i < views; ++i) {
    cv::Mat colour(40, 56, CV_8UC3);
    cv::Mat depth(40, 56, CV_16UC1);
    for (int y = 0; y < depth.rows; ++y) {
      for (int x = 0; x < depth.cols; ++x) {
        const bool is_hole = x > 30 && x < 40 && y > 10 && y < 20;
        depth.at<std::uint16_t>(y, x) = static_cast<std::uint16_t>(is_hole ? 0 : 1000 + 40 * y + i);
        colour.at<cv::Vec3b>(y, x) = cv::Vec3b::all(static_cast<uchar>(6 * y));
      }
    }
    const std::string name = "frame-00000" + std::to_string(i);
    cv::imwrite((folder / (name + ".color.png")).string(), colour);
    cv::imwrite((folder / (name + ".depth.png")).string(), depth);
  }
}

TEST_F(DepthExercise, ComparesOnlyWhereTheSensorHadAReading) {
  write_seven_scenes(folder_ / "scenes", 8);
  const Outcome result = run("--data " + (folder_ / "scenes").string());
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("RMSE, m"));
  ASSERT_EQ(errors_of("mean").size(), 6U);
  EXPECT_EQ(errors_of("mean")[5], 2 * (40 * 56 - 9 * 9)) << "two test pictures with a hole each";
  // 6 training pictures: rows from 1.0 to 2.56 m, 40 mm apart; those to be tested are 6 or 7 mm
  // farther than the first, where the training ones are 0 to 5.
  EXPECT_NEAR(errors_of("mean_map")[1], 0.004, 0.0005) << "root mean square, in metres";
}

TEST_F(DepthExercise, SaysWhichQuestionsAreMissingInTheStarter) {
  const Outcome result = run("", "starter");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("question (a)   get_data_loaders is not written yet"));
  EXPECT_THAT(result.out, HasSubstr("question (b)   DenseDepth is not written yet"));
  EXPECT_THAT(result.out, HasSubstr("question (c)   depth_loss is not written yet"));
  EXPECT_THAT(result.out, HasSubstr("question (d)"));
  EXPECT_THAT(result.out, Not(HasSubstr("to train on"))) << "nobody has split the pictures";
  EXPECT_THAT(result.out, Not(HasSubstr("parameters")));
}

TEST_F(DepthExercise, ShowsInItsHelpHowItIsCalled) {
  const Outcome result = run("--help");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("Usage: ./pset3 run p3 [OPTIONS]"));
  EXPECT_THAT(result.out, HasSubstr("default: the built-in data"));
}

TEST_F(DepthExercise, AnswersWrongInputInOneLine) {
  for (const char* arguments : {"--epochs 0", "--pct 2", "--size 8 8", "--blocks 1,2", "--rate -1",
                                "--range 3 2", "--out /proc/none/such", "--data /nowhere",
                                "--pct 0.01", "--growth 0", "--size 32 32 --batch 23"}) {
    const Outcome result = run(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_THAT(result.errors, HasSubstr("error: ")) << arguments;
    const std::string last = result.errors.substr(result.errors.find("error: "));
    EXPECT_EQ(std::count(last.begin(), last.end(), '\n'), 1) << result.errors;
  }
}

}  // namespace
}  // namespace pset3::depth
