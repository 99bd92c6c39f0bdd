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
  // BEGIN SOLUTION
  return end_ - begin_;
  // END SOLUTION
}

Example DepthDatasetMemory::get(std::int64_t index) const {
  // TODO(student): Take picture number `index` of the range and normalise it (question (a)).
  // BEGIN SOLUTION
  if (index < 0 || index >= size()) {
    throw std::out_of_range("DepthDatasetMemory: no example " + std::to_string(index) + " of " +
                            std::to_string(size()));
  }
  const std::int64_t picture = begin_ + index;
  return {normalize_colour(source_.colours[picture]), normalize_depth(source_.depths[picture]),
          source_.valid[picture]};
  // END SOLUTION
}

DataLoaders get_data_loaders(const RgbdImages& source, const LoaderOptions& options) {
  require_share("pct", options.pct);
  require_share("train_share", options.train_share);

  // TODO(student): Where do training and test begin and end? Make their loaders (question (a)).
  // BEGIN SOLUTION
  const auto all = static_cast<double>(source.colours.size(0));
  const auto used = static_cast<std::int64_t>(all * options.pct);
  const auto split = static_cast<std::int64_t>(static_cast<double>(used) * options.train_share);
  const auto loader = [&](std::int64_t begin, std::int64_t end, bool shuffle) {
    return DataLoader(std::make_shared<DepthDatasetMemory>(source, begin, end), options.batch_size,
                      shuffle);
  };
  return {loader(0, split, true), loader(split, used, false)};
  // END SOLUTION
}

}  // namespace pset3::depth
