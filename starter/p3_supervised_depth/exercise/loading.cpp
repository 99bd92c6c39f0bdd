#include "starter/p3_supervised_depth/exercise/loading.hpp"

#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "starter/common/data/data_file.hpp"
#include "starter/common/exercise/ask.hpp"

namespace pset3::depth {
namespace {

/// A dataset that says how often it was asked.
class Watched : public DepthDataset {
 public:
  Watched(const DataLoader& loader, drawing::Progress& progress)
      : loader_(loader), progress_(progress) {}
  std::int64_t size() const override { return loader_.dataset().size(); }
  Example get(std::int64_t index) const override {
    progress_.advance();
    return loader_.dataset().get(index);
  }

 private:
  DataLoader loader_;  // a copy, which keeps the dataset
  drawing::Progress& progress_;
};

void check_example(const Example& example, const RgbdImages& images) {
  const std::int64_t height = images.colours.size(2);
  const std::int64_t width = images.colours.size(3);
  const auto check = [&](const char* what, const torch::Tensor& got, std::int64_t channels,
                         torch::ScalarType type) {
    const bool is_right = got.defined() &&
                          got.sizes() == torch::IntArrayRef{channels, height, width} &&
                          got.scalar_type() == type;
    if (is_right) return;
    throw Unanswered(
        "a", fmt::format("get returned {} {}; expected [{}, {}, {}] of {}", what, shape_of(got),
                         channels, height, width, type == torch::kBool ? "bool" : "float"));
  };
  check("an image", example.image, 3, torch::kFloat);
  check("depths", example.depth, 1, torch::kFloat);
  check("valid", example.valid, 1, torch::kBool);
}

/// @throws DataError unless a right split leaves something to train and something to test on.
void check_number(const ExerciseOptions& options, std::int64_t pictures, double train_share) {
  const double used = std::floor(static_cast<double>(pictures) * options.pct);
  const double training = std::floor(used * train_share);
  if (training >= 1.0 && used > training) return;
  throw data_error({options.data, "", "pictures to train on and others to test on",
                    fmt::format("{}, of which --pct {:g} uses {}", pictures, options.pct, used),
                    options.pct < 1.0 ? "Use more of them with --pct 1, or name a larger data set."
                                      : "Name a larger data set."});
}

}  // namespace

DataLoaders loaders_of(const ExerciseOptions& options, const ExerciseData& data) {
  LoaderOptions how;
  how.pct = options.pct;
  how.batch_size = options.batch_size;
  check_number(options, data.images.colours.size(0), how.train_share);
  return ask("a", "get_data_loaders", [&] {
    const DataLoaders loaders = get_data_loaders(data.images, how);
    for (const DataLoader* loader : {&loaders.train, &loaders.test}) {
      if (loader->dataset().size() < 1) {
        throw Unanswered("a", fmt::format("get_data_loaders left nothing to {} on",
                                          loader == &loaders.train ? "train" : "test"));
      }
      check_example(loader->dataset().get(0), data.images);
    }
    return loaders;
  });
}

DataLoader watched(const DataLoader& loader, drawing::Progress& progress) {
  return {std::make_shared<Watched>(loader, progress), loader.batch_size(), loader.is_shuffled()};
}

}  // namespace pset3::depth
