#include "grader/parts/p2_representation_learning/adapter/conversions.hpp"

namespace pset3::adapter::p2 {

LabelledImages source_of(const Arrays& inputs) {
  return {run::input(inputs, "images"), run::input(inputs, "labels")};
}

TrainOptions options_of(const Arrays& inputs) {
  TrainOptions options;
  options.epochs = static_cast<int>(run::whole(inputs, "epochs"));
  options.batch_size = run::whole(inputs, "batch_size");
  options.learning_rate = run::real(inputs, "learning_rate");
  options.momentum = run::real(inputs, "momentum");
  return options;
}

void append_results(const std::vector<EpochResult>& results, const std::string& prefix,
                    Arrays& outputs) {
  std::vector<double> losses;
  std::vector<double> accuracies;
  for (const EpochResult& result : results) {
    losses.push_back(result.loss);
    accuracies.push_back(result.accuracy);
  }
  outputs[prefix + "losses"] = Array::of(losses);
  outputs[prefix + "accuracies"] = Array::of(accuracies);
}

}  // namespace pset3::adapter::p2
