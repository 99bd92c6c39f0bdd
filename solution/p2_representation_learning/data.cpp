#include "starter/p2_representation_learning/data.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace pset3::representation {

MNISTDatasetWrapper::MNISTDatasetWrapper(LabelledImages source, double pct, Labels labels)
    : source_(std::move(source)), labels_(labels) {
  if (!(pct >= 0.0 && pct <= 1.0)) {
    throw std::invalid_argument("MNISTDatasetWrapper: expected pct in [0, 1], got " +
                                std::to_string(pct));
  }

  // TODO(student): Keep the first part of the images and of their labels (question (a)).
  // BEGIN SOLUTION
  const auto kept = static_cast<std::int64_t>(static_cast<double>(source_.images.size(0)) * pct);
  source_.images = source_.images.slice(0, 0, kept);
  source_.labels = source_.labels.slice(0, 0, kept);
  // END SOLUTION
}

std::int64_t MNISTDatasetWrapper::size() const {
  // TODO(student): How many images are kept (question (a)).
  // BEGIN SOLUTION
  return source_.images.size(0);
  // END SOLUTION
}

Example MNISTDatasetWrapper::get(std::int64_t index) const {
  // TODO(student): Make the image and its label (question (a)).
  // BEGIN SOLUTION
  if (index < 0 || index >= size()) {
    throw std::out_of_range("MNISTDatasetWrapper: no example " + std::to_string(index) + " of " +
                            std::to_string(size()));
  }
  const torch::Tensor image = resize(source_.images[index]);
  if (labels_ == Labels::kClass) return {normalize(image), source_.labels[index]};
  const torch::Tensor rotation = torch::randint(kRotations, {}, torch::kInt64);
  const double degrees = 45.0 * rotation.item<double>();
  return {normalize(rotate(image, degrees)), rotation};
  // END SOLUTION
}

}  // namespace pset3::representation
