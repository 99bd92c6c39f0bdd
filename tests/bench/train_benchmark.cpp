/// Trains the same network on the same images by the reference and by PyTorch in Python
/// (train_pytorch.py), which is the same library, in turn, on one thread, and prints both times and
/// their ratio.
///
///     train_benchmark [IMAGES]
///
/// Exit status 1 when the losses differ or the reference takes more than 1.1 times as long.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "starter/p2_representation_learning/training.hpp"

namespace {

using namespace pset3::representation;

constexpr int kRuns = 5;
constexpr double kGoal = 1.1;

struct Measured {
  double seconds = 0.0;
  double loss = 0.0;  ///< of the last epoch
};

/// Noise: how long a step takes does not depend on what is in the images.
class Noise : public ImageDataset {
 public:
  explicit Noise(std::int64_t count) {
    torch::manual_seed(1);
    images_ = torch::randn({count, 1, kImageSide, kImageSide});
    labels_ = torch::randint(kClasses, {count}, torch::kInt64);
  }
  std::int64_t size() const override { return images_.size(0); }
  Example get(std::int64_t index) const override { return {images_[index], labels_[index]}; }

 private:
  torch::Tensor images_;
  torch::Tensor labels_;
};

Measured train_reference(std::int64_t images) {
  const Noise dataset(images);
  torch::manual_seed(2);
  ImageClassifyModel model(ImageEmbedNet(), kClasses);
  TrainOptions options;
  options.epochs = 2;
  const auto start = std::chrono::steady_clock::now();
  const auto results = train(model, dataset, options);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  return {passed.count(), results.back().loss};
}

/// The time that train_pytorch.py measures itself: without Python's start.
Measured train_python(std::int64_t images) {
  const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR
                              "/tests/bench/train_pytorch.py " +
                              std::to_string(images);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  Measured measured;
  if (!pipe || std::fscanf(pipe.get(), "%lf %lf", &measured.seconds, &measured.loss) != 2) {
    throw std::runtime_error("failed: " + command);
  }
  return measured;
}

double median_seconds(std::vector<Measured> runs) {
  std::sort(runs.begin(), runs.end(),
            [](const Measured& a, const Measured& b) { return a.seconds < b.seconds; });
  return runs[runs.size() / 2].seconds;
}

int run(std::int64_t images) {
  torch::set_num_threads(1);
  std::vector<Measured> python;
  std::vector<Measured> reference;
  for (int i = 0; i < kRuns; ++i) {  // in turn, so that a busy machine is busy for both
    python.push_back(train_python(images));
    reference.push_back(train_reference(images));
  }
  const double ratio = median_seconds(reference) / median_seconds(python);
  // The same seeds give the same images, weights and batches; sums may be in another order.
  const bool is_equal = std::abs(python[0].loss - reference[0].loss) < 1e-4;
  std::printf("%ld images, batches of 16, epoch 0 and 2 epochs, 1 thread, medians of %d runs\n",
              static_cast<long>(images), kRuns);
  std::printf("PyTorch    %8.3f s\nreference  %8.3f s\nratio      %8.2f (goal: at most %.1f)\n",
              median_seconds(python), median_seconds(reference), ratio, kGoal);
  std::printf("last loss  %s, %.6f and %.6f\n", is_equal ? "equal" : "DIFFERENT", python[0].loss,
              reference[0].loss);
  return is_equal && ratio <= kGoal ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc > 1 ? std::stoi(argv[1]) : 4000);
  } catch (const std::exception& error) {
    std::cerr << "train_benchmark: " << error.what() << "\n";
    return 2;
  }
}
