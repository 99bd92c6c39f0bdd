#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "starter/common/exercise/open_question.hpp"
#include "starter/p4_unsupervised_depth/exercise/pairs.hpp"

/// What the exercise finds out; without LibTorch, for all that draws and writes.
namespace pset3::stereo {

/// A picture that a student's function made.
struct NamedPicture {
  std::string name;
  ColourPicture picture;
};

/// One view made from the other with the true disparity. Maps are (H, W), row-major.
struct MadeView {
  std::string view;  ///< "left" or "right"
  ColourPicture made;
  ColourPicture made_with_wrong_sign;
  std::vector<float> disparity_px;        ///< 0 = not known
  std::vector<std::uint8_t> is_compared;  ///< 1 where it is known and lies in the other view
  // Mean absolute differences of the colours, 0 to 1, from the view as it was photographed:
  std::vector<float> difference_before;  ///< of the other view as it is
  std::vector<float> difference_after;   ///< of what was made
  std::vector<float> difference_wrong;   ///< of what was made with the disparity's opposite
  double before = 0.0;                   ///< means of the three over what is compared
  double after = 0.0;
  double wrong = 0.0;
  std::int64_t pixels = 0;  ///< that are compared
};

/// What the functions make of one pair.
struct PairResults {
  PairPictures pictures;
  std::vector<NamedPicture> flipped;  ///< left, right
  std::vector<NamedPicture> shifted;  ///< left by +half and −half, right by +half and −half
  std::vector<MadeView> made;
};

/// How one pass over the training pairs went.
struct EpochPoint {
  double training_loss = 0.0;
  double test_loss = 0.0;
  std::optional<double> correlation;  ///< with the truth, on the test pairs; none without one
};

/// How well disparities fit the true ones, over the test pairs' pixels where these are known.
struct Fit {
  double correlation = 0.0;         ///< Pearson's, over all pixels of all pairs
  double median_correlation = 0.0;  ///< of the pairs' own
  double correlation_inside = 0.0;  ///< as the first, of pixels whose point lies in the right view
  double error_px = 0.0;            ///< mean |predicted − true|
  double error_inside_px = 0.0;     ///< as the former, of pixels as above
  std::int64_t pixels = 0;
};

/// A test pair, seen by the network. Maps are (H, W), row-major.
struct Sample {
  ColourPicture left;
  ColourPicture made;           ///< the left view, of the right one and the prediction
  std::vector<float> truth_px;  ///< 0 = not known; empty without a truth
  std::vector<float> predicted_px;
};

/// Means over the test pairs and all rows, column by column, pixels; not finite where nothing is
/// known.
struct Columns {
  std::string view;  ///< "left" or "right"
  std::vector<double> predicted;
  std::vector<double> truth;
  std::vector<double> error;  ///< |predicted − true|
};

/// What came of the training.
struct TrainingResults {
  PictureSize size;
  std::int64_t training_pairs = 0;
  std::int64_t test_pairs = 0;
  std::int64_t parameters = 0;
  std::vector<EpochPoint> epochs;
  std::optional<Fit> fit;       ///< of the network; none without a truth
  std::optional<Fit> mean_map;  ///< of each pixel's mean true disparity on the training pairs
  std::vector<Sample> samples;
  std::vector<Columns> columns;
};

struct Results {
  std::size_t pairs = 0;
  PairResults pair;
  std::optional<TrainingResults> training;
  std::vector<OpenQuestion> open_questions;
};

}  // namespace pset3::stereo
