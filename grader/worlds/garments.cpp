#include "grader/worlds/garments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>
#include <utility>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/parallel.hpp"
#include "grader/worlds/garment_shapes.hpp"

namespace pset3::worlds {
namespace {

/// Nobody lays a garment down quite straight, and no two are of one size.
Eigen::Affine2d random_pose(Random& random) {
  const double turn = random.uniform(-6.0, 6.0) * std::numbers::pi / 180.0;
  const double scale = random.uniform(0.84, 1.02);
  const double stretch = random.uniform(0.92, 1.08);
  Eigen::Affine2d pose = Eigen::Affine2d::Identity();
  const double right = random.uniform(-1.0, 1.0);
  const double down = random.uniform(-1.0, 1.0);
  pose.translate(Eigen::Vector2d(right, down));
  pose.rotate(turn);
  pose.scale(Eigen::Vector2d(scale * stretch, scale / stretch));
  return pose;
}

void draw(Garment kind, Canvas& canvas, Random& random) {
  switch (kind) {
    case Garment::kTShirt:
      return draw_t_shirt(canvas, random);
    case Garment::kTrouser:
      return draw_trouser(canvas, random);
    case Garment::kPullover:
      return draw_pullover(canvas, random);
    case Garment::kDress:
      return draw_dress(canvas, random);
    case Garment::kCoat:
      return draw_coat(canvas, random);
    case Garment::kSandal:
      return draw_sandal(canvas, random);
    case Garment::kShirt:
      return draw_shirt(canvas, random);
    case Garment::kSneaker:
      return draw_sneaker(canvas, random);
    case Garment::kBag:
      return draw_bag(canvas, random);
    case Garment::kAnkleBoot:
      return draw_ankle_boot(canvas, random);
  }
  throw InputError(fmt::format("there are garments 0 to 9, and no {}", static_cast<int>(kind)));
}

/// A hole, or something dark that lies before some garments.
void cover_a_little(Canvas& canvas, Random& random) {
  if (random.uniform(0.0, 1.0) > 0.15) return;
  const double x = random.uniform(-9.0, 9.0);
  const double y = random.uniform(-9.0, 9.0);
  canvas.disc({x, y}, random.uniform(1.0, 2.4), 0.0);
}

/// Light that falls from one side, and a camera that is set for it or not, with its noise.
GarmentPicture taken(const std::vector<double>& tones, Random& random) {
  const double from_left = random.uniform(-0.2, 0.2);
  const double exposure = random.uniform(0.65, 1.1);
  const double noise = random.uniform(0.01, 0.05);
  const std::uint64_t noise_seed = random.next();
  GarmentPicture picture{};
  for (std::size_t i = 0; i < picture.size(); ++i) {
    if (tones[i] <= 0.0) continue;  // behind a garment it is black, without noise
    const double across = static_cast<double>(i % kGarmentSide) / (kGarmentSide - 1) - 0.5;
    const double light = exposure * (1.0 + from_left * across);
    const double value = tones[i] * light + tones[i] * noise * pixel_noise(i, 0, noise_seed);
    picture[i] = static_cast<std::uint8_t>(std::clamp(std::lround(255.0 * value), 0L, 255L));
  }
  return picture;
}

/// @returns the numbers 0 to 9 in an order that the seed gives.
std::array<std::uint8_t, kGarmentKinds> ten_kinds(std::uint64_t seed) {
  std::array<std::uint8_t, kGarmentKinds> kinds{};
  std::iota(kinds.begin(), kinds.end(), std::uint8_t{0});
  Random random(seed, "garments.kinds");
  for (int last = kGarmentKinds - 1; last > 0; --last) {
    std::swap(kinds[static_cast<std::size_t>(last)],
              kinds[static_cast<std::size_t>(random.integer(0, last))]);
  }
  return kinds;
}

void append_big_endian(std::uint32_t value, std::string& bytes) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(value >> shift & 0xFFU));
  }
}

/// @returns an IDX file of bytes: 0, 0, type 8, the number of dimensions; the sizes; the values.
std::string idx_file(const std::vector<std::uint8_t>& values, const std::vector<int>& shape) {
  std::string bytes = {0, 0, 8, static_cast<char>(shape.size())};
  for (const int size : shape) append_big_endian(static_cast<std::uint32_t>(size), bytes);
  bytes.append(values.begin(), values.end());
  return bytes;
}

void write_set(const std::filesystem::path& folder, const std::string& name,
               const GarmentSet& set) {
  const int count = static_cast<int>(set.labels.size());
  write_file(folder / (name + "-images-idx3-ubyte"),
             idx_file(set.images, {count, kGarmentSide, kGarmentSide}));
  write_file(folder / (name + "-labels-idx1-ubyte"), idx_file(set.labels, {count}));
}

}  // namespace

GarmentPicture draw_garment(Garment kind, std::uint64_t seed) {
  // Never two draws among the arguments of one call: compilers differ in which they make first.
  Random random(seed, "garment");
  Canvas canvas(kGarmentSide, random_pose(random));
  draw(kind, canvas, random);
  cover_a_little(canvas, random);
  return taken(canvas.picture(), random);
}

GarmentSet draw_garments(int count, std::uint64_t seed, const std::function<void(int)>& told) {
  GarmentSet set;
  set.labels.resize(static_cast<std::size_t>(count));
  set.images.resize(set.labels.size() * kGarmentPixels);
  constexpr int kChunk = 200;
  for (int begin = 0; begin < count; begin += kChunk) {
    parallel_for(std::min(kChunk, count - begin), [&](int i) {
      const auto index = static_cast<std::size_t>(begin + i);
      const std::uint64_t ten = index / kGarmentKinds;
      const std::uint8_t kind = ten_kinds(mixed(seed) + ten)[index % kGarmentKinds];
      const GarmentPicture picture =
          draw_garment(static_cast<Garment>(kind), mixed(seed + 1) + index);
      set.labels[index] = kind;
      std::copy(picture.begin(), picture.end(), &set.images[index * kGarmentPixels]);
    });
    if (told) told(std::min(begin + kChunk, count));
  }
  return set;
}

void write_garments(const std::filesystem::path& folder, const GarmentFileOptions& options,
                    const std::function<void(int, int)>& progress) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw GraderError("cannot make the folder " + folder.string() + ": " + error.message());
  }
  const int total = options.train_images + options.test_images;
  const auto tell_from = [&](int before) {
    return [&progress, total, before](int done) {
      if (progress) progress(before + done, total);
    };
  };
  write_set(folder, "train", draw_garments(options.train_images, 1, tell_from(0)));
  write_set(folder, "t10k", draw_garments(options.test_images, 2, tell_from(options.train_images)));
}

}  // namespace pset3::worlds
