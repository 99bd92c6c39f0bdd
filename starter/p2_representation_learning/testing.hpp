#pragma once

#include <cstdint>

#include "starter/p2_representation_learning/data.hpp"
#include "starter/p2_representation_learning/models.hpp"

namespace pset3::representation {

struct TestResult {
  double loss = 0.0;      ///< mean cross entropy, over the batches or over the images
  double accuracy = 0.0;  ///< images whose highest logit was that of their label / images
};

/// Looks at every example once, in evaluation mode. The weights stay, and gradients are recorded
/// again when it has returned; that they are not recorded meanwhile saves time, and is not judged.
/// Each parameter needs gradients as before and has none that a test added, and the examples are as
/// they were. The mode that the model is left in is yours to choose.
///
/// @param dataset  at least one example; its size need not be a multiple of the batch size.
/// Source: handouts/p2_representation_learning.md, question (d).
TestResult test(Classifier& model, const ImageDataset& dataset, std::int64_t batch_size = 16);

}  // namespace pset3::representation
