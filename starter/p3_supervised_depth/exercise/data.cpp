#include "starter/p3_supervised_depth/exercise/data.hpp"

#include <fmt/format.h>

#include "starter/common/data/colour_picture.hpp"
#include "starter/common/data/data_file.hpp"
#include "starter/common/data/rgbd_dataset.hpp"
#include "starter/common/drawing/progress.hpp"

namespace pset3::depth {
namespace {

constexpr DepthScale kKinect = {0.5,
                                4.5};  // metres; a little more than what the sensor is made for

void check_size(const ExerciseOptions& options, const RgbdView& view, const PictureSize& first) {
  if (view.colour.size != first) {
    throw data_error({options.data, view.name, "the size of the first picture, " + text_of(first),
                      text_of(view.colour.size), "Bring all to one size with --size."});
  }
  if (first.height < kLeastSide || first.width < kLeastSide) {
    throw data_error({options.data, view.name, "32 x 32 pixels or more", text_of(first),
                      "Enlarge the pictures with --size."});
  }
}

void check_depths(const ExerciseOptions& options, const ExerciseData& data) {
  if (data.images.valid.logical_and(data.images.depths > 0).any().item<bool>()) return;
  const std::string range =
      data.unit.empty() ? ""
                        : fmt::format(" between {:g} and {:g} m", data.scale.near, data.scale.far);
  throw data_error({options.data, "", "depth maps with depths" + range,
                    fmt::format("none in all {} of them", data.images.depths.size(0)),
                    "Look at the depth maps, and at --range if it was given."});
}

RgbdImages room_for(std::size_t count, const PictureSize& size) {
  const auto n = static_cast<std::int64_t>(count);
  const auto height = static_cast<std::int64_t>(size.height);
  const auto width = static_cast<std::int64_t>(size.width);
  return {torch::empty({n, 3, height, width}, torch::kUInt8),
          torch::empty({n, 1, height, width}, torch::kFloat),
          torch::empty({n, 1, height, width}, torch::kBool)};
}

void put(RgbdView& view, DepthUnit unit, const DepthScale& scale, std::int64_t number,
         RgbdImages& into) {
  const auto height = static_cast<std::int64_t>(view.colour.size.height);
  const auto width = static_cast<std::int64_t>(view.colour.size.width);
  into.colours[number] =
      torch::from_blob(view.colour.pixels.data(), {height, width, 3}, torch::kUInt8)
          .permute({2, 0, 1});
  torch::Tensor depth =
      torch::from_blob(view.depth.values.data(), {1, height, width}, torch::kFloat);
  torch::Tensor valid =
      torch::from_blob(view.depth.valid.data(), {1, height, width}, torch::kUInt8).to(torch::kBool);
  if (unit == DepthUnit::kMetres) {
    valid = valid.logical_and(depth >= scale.near).logical_and(depth <= scale.far);
    const torch::Tensor brightness = (scale.far - depth) / (scale.far - scale.near);
    depth = torch::where(valid, brightness, torch::zeros_like(brightness));
  }
  into.depths[number] = depth;
  into.valid[number] = valid;
}

}  // namespace

ExerciseData read_data(const ExerciseOptions& options) {
  RgbdOptions how;
  how.size = options.size;
  const RgbdDataset set = RgbdDataset::open(options.data, how);
  const bool is_metric = set.unit() == DepthUnit::kMetres;
  ExerciseData data;
  data.scale = options.scale.value_or(is_metric ? kKinect : DepthScale());
  data.unit = is_metric ? "m" : "";
  drawing::Progress progress("reading", static_cast<std::int64_t>(set.size()));
  PictureSize size;
  for (std::size_t i = 0; i < set.size(); ++i) {
    RgbdView view = set.read(i);
    if (i == 0) {
      size = view.colour.size;
      data.images = room_for(set.size(), size);
    }
    check_size(options, view, size);
    put(view, set.unit(), data.scale, static_cast<std::int64_t>(i), data.images);
    progress.advance();
  }
  check_depths(options, data);
  return data;
}

}  // namespace pset3::depth
