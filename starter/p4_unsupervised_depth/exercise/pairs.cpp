#include "starter/p4_unsupervised_depth/exercise/pairs.hpp"

#include "starter/common/data/rgbd_dataset.hpp"

namespace pset3::stereo {
namespace {

// The built-in block world's two cameras: B / (2 tan(field of view / 2)), with B = 0.5 and 49°.
constexpr double kDisparityAtOne = 0.5485749;
constexpr double kNear = 4.0;
constexpr double kFar = 22.0;

DisparityMap disparities_of(const DepthMap& depth) {
  DisparityMap map{depth.size, {}};
  map.shares.reserve(depth.values.size());
  for (std::size_t i = 0; i < depth.values.size(); ++i) {
    map.shares.push_back(depth.valid[i] != 0 ? disparity_of(depth.values[i]) : 0.0F);
  }
  return map;
}

/// Pictures as CLEVR-D names them.
class Blocks : public PairSource {
 public:
  explicit Blocks(RgbdDataset pictures) : pictures_(std::move(pictures)) {}
  std::size_t size() const override { return pictures_.size(); }
  PairPictures read(std::size_t index) const override {
    RgbdView view = pictures_.read(index);
    PairPictures pair;
    pair.name = view.name;
    pair.left = std::move(*view.left_colour);  // there, since stereo views were asked for
    pair.right = std::move(view.colour);
    if (view.left_depth) pair.left_disparity = disparities_of(*view.left_depth);
    pair.right_disparity = disparities_of(view.depth);
    return pair;
  }

 private:
  RgbdDataset pictures_;
};

}  // namespace

float disparity_of(float brightness) {
  if (!(brightness > 0.0F)) return 0.0F;
  return static_cast<float>(kDisparityAtOne / (kFar - (kFar - kNear) * brightness));
}

std::unique_ptr<PairSource> open_pairs(const ExerciseOptions& options) {
  if (auto files = open_pair_files(options)) return files;
  RgbdOptions how;
  how.views = RgbdViews::kStereo;
  how.size = options.size;
  how.other_names = "left.png with right.png, image_02/data/NAME.png with image_03/data/NAME.png";
  return std::make_unique<Blocks>(RgbdDataset::open(options.data, how));
}

}  // namespace pset3::stereo
