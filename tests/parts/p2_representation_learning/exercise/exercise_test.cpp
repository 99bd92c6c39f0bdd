#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <sstream>

#include "tests/common/drawing/temporary_folder.hpp"

/// The exercise as a program, on a few small images.
namespace pset3::representation {
namespace {

using drawing::contents_of;
using drawing::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

std::string big_endian(const std::vector<unsigned>& numbers) {
  std::string bytes;
  for (const unsigned number : numbers) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
      bytes += static_cast<char>(number >> shift & 0xffU);
    }
  }
  return bytes;
}

/// Images with a bright bar whose row is the class.
void write_set(const fs::path& folder, const std::string& set, unsigned count) {
  std::string images = big_endian({0x803, count, 28, 28});
  std::string labels = big_endian({0x801, count});
  for (unsigned i = 0; i < count; ++i) {
    const unsigned label = i % 10;
    labels += static_cast<char>(label);
    for (unsigned row = 0; row < 28; ++row) {
      images += std::string(28, static_cast<char>(row / 2 == label + 2 ? 250 : 20 + i % 7));
    }
  }
  std::ofstream(folder / (set + "-images-idx3-ubyte"), std::ios::binary) << images;
  std::ofstream(folder / (set + "-labels-idx1-ubyte"), std::ios::binary) << labels;
}

struct Outcome {
  int status = -1;
  std::string out;
  std::string errors;
};

