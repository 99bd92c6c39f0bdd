#pragma once

#include <cstdint>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/worlds/random.hpp"

/// What several of p3's generators draw.
namespace pset3::cases::p3 {

using Shape = std::vector<std::int64_t>;

/// Evenly spread around 0 with the deviation given; F32.
arrays::Array noise(const Shape& shape, double deviation, worlds::Random& random);

/// BOOL, false for about so many percent.
arrays::Array mask(const Shape& shape, int unknown_percent, worlds::Random& random);

/// LibTorch's seeds, of a size that everybody can type.
arrays::Array torch_seed(worlds::Random& random);

/// A network that is fast to run: "encoder" as the adapter reads it.
arrays::Array small_encoder(worlds::Random& random);

/// Pictures of the block world.
struct BlockPictures {
  arrays::Array colours;  ///< U8 (N, 3, H, W)
  arrays::Array depths;   ///< F32 (N, 1, H, W), 0 to 1
  arrays::Array valid;    ///< BOOL (N, 1, H, W), all true
};
BlockPictures block_pictures(int count, int height, int width, worlds::Random& random);

}  // namespace pset3::cases::p3
