#include "starter/p3_supervised_depth/data.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace pset3::depth {
namespace {

void require_share(const char* name, double value) {
  if (value >= 0.0 && value <= 1.0) return;
  throw std::invalid_argument("get_data_loaders: expected " + std::string(name) +
                              " in [0, 1], got " + std::to_string(value));
}

}  // namespace

DepthDatasetMemory::DepthDatasetMemory(RgbdImages source, std::int64_t begin, std::int64_t end)
    : source_(std::move(source)), begin_(begin), end_(end) {
  if (begin_ < 0 || begin_ > end_ || end_ > source_.colours.size(0)) {
    throw std::invalid_argument("DepthDatasetMemory: no pictures " + std::to_string(begin_) +
                                " to " + std::to_string(end_) + " of " +
                                std::to_string(source_.colours.size(0)));
  }
}

std::int64_t DepthDatasetMemory::size() const {
  // TODO(student): How many pictures the range has (question (a)).
  PSET3_TODO();
}

Example DepthDatasetMemory::get(std::int64_t index) const {
  // TODO(student): Take picture number `index` of the range and normalise it (question (a)).
  PSET3_TODO();
}

DataLoaders get_data_loaders(const RgbdImages& source, const LoaderOptions& options) {
  require_share("pct", options.pct);
  require_share("train_share", options.train_share);

  // TODO(student): Where do training and test begin and end? Make their loaders (question (a)).
  PSET3_TODO();
}

}  // namespace pset3::depth