class Exercise : public testing::Test {
 protected:
  Exercise() {
    fs::create_directories(folder_ / "data");
    write_set(folder_ / "data", "train", 60);
    write_set(folder_ / "data", "t10k", 30);
  }
  /// As in a sandbox: no HOME, and no folder for temporary files.
  Outcome run(const std::string& arguments, const std::string& code = "solution",
              const std::string& before = "") const {
    const auto unless_given = [&](const std::string& option, const fs::path& value) {
      return arguments.find(option) == std::string::npos ? option + value.string() + " " : "";
    };
    const std::string command =
        "env -u HOME TMPDIR=/nowhere " + before + " " PSET3_EXERCISE_FOLDER "/p2_exercise_" + code +
        " " + unless_given("--data ", folder_ / "data") + unless_given("--out ", out("")) +
        arguments + " >" + (folder_ / "stdout").string() + " 2>" + (folder_ / "stderr").string();
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
  /// The first cells of a table's rows.
  std::vector<std::string> names_in(const std::string& name) const {
    std::vector<std::string> names;
    for (const std::string& line : lines_of(name)) names.push_back(line.substr(0, line.find(',')));
    return names;
  }

  /// In epoch 0.
  double first_loss_of(const std::string& experiment) const {
    const std::string start = experiment + ",0,";
    for (const std::string& line : lines_of("curves.csv")) {
      if (line.rfind(start, 0) == 0) return std::stod(line.substr(start.size()));
    }
    return std::nan("");
  }

  TemporaryFolder folder_;
};

TEST_F(Exercise, WritesEverythingWithTheReference) {
  const Outcome result = run("--epochs 2");
  EXPECT_EQ(result.status, 0) << result.errors << result.out;
  for (const char* name :
       {"a_classes.png", "a_rotations.png", "c_rotation_curves.png", "e_curves.png"}) {
    EXPECT_FALSE(cv::imread(out(name).string()).empty()) << name;
  }
  EXPECT_THAT(contents_of(out("summary.txt")), HasSubstr("All questions were run."));
  EXPECT_THAT(result.out, HasSubstr("60 images to train on, 30 to test on"));
  EXPECT_THAT(names_in("accuracies.csv"),
              ElementsAre("experiment", "scratch", "scratch-5", "rotation", "fine-tune",
                          "fine-tune-5", "fine-tune-5-long"));
  EXPECT_EQ(lines_of("curves.csv").size(), 1U + 6 * 3) << "epochs 0 to 2 of six experiments";
  // A fresh network guesses.
  EXPECT_NEAR(first_loss_of("scratch"), std::log(10.0), 0.15);
  EXPECT_NEAR(first_loss_of("rotation"), std::log(8.0), 0.15);
  for (const char* name : {"scratch", "rotation", "fine-tune-5-long"}) {
    EXPECT_TRUE(fs::exists(out(name + std::string(".safetensors")))) << name;
  }
}

TEST_F(Exercise, LearnsWhatIsEasy) {
  const Outcome result = run("--experiments scratch --epochs 40 --rate 0.02");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(lines_of("accuracies.csv")[1], HasSubstr(",1.0000,1.0000,"))
      << "training and test accuracy";
}

TEST_F(Exercise, TrainsRotationsWhereSomethingStartsFromThem) {
  const Outcome result = run("--experiments fine-tune-5 --epochs 3 --images 40");
  EXPECT_EQ(result.status, 0) << result.errors;
  ASSERT_THAT(names_in("accuracies.csv"), ElementsAre("experiment", "rotation", "fine-tune-5"));
  EXPECT_THAT(lines_of("accuracies.csv")[1], HasSubstr("rotation,40,20,"));
  EXPECT_THAT(lines_of("accuracies.csv")[2], HasSubstr("fine-tune-5,2,3,"));
}

TEST_F(Exercise, GoesOnAfterTheLastEpochOfAnEarlierRun) {
  ASSERT_EQ(run("--experiments scratch --epochs 2").status, 0);
  const std::vector<std::string> before = lines_of("curves.csv");
  const Outcome more = run("--experiments scratch --epochs 5");
  EXPECT_EQ(more.status, 0);
  EXPECT_THAT(more.errors, HasSubstr("scratch: goes on after epoch 2 of 5"));
  EXPECT_THAT(more.out,
              HasSubstr("scratch was stopped after epoch 2 and went on with no momentum"));
  const std::vector<std::string> after = lines_of("curves.csv");
  ASSERT_EQ(after.size(), 7U);
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  const Outcome again = run("--experiments scratch --epochs 5");
  EXPECT_THAT(again.errors, HasSubstr("scratch: finished in an earlier run"));
  EXPECT_EQ(lines_of("curves.csv"), after);
  EXPECT_EQ(again.out, more.out) << "the test accuracy too, and that it was stopped";
}

TEST_F(Exercise, GoesOnAfterItWasKilled) {
  run("--experiments scratch --epochs 100000", "solution", "timeout -s KILL 4");
  ASSERT_TRUE(fs::exists(out("scratch.safetensors")));
  const Outcome result =
      run("--experiments scratch --epochs 100000", "solution", "timeout -s KILL 4");
  EXPECT_THAT(result.errors, HasSubstr("scratch: goes on after epoch"));
}

TEST_F(Exercise, StartsAnewWithOtherSettingsDataOrCode) {
  const std::string other = "the checkpoint is of other code, data or settings";
  const std::string scratch = "--experiments scratch --epochs 1 ";
  ASSERT_THAT(run(scratch).errors, Not(HasSubstr(other)));
  EXPECT_THAT(run(scratch + "--rate 0.01").errors, HasSubstr(other));
  EXPECT_THAT(run(scratch + "--rate 0.01 --images 50").errors, HasSubstr(other));
  EXPECT_THAT(run(scratch + "--rate 0.01 --images 50").errors, HasSubstr("finished"));
  EXPECT_THAT(run(scratch + "--rate 0.01 --images 50 --anew").errors, Not(HasSubstr("finished")));
  fs::resize_file(out("scratch.safetensors"), 1000);
  EXPECT_THAT(run(scratch + "--rate 0.01 --images 50").errors, HasSubstr(other)) << "damaged";
}

TEST_F(Exercise, GivesTheSameNumbersForTheSameSeed) {
  const std::string arguments = "--experiments rotation --epochs 2 --anew --seed ";
  run(arguments + "5");
  const std::string first = contents_of(out("rotation.safetensors"));
  run(arguments + "5");
  EXPECT_EQ(contents_of(out("rotation.safetensors")), first);
  run(arguments + "6");
  EXPECT_NE(contents_of(out("rotation.safetensors")), first);
}

TEST_F(Exercise, SaysWhichQuestionsAreMissingInTheStarter) {
  const Outcome result = run("", "starter");
  EXPECT_EQ(result.status, 1) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("question (a)   MNISTDatasetWrapper is not written yet"));
  EXPECT_THAT(result.out, HasSubstr("question (b)   ImageEmbedNetImpl is not written yet"));
  EXPECT_THAT(result.out, HasSubstr("question (c)"));
}

TEST_F(Exercise, ShowsInItsHelpHowItIsCalled) {
  const Outcome result = run("--help");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(result.out, HasSubstr("Usage: ./pset3 run p2 [OPTIONS]"));
  EXPECT_THAT(result.out, HasSubstr("default: the built-in data"));
}

TEST_F(Exercise, AnswersWrongInputInOneLine) {
  for (const char* arguments :
       {"--experiments scrach", "--epochs 0", "--images none", "--rate -1", "--momentum 1",
        "--experiments scratch-5 --images 10", "--out /proc/none/such", "--data /nowhere"}) {
    const Outcome result = run(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
    EXPECT_THAT(result.errors, HasSubstr("error: ")) << arguments;
  }
}

}  // namespace
}  // namespace pset3::representation
