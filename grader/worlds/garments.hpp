#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace pset3::worlds {

constexpr int kGarmentSide = 28;  ///< pixels
constexpr std::size_t kGarmentPixels = std::size_t{kGarmentSide} * kGarmentSide;

/// What is drawn, in the order of Fashion-MNIST's labels.
enum class Garment {
  kTShirt,
  kTrouser,
  kPullover,
  kDress,
  kCoat,
  kSandal,
  kShirt,
  kSneaker,
  kBag,
  kAnkleBoot,
};
constexpr int kGarmentKinds = 10;

/// (28, 28) row-major grey values, black behind.
using GarmentPicture = std::array<std::uint8_t, kGarmentPixels>;

/// Draws a garment upright, toes to the left. Cut, cloth, light and place come from the seed; some
/// short-sleeved shirts look much like T-shirts, some coats like pullovers.
GarmentPicture draw_garment(Garment kind, std::uint64_t seed);

struct GarmentSet {
  std::vector<std::uint8_t> images;  ///< (count, 28, 28)
  std::vector<std::uint8_t> labels;  ///< (count), 0 to 9
};

/// Each ten in a row hold each kind once, in an order of their own; so the first part of a set is
/// balanced too. Deterministic.
///
/// @param told  is called with the number of images that are ready, now and then; may be empty.
GarmentSet draw_garments(int count, std::uint64_t seed, const std::function<void(int)>& told = {});

struct GarmentFileOptions {
  int train_images = 4000;
  int test_images = 1000;
};

/// Writes train-images-idx3-ubyte, train-labels-idx1-ubyte and the same with t10k: the files of
/// MNIST and Fashion-MNIST. Progress is told as (done, total).
/// @throws GraderError when the folder cannot be written.
void write_garments(const std::filesystem::path& folder, const GarmentFileOptions& options = {},
                    const std::function<void(int, int)>& progress = {});

}  // namespace pset3::worlds
