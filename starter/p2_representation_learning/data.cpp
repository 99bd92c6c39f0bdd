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
  PSET3_TODO();
}

std::int64_t MNISTDatasetWrapper::size() const {
  // TODO(student): How many images are kept (question (a)).
  PSET3_TODO();
}

Example MNISTDatasetWrapper::get(std::int64_t index) const {
  // TODO(student): Make the image and its label (question (a)).
  PSET3_TODO();
}

}  // namespace pset3::representation
