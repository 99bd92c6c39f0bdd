#include "starter/p4_unsupervised_depth/exercise/training_pairs.hpp"

#include <vector>

#include "starter/common/data/colour_picture.hpp"
#include "starter/common/data/data_file.hpp"
#include "starter/common/drawing/progress.hpp"
#include "starter/p4_unsupervised_depth/exercise/tensors.hpp"

namespace pset3::stereo {
namespace {

constexpr std::size_t kCoarsest = 32;  // pixels that are one of the network's coarsest maps

void check_size(const ExerciseOptions& options, const PairPictures& pair,
                const PictureSize& first) {
  const PictureSize& size = pair.left.size;
  if (size != first) {
    throw data_error({options.data, pair.name, "the size of the first pair, " + text_of(first),
                      text_of(size), "Bring all to one size with --size."});
  }
  if (size.height % kCoarsest != 0 || size.width % kCoarsest != 0) {
    throw data_error({options.data, pair.name, "a height and a width that are multiples of 32",
                      text_of(size), "Bring the pictures to such a size, as with --size 128 256."});
  }
}

/// A batch norm cannot learn from a single value, which is what the network makes of a small pair.
void check_last_batch(const ExerciseOptions& options, std::size_t pairs, const PictureSize& size) {
  const auto batch = static_cast<std::size_t>(options.batch_size);
  const std::size_t training = training_share(pairs);
  const bool is_single = batch == 1 || training % batch == 1;
  if (!is_single || size.height > kCoarsest || size.width > kCoarsest) return;
  throw data_error({options.data, "", "batches of 2 pairs or more, or pictures above 32 x 32",
                    "a batch with a single pair, since " + std::to_string(training) +
                        " train in batches of " + std::to_string(batch),
                    "Take another --batch, or larger pictures with --size."});
}

/// Puts the maps together if all pairs have one.
torch::Tensor stacked_if_all(const std::vector<torch::Tensor>& maps, std::size_t pairs) {
  return maps.size() == pairs ? torch::stack(maps) : torch::Tensor();
}

}  // namespace

TrainingPairs read_training_pairs(const PairSource& source, const ExerciseOptions& options) {
  if (source.size() < 2) {
    throw data_error({options.data, "", "2 pairs or more, to train on some and test on others",
                      "1 pair", "Leave out --train, or name a folder with more."});
  }
  std::vector<torch::Tensor> left;
  std::vector<torch::Tensor> right;
  std::vector<torch::Tensor> left_disparity;
  std::vector<torch::Tensor> right_disparity;
  drawing::Progress progress("reading", static_cast<std::int64_t>(source.size()));
  PictureSize first;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const PairPictures pair = source.read(i);
    if (i == 0) first = pair.left.size;
    check_size(options, pair, first);
    left.push_back(bytes_of(pair.left));
    right.push_back(bytes_of(pair.right));
    if (pair.left_disparity) left_disparity.push_back(tensor_of(*pair.left_disparity));
    if (pair.right_disparity) right_disparity.push_back(tensor_of(*pair.right_disparity));
    progress.advance();
  }
  check_last_batch(options, source.size(), first);
  return {torch::stack(left), torch::stack(right), stacked_if_all(left_disparity, source.size()),
          stacked_if_all(right_disparity, source.size())};
}

}  // namespace pset3::stereo
