#include "starter/common/data/data_file.hpp"
#include "starter/common/data/idx_file.hpp"
#include "starter/p2_representation_learning/data.hpp"

namespace pset3::representation {
namespace {

torch::Tensor images_of(const IdxImages& images) {
  const std::vector<std::int64_t> shape = {static_cast<std::int64_t>(images.count),
                                           static_cast<std::int64_t>(images.height),
                                           static_cast<std::int64_t>(images.width)};
  return torch::tensor(images.pixels, torch::kUInt8).view(shape);
}

torch::Tensor labels_of(const std::vector<std::uint8_t>& labels,
                        const std::filesystem::path& folder) {
  const torch::Tensor classes = torch::tensor(labels, torch::kUInt8).to(torch::kInt64);
  const auto highest = classes.max().item<std::int64_t>();
  if (highest < kClasses) return classes;
  throw data_error({folder, "labels", "classes from 0 to 9", std::to_string(highest),
                    "Take a data set of ten classes."});
}

}  // namespace

LabelledImages read_images(const std::filesystem::path& folder, Split split) {
  const pset3::LabelledImages set =
      read_labelled_images(folder, split == Split::kTrain ? "train" : "t10k");
  if (set.images.height != kStoredSide || set.images.width != kStoredSide) {
    throw data_error({folder, "images", "28 x 28 pixels",
                      std::to_string(set.images.height) + " x " + std::to_string(set.images.width),
                      "Take a data set made like MNIST."});
  }
  return {images_of(set.images), labels_of(set.labels, folder)};
}

}  // namespace pset3::representation
