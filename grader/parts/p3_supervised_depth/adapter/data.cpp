#include <algorithm>
#include <vector>

#include "grader/parts/p3_supervised_depth/adapter/functions.hpp"
#include "grader/run/inside/refusals.hpp"

namespace pset3::adapter::p3 {
namespace {

using namespace depth;  // the part's own names

constexpr std::int64_t kSide = 4;
constexpr std::int64_t kBits = kSide * kSide - 2;

/// Pictures that tell their numbers, whatever is done to all pixels alike: the first pixel is
/// black, the second one white, and each other one is a binary digit.
RgbdImages numbered_pictures(std::int64_t count) {
  torch::Tensor colours = torch::zeros({count, 3, kSide * kSide}, torch::kUInt8);
  for (std::int64_t i = 0; i < count; ++i) {
    colours[i].select(1, 1).fill_(255);
    for (std::int64_t bit = 0; bit < kBits; ++bit) {
      if ((i >> bit) % 2 == 1) colours[i].select(1, bit + 2).fill_(255);
    }
  }
  const torch::Tensor depths = torch::full({count, 1, kSide, kSide}, 0.5F);
  return {colours.view({count, 3, kSide, kSide}), depths, torch::ones_like(depths, torch::kBool)};
}

/// @returns a picture's number; −1 when it is none of them.
std::int64_t number_of(const torch::Tensor& image) {
  if (!image.defined() || image.numel() != 3 * kSide * kSide) return -1;
  const torch::Tensor pixels = image.to(torch::kDouble).flatten().contiguous();
  const auto* values = pixels.data_ptr<double>();
  const double middle = (values[0] + values[1]) / 2.0;
  if (!(values[1] > values[0])) return -1;
  std::int64_t number = 0;
  for (std::int64_t bit = 0; bit < kBits; ++bit) {
    if (values[bit + 2] > middle) number += std::int64_t{1} << bit;
  }
  return number;
}

/// What is not there at all is judged by its values.
bool is_of_type(const torch::Tensor& tensor, torch::ScalarType type) {
  return !tensor.defined() || tensor.scalar_type() == type;
}

/// Appends the numbers of a dataset's pictures; of no more than there are.
void append_numbers(const DepthDataset& dataset, std::int64_t pictures,
                    std::vector<std::int64_t>& numbers) {
  for (std::int64_t i = 0; i < std::min(dataset.size(), pictures); ++i) {
    numbers.push_back(number_of(dataset.get(i).image));
  }
}

/// What is known of loaders, split after split.
struct Loaders {
  std::vector<std::int64_t> sizes;
  std::vector<std::int64_t> batch_sizes;
  std::vector<std::int64_t> shuffled;
  std::vector<std::int64_t> items;

  void add(const DataLoader& loader, std::int64_t pictures) {
    sizes.push_back(loader.dataset().size());
    batch_sizes.push_back(loader.batch_size());
    shuffled.push_back(loader.is_shuffled() ? 1 : 0);
    append_numbers(loader.dataset(), pictures, items);
  }
  void append_to(Arrays& outputs, const std::string& prefix) const {
    outputs[prefix + "_sizes"] = Array::of(sizes);
    outputs[prefix + "_batch_sizes"] = Array::of(batch_sizes);
    outputs[prefix + "_shuffled"] = Array::of(shuffled);
    outputs[prefix + "_items"] = Array::of(items);
  }
};

}  // namespace

RgbdImages pictures_of(const Arrays& inputs) {
  return {run::input(inputs, "colours"), run::input(inputs, "depths"), run::input(inputs, "valid")};
}

Arrays split(const Arrays& inputs) {
  const std::int64_t pictures = run::whole(inputs, "pictures");
  const RgbdImages source = numbered_pictures(pictures);
  const Array& pct = arrays::get(inputs, "pct");
  Loaders train;
  Loaders test;
  for (std::size_t i = 0; i < pct.element_count(); ++i) {
    LoaderOptions options;
    options.pct = pct.data<double>()[i];
    options.train_share = arrays::get(inputs, "train_share").data<double>()[i];
    options.batch_size = arrays::get(inputs, "batch_size").data<std::int64_t>()[i];
    const DataLoaders loaders = get_data_loaders(source, options);
    train.add(loaders.train, pictures);
    test.add(loaders.test, pictures);
  }
  Arrays outputs;
  train.append_to(outputs, "train");
  test.append_to(outputs, "test");
  return outputs;
}

Arrays dataset_range(const Arrays& inputs) {
  const std::int64_t pictures = run::whole(inputs, "pictures");
  const RgbdImages source = numbered_pictures(pictures);
  const Array& begins = arrays::get(inputs, "begins");
  std::vector<std::int64_t> sizes;
  std::vector<std::int64_t> items;
  for (std::size_t i = 0; i < begins.element_count(); ++i) {
    const DepthDatasetMemory dataset(source, begins.data<std::int64_t>()[i],
                                     arrays::get(inputs, "ends").data<std::int64_t>()[i]);
    sizes.push_back(dataset.size());
    append_numbers(dataset, pictures, items);
  }
  return {{"sizes", Array::of(sizes)}, {"items", Array::of(items)}};
}

Arrays dataset_refusals(const Arrays& inputs) {
  const std::int64_t pictures = run::whole(inputs, "pictures");
  // There are pictures of the source on both sides of the range.
  const DepthDatasetMemory dataset(numbered_pictures(pictures), pictures / 3, 2 * pictures / 3);
  std::vector<std::int64_t> answers;
  for (const std::int64_t index : {std::int64_t{-1}, dataset.size(), dataset.size() + 1000}) {
    answers.push_back(run::refusal_of(dataset, index));
  }
  return {{"answers", Array::of(answers)}};
}

Arrays dataset_items(const Arrays& inputs) {
  const DepthDatasetMemory dataset(pictures_of(inputs), run::whole(inputs, "begin"),
                                   run::whole(inputs, "end"));
  std::vector<torch::Tensor> images;
  std::vector<torch::Tensor> depths;
  std::vector<torch::Tensor> valid;
  const std::int64_t size = dataset.size();
  std::vector<std::int64_t> types = {1, 1, 1};
  for (std::int64_t i = 0;
       i < std::min(size, run::whole(inputs, "end") - run::whole(inputs, "begin")); ++i) {
    dataset.get(i);  // the second answer counts: what get() changes in the source shows
    const Example example = dataset.get(i);
    if (!is_of_type(example.image, torch::kFloat)) types[0] = 0;
    if (!is_of_type(example.depth, torch::kFloat)) types[1] = 0;
    if (!is_of_type(example.valid, torch::kBool)) types[2] = 0;
    images.push_back(example.image);
    depths.push_back(example.depth);
    // Who forgets it is told so, and loses nothing else.
    valid.push_back(example.valid.defined() ? example.valid
                                            : torch::zeros_like(example.depth, torch::kBool));
  }
  const auto stacked = [](const std::vector<torch::Tensor>& items) {
    return items.empty() ? torch::zeros({0}) : torch::stack(items);
  };
  Arrays outputs = {{"size", Array::scalar(size)}, {"types_are_right", Array::of(types)}};
  run::append_output(stacked(images), "images", outputs);
  run::append_output(stacked(depths), "item_depths", outputs);
  run::append_output(stacked(valid), "item_valid", outputs);
  return outputs;
}

}  // namespace pset3::adapter::p3
