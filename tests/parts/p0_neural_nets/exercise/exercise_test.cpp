#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <opencv2/imgcodecs.hpp>
#include <sstream>

#include "starter/p0_neural_nets/exercise/data.hpp"
#include "tests/common/drawing/temporary_folder.hpp"

namespace pset3::neural_nets {
namespace {

using drawing::contents_of;
using drawing::TemporaryFolder;
using testing::HasSubstr;

constexpr int kHeight = 12;
constexpr int kWidth = 9;

std::string big_endian(int number) {
  std::string bytes;
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(number >> shift & 0xff);
  return bytes;
}

/// Class k is a bright row k + 1, of a brightness that differs from picture to picture.
void save_images(const std::filesystem::path& folder, const std::string& set, int count) {
  std::filesystem::create_directories(folder);
  std::ofstream images(folder / (set + "-images-idx3-ubyte"), std::ios::binary);
  std::ofstream labels(folder / (set + "-labels-idx1-ubyte"), std::ios::binary);
  images << big_endian(0x803) << big_endian(count) << big_endian(kHeight) << big_endian(kWidth);
  labels << big_endian(0x801) << big_endian(count);
  for (int n = 0; n < count; ++n) {
    labels << static_cast<char>(n % 10);
    for (int row = 0; row < kHeight; ++row) {
      const int brightness = row == n % 10 + 1 ? 150 + n % 100 : n * row % 40;
      images << std::string(kWidth, static_cast<char>(brightness));
    }
  }
}

void save_data(const std::filesystem::path& folder) {
  save_images(folder, "train", 300);
  save_images(folder, "t10k", 100);
}

struct Outcome {
  int status = -1;
  std::string out;
  std::string errors;
};

/// As in a sandbox: no HOME, and no folder for temporary files.
Outcome run_exercise(const std::string& code, const std::string& arguments,
                     const TemporaryFolder& scratch) {
  const std::string out = (scratch / "stdout").string();
  const std::string errors = (scratch / "stderr").string();
  const std::string command = "env -u HOME TMPDIR=/nowhere " PSET3_EXERCISE_FOLDER "/p0_exercise_" +
                              code + " " + arguments + " >" + out + " 2>" + errors;
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents_of(out), contents_of(errors)};
}

std::string folders(const TemporaryFolder& folder) {
  return "--data " + (folder / "data").string() + " --out " + (folder / "out").string();
}

/// accuracies.csv: the last number of each row by its first cell.
std::map<std::string, double> unseen_accuracies(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "data,training_accuracy,unseen_accuracy");
  std::map<std::string, double> accuracies;
  while (std::getline(file, line)) {
    accuracies[line.substr(0, line.find(','))] = std::stod(line.substr(line.rfind(',') + 1));
  }
  return accuracies;
}

TEST(Spiral, HasAsManyPointsOnEachArmInTheUnitCircle) {
  const Samples points = spiral(40, 1);
  EXPECT_EQ(points.inputs.rows(), 120);
  EXPECT_LE(points.inputs.rowwise().norm().maxCoeff(), 1.0);
  for (int arm = 0; arm < kSpiralArms; ++arm) {
    EXPECT_EQ(std::count(points.classes.begin(), points.classes.end(), arm), 40);
    EXPECT_EQ(points.targets.col(arm).sum(), 40.0);
  }
}

TEST(Spiral, IsTheSameForTheSameSeedOnly) {
  EXPECT_EQ(spiral(20, 1).inputs, spiral(20, 1).inputs);
  EXPECT_NE(spiral(20, 1).inputs, spiral(20, 2).inputs);
}

TEST(ReadImages, GivesPixelsFromZeroToOne) {
  const TemporaryFolder folder;
  save_data(folder / "data");
  const ImageData data = read_images(folder / "data", false);
  EXPECT_EQ(data.training.inputs.rows(), 300);
  EXPECT_EQ(data.unseen.inputs.rows(), 100);
  EXPECT_EQ(data.training.inputs.cols(), kHeight * kWidth);
  EXPECT_EQ(data.training.classes[13], 3);
  EXPECT_EQ(data.training.targets(13, 3), 1.0);
  EXPECT_DOUBLE_EQ(data.training.inputs(13, 4 * kWidth + 2), 163.0 / 255.0);
  EXPECT_EQ(data.note, "");
}

TEST(ReadImages, RefusesALabelThatIsNoClass) {
  const TemporaryFolder folder;
  save_data(folder / "data");
  std::ofstream(folder / "data" / "train-labels-idx1-ubyte", std::ios::binary)
      << big_endian(0x801) << big_endian(300) << std::string(300, '\x0a');
  EXPECT_THROW(read_images(folder / "data", false), DataError);
}

