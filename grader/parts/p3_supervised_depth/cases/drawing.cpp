#include "grader/parts/p3_supervised_depth/cases/drawing.hpp"

#include <algorithm>
#include <cmath>

#include "grader/worlds/block_world.hpp"

namespace pset3::cases::p3 {

using arrays::Array;
using arrays::DType;

Array noise(const Shape& shape, double deviation, worlds::Random& random) {
  Array array(DType::kF32, shape);
  const double bound = std::sqrt(3.0) * deviation;
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    array.data<float>()[i] = static_cast<float>(random.uniform(-bound, bound));
  }
  return array;
}

Array mask(const Shape& shape, int unknown_percent, worlds::Random& random) {
  Array array(DType::kBool, shape);
  for (std::size_t i = 0; i < array.element_count(); ++i) {
    array.data<bool>()[i] = random.integer(0, 99) >= unknown_percent;
  }
  return array;
}

Array torch_seed(worlds::Random& random) {
  return Array::scalar<std::int64_t>(random.integer(1, 1'000'000));
}

Array small_encoder(worlds::Random& random) {
  std::vector<std::int64_t> numbers = {random.integer(5, 9), random.integer(3, 5)};
  for (int block = 0; block < 4; ++block) numbers.push_back(random.integer(1, 2));
  numbers.push_back(2);
  return Array::of(numbers);
}

BlockPictures block_pictures(int count, int height, int width, worlds::Random& random) {
  worlds::BlockWorldOptions options;
  options.width = width;
  options.height = height;
  const std::size_t pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  BlockPictures pictures{Array(DType::kU8, {count, 3, height, width}),
                         Array(DType::kF32, {count, 1, height, width}),
                         Array(DType::kBool, {count, 1, height, width})};
  for (std::size_t n = 0; n < static_cast<std::size_t>(count); ++n) {
    const worlds::BlockView view =
        worlds::photograph_right(worlds::random_block_scene(random.next(), options));
    for (std::size_t p = 0; p < pixels; ++p) {
      for (std::size_t c = 0; c < 3; ++c) {
        pictures.colours.data<std::uint8_t>()[(3 * n + c) * pixels + p] = view.colour[3 * p + c];
      }
      // As it is in a file of 8-bit grey values.
      const double grey =
          std::round(255.0 * worlds::DepthRange().brightness(view.depth[p])) / 255.0;
      pictures.depths.data<float>()[n * pixels + p] = static_cast<float>(grey);
    }
  }
  std::fill_n(pictures.valid.data<bool>(), pictures.valid.element_count(), true);
  return pictures;
}

}  // namespace pset3::cases::p3
