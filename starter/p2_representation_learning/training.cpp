#include "starter/p2_representation_learning/training.hpp"

namespace pset3::representation {

std::vector<EpochResult> train(Classifier& model, const ImageDataset& dataset,
                               const TrainOptions& options, const EpochCallback& tell) {
  // TODO(student): Look at all batches once, then train for the epochs asked for (question (c)).
  PSET3_TODO();
}

}  // namespace pset3::representation