TEST(Train, EndsWhereALossIsNotFinite) {
  const Samples points = spiral(5, 1);
  Samples broken = points;
  broken.inputs(3, 1) = std::numeric_limits<double>::quiet_NaN();
  TrainingPlan plan;
  plan.widths = {2, 4, kSpiralArms};
  plan.steps = 3;
  plan.batch = 15;
  plan.label = "broken";
  const auto ignore = [](int, const Mlp&) {};
  EXPECT_NO_THROW(train(plan, points, points, ignore));
  EXPECT_THROW(train(plan, broken, points, ignore), Unanswered);
}

TEST(Exercise, LearnsBothDataSetsWithTheReference) {
  const TemporaryFolder folder;
  save_data(folder / "data");
  const Outcome run = run_exercise("solution", "--steps 400 " + folders(folder), folder);
  EXPECT_EQ(run.status, 0) << run.errors << run.out;
  EXPECT_THAT(run.out, HasSubstr("All questions were run."));
  EXPECT_EQ(contents_of(folder / "out" / "summary.txt"), run.out);
  for (const char* name :
       {"b_activations.png", "d_spiral.png", "d_loss.png", "d_filters.png", "e_convolution.png"}) {
    EXPECT_FALSE(cv::imread((folder / "out" / name).string()).empty()) << name;
  }
  const auto accuracies = unseen_accuracies(folder / "out" / "accuracies.csv");
  EXPECT_EQ(accuracies.size(), 12U) << "the spiral, the images and their ten classes";
  EXPECT_GT(accuracies.at("spiral"), 0.95);
  EXPECT_GT(accuracies.at("images"), 0.95);
}

TEST(Exercise, SaysWhichQuestionsAreMissingInTheStarter) {
  const TemporaryFolder folder;
  save_data(folder / "data");
  const Outcome run = run_exercise("starter", folders(folder), folder);
  EXPECT_EQ(run.status, 1) << run.errors;
  EXPECT_THAT(run.out, HasSubstr("question (b)   sigmoid is not written yet"));
  EXPECT_THAT(run.out, HasSubstr("question (d)   mlp_forward is not written yet"));
  EXPECT_THAT(run.out, HasSubstr("question (e)   convolution_layer is not written yet"));
}

TEST(Exercise, TakesDataThatAreCutOffOnlyWhereAsked) {
  const TemporaryFolder folder;
  save_data(folder / "data");
  std::filesystem::resize_file(folder / "data" / "train-images-idx3-ubyte", 16 + 250 * 108 + 7);
  const std::string quick = "--steps 5 --spiral-steps 5 " + folders(folder);
  const Outcome refused = run_exercise("solution", quick, folder);
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.errors, HasSubstr("found 250 images"));
  EXPECT_THAT(refused.errors, HasSubstr("--partial-data"));
  const Outcome taken = run_exercise("solution", "--partial-data " + quick, folder);
  EXPECT_EQ(taken.status, 0) << taken.errors;
  EXPECT_THAT(taken.out, HasSubstr("250 of the 300 images"));
}

TEST(Exercise, ShowsInItsHelpHowItIsCalled) {
  const TemporaryFolder folder;
  const Outcome run = run_exercise("solution", "--help", folder);
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_THAT(run.out, HasSubstr("Usage: ./pset3 run p0 [OPTIONS]"));
  EXPECT_THAT(run.out, HasSubstr("default: the built-in data"));
}

TEST(Exercise, AnswersWrongInputInOneLine) {
  const TemporaryFolder folder;
  save_data(folder / "data");
  const std::string data = "--data " + (folder / "data").string();
  const std::string out = " --out " + (folder / "out").string();
  for (const std::string& arguments :
       {std::string("--data /nowhere") + out, data, data + out + " --steps many",
        data + out + " --activation step", data + out + " --rate 0",
        data + " --out /proc/none/such"}) {
    const Outcome run = run_exercise("solution", arguments, folder);
    EXPECT_EQ(run.status, 2) << arguments;
    EXPECT_EQ(std::count(run.errors.begin(), run.errors.end(), '\n'), 1) << run.errors;
    EXPECT_THAT(run.errors, HasSubstr("error: ")) << arguments;
  }
}

TEST(Exercise, BeatsTheNearestNeighbourOnFashionMnist) {
  const char* asked = std::getenv("PSET3_REAL_DATA");
  const std::filesystem::path real = asked != nullptr ? asked : PSET3_SOURCE_DIR "/../shared/data";
  if (!std::filesystem::exists(real / "fashion_mnist")) GTEST_SKIP() << "skipped: no real data";
  const TemporaryFolder folder;
  const Outcome run = run_exercise("solution",
                                   "--spiral-steps 5 --data " + (real / "fashion_mnist").string() +
                                       " --out " + (folder / "out").string(),
                                   folder);
  EXPECT_EQ(run.status, 0) << run.errors;
  // The nearest training image in pixels says the right class of 80.17 % of these test images.
  EXPECT_GT(unseen_accuracies(folder / "out" / "accuracies.csv").at("images"), 0.8017);
}

}  // namespace
}  // namespace pset3::neural_nets
