#include "starter/p0_neural_nets/exercise/data.hpp"

#include <random>

#include "starter/common/data/data_file.hpp"
#include "starter/common/data/idx_file.hpp"

namespace pset3::neural_nets {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kImageClasses = 10;

Samples as_samples(const LabelledImages& set, const std::filesystem::path& folder) {
  const auto rows = static_cast<Index>(set.images.count);
  const auto columns = static_cast<Index>(set.images.height * set.images.width);
  using Bytes = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Eigen::Map<const Bytes> bytes(set.images.pixels.data(), rows, columns);
  std::vector<int> classes;
  for (const std::uint8_t label : set.labels) {
    if (label >= kImageClasses) {
      throw data_error({folder, "label " + std::to_string(classes.size() + 1), "0 to 9",
                        std::to_string(label), "Take a data set of ten classes."});
    }
    classes.push_back(label);
  }
  return make_samples(bytes.cast<double>() / 255.0, std::move(classes), kImageClasses);
}

std::string shortage_of(const std::string& set, const LabelledImages& both) {
  if (both.images.count == both.images.announced) return "";
  return set + ": " + std::to_string(both.images.count) + " of the " +
         std::to_string(both.images.announced) + " images that the header announces are there. ";
}

}  // namespace

Samples spiral(int points_per_arm, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0.0, 0.16);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  Matrix points(kSpiralArms * points_per_arm, 2);
  std::vector<int> classes;
  for (int n = 0; n < points.rows(); ++n) {
    const int arm = n % kSpiralArms;
    const double radius = 0.06 + 0.92 * uniform(random);
    const double angle = 2.0 * kPi * arm / kSpiralArms + 5.0 * radius + noise(random);
    points.row(n) << radius * std::sin(angle), radius * std::cos(angle);
    classes.push_back(arm);
  }
  return make_samples(points, std::move(classes), kSpiralArms);
}

ImageData read_images(const std::filesystem::path& folder, bool partial_data) {
  const IdxShortage shortage = partial_data ? IdxShortage::kTakeWhatIsThere : IdxShortage::kRefuse;
  const LabelledImages training = read_labelled_images(folder, "train", shortage);
  const LabelledImages unseen = read_labelled_images(folder, "t10k", shortage);
  const auto size_of = [](const LabelledImages& set) {
    return std::to_string(set.images.height) + "x" + std::to_string(set.images.width);
  };
  if (size_of(training) != size_of(unseen)) {
    throw data_error({folder, "t10k-images", "images of " + size_of(training) + ", as to train on",
                      size_of(unseen), "Take both sets of one data set."});
  }
  ImageData data;
  data.training = as_samples(training, folder);
  data.unseen = as_samples(unseen, folder);
  data.height = static_cast<Index>(training.images.height);
  data.width = static_cast<Index>(training.images.width);
  data.note = shortage_of("train", training) + shortage_of("t10k", unseen);
  return data;
}

}  // namespace pset3::neural_nets
