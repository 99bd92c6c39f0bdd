// Question (a): the dataset.

#include "grader/parts/p2_representation_learning/adapter/conversions.hpp"
#include "grader/parts/p2_representation_learning/adapter/functions.hpp"
#include "grader/run/inside/refusals.hpp"

namespace pset3::adapter::p2 {
namespace {

using namespace representation;  // the part's own names

Arrays dataset_size(const Arrays& inputs) {
  const Array& fractions = arrays::get(inputs, "pct");
  const LabelledImages source = source_of(inputs);
  std::vector<std::int64_t> sizes;
  for (std::size_t i = 0; i < fractions.element_count(); ++i) {
    sizes.push_back(
        MNISTDatasetWrapper(source, fractions.data<double>()[i], Labels::kClass).size());
  }
  return {{"sizes", Array::of(sizes)}};
}

/// Labels as whole numbers, and of which type they were: the number that LibTorch gives it. And
/// whether the images and labels that a dataset was made from are others now.
void append_targets(const std::vector<torch::Tensor>& targets, const LabelledImages& source,
                    const Arrays& inputs, Arrays& outputs) {
  const torch::Tensor all =
      targets.empty() ? torch::zeros({0}, torch::kInt64) : torch::stack(targets);
  outputs["targets"] = run::array_of(all.round().to(torch::kInt64));
  outputs["target_type"] = Array::scalar(static_cast<std::int64_t>(all.scalar_type()));
  const LabelledImages given = source_of(inputs);
  outputs["images_written"] = Array::scalar(!source.images.equal(given.images));
  outputs["labels_written"] = Array::scalar(!source.labels.equal(given.labels));
}

/// Examples as they were when they were returned, and whether they are still so later.
class Collected {
 public:
  void add(const Example& example) {
    returned_.push_back(example);
    images.push_back(example.image.clone());
    labels.push_back(example.label.clone());
  }
  /// Looks again at what has come since the last time.
  void look_again() {
    for (; looked_at_ < returned_.size(); ++looked_at_) {
      images_kept = images_kept && returned_[looked_at_].image.equal(images[looked_at_]);
      labels_kept = labels_kept && returned_[looked_at_].label.equal(labels[looked_at_]);
    }
  }

  std::vector<torch::Tensor> images;
  std::vector<torch::Tensor> labels;
  bool images_kept = true;
  bool labels_kept = true;

 private:
  std::vector<Example> returned_;
  std::size_t looked_at_ = 0;
};

/// All items, several times: rotations may be drawn anew in each call. Who keeps a tensor for each
/// index may write into it in the next round, and not before.
Arrays dataset_items(const Arrays& inputs) {
  run::seed_everything(inputs);
  const auto labels = static_cast<Labels>(run::whole(inputs, "rotated"));
  const LabelledImages source = source_of(inputs);
  const MNISTDatasetWrapper dataset(source, arrays::get(inputs, "pct").item<double>(), labels);
  Collected all;
  for (std::int64_t round = 0; round < run::whole(inputs, "rounds"); ++round) {
    for (std::int64_t i = 0; i < dataset.size(); ++i) all.add(dataset.get(i));
    all.look_again();
  }
  Arrays outputs = {
      {"items", run::array_of(all.images.empty() ? torch::zeros({0, 1, kImageSide, kImageSide})
                                                 : torch::stack(all.images))},
      {"images_kept", Array::scalar(all.images_kept)},
      {"labels_kept", Array::scalar(all.labels_kept)}};
  append_targets(all.labels, source, inputs, outputs);
  return outputs;
}

/// The rotations of many examples, without their images, each as it was when it was returned.
Arrays dataset_targets(const Arrays& inputs) {
  run::seed_everything(inputs);
  const LabelledImages source = source_of(inputs);
  const MNISTDatasetWrapper dataset(source, 1.0, Labels::kRotation);
  std::vector<torch::Tensor> targets;
  for (std::int64_t i = 0; i < dataset.size(); ++i) {
    targets.push_back(dataset.get(i).label.clone());
  }
  Arrays outputs;
  append_targets(targets, source, inputs, outputs);
  return outputs;
}

/// Indices just beyond both ends of the student's own dataset, and far beyond, with either label.
Arrays dataset_refusals(const Arrays& inputs) {
  run::seed_everything(inputs);
  std::vector<std::int64_t> answers;
  for (const Labels labels : {Labels::kClass, Labels::kRotation}) {
    const MNISTDatasetWrapper dataset(source_of(inputs), arrays::get(inputs, "pct").item<double>(),
                                      labels);
    for (const std::int64_t index : {std::int64_t{-1}, dataset.size(), dataset.size() + 1000}) {
      answers.push_back(run::refusal_of(dataset, index));
    }
  }
  return {{"answers", Array::of(answers)}};
}

}  // namespace

std::vector<run::Entry> data_entries() {
  return {{"dataset_size", dataset_size},
          {"dataset_items", dataset_items},
          {"dataset_targets", dataset_targets},
          {"dataset_refusals", dataset_refusals}};
}

}  // namespace pset3::adapter::p2
