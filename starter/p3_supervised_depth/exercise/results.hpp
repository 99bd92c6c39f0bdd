#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "starter/common/exercise/open_question.hpp"
#include "starter/p3_supervised_depth/exercise/options.hpp"

/// What the exercise finds out; without LibTorch, for all that draws and writes.
namespace pset3::depth {

/// How far predicted depths d are from true ones t, over all pixels whose depth is known.
/// Source: Eigen, Puhrsch, Fergus, "Depth Map Prediction from a Single Image using a Multi-Scale
/// Deep Network", NeurIPS 2014, section 4.2.
struct DepthErrors {
  double abs_rel = 0.0;      ///< mean of |d − t| / t
  double rmse = 0.0;         ///< root of the mean of (d − t)², in the data's unit of depth
  double within_1_25 = 0.0;  ///< share with max(d / t, t / d) < 1.25,
  double within_1_56 = 0.0;  ///< < 1.25²
  double within_1_95 = 0.0;  ///< and < 1.25³
  std::int64_t pixels = 0;   ///< that were compared
};

/// How one pass over the training pictures went.
struct EpochPoint {
  double training_loss = 0.0;
  double test_loss = 0.0;
};

/// What came of a training.
struct Outcome {
  std::string name;                ///< of its checkpoint, and in tables
  std::vector<EpochPoint> epochs;  ///< the first one first
  DepthErrors errors;              ///< on the test pictures, after the last one
};

/// A test picture with its depths in the data's unit, 0 = not known.
struct Sample {
  ColourPicture colour;
  std::vector<float> truth;      ///< (H, W) row-major
  std::vector<float> predicted;  ///< likewise, known everywhere
};

struct Results {
  PictureSize size;
  std::int64_t pictures = 0;
  std::int64_t training_pictures = 0;
  std::int64_t test_pictures = 0;
  std::int64_t parameters = 0;  ///< of the network
  DepthScale scale;
  std::string unit;                     ///< of depths: "m", or "" where there is none
  std::optional<DepthErrors> mean;      ///< of predicting the training pictures' mean depth
  std::optional<DepthErrors> mean_map;  ///< of predicting each pixel's own mean depth
  std::vector<Outcome> outcomes;        ///< from scratch, and perhaps pretrained
  std::vector<double> pretraining_losses;
  std::vector<Sample> samples;
  std::vector<OpenQuestion> open_questions;
};

}  // namespace pset3::depth
