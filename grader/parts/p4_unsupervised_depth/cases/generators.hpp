#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "grader/parts/cases.hpp"

/// The generators of part p4. Names and shapes of arrays: fixtures/p4_unsupervised_depth/README.md.
namespace pset3::cases::p4 {

/// "p4.flips", for random_flip, flip_twice and both of either form: two noisy views.
///
/// @param params function: which of them; batch: 0 (none) to 8; channels: 1 to 4; height, width:
///               2 to 64; for random_flip also draws: 1 to 400; percent: 0 to 100.
CaseData flips(const nlohmann::json& params, std::uint64_t seed);

/// "p4.samples", for bilinear_sampler, the two generate_image functions, their gradients, and what
/// they are by the student's own sampler: noise, or a smooth picture, and disparities. `sign` F64
/// () stays with the judge: that of the disparity where the picture is to be sampled.
///
/// @param params function: which; batch: 1 to 8; channels: 1 to 4; height, width: 4 to 64; picture:
///               "noise" or "smooth"; disparity: "zero", "pixels" (the same whole number of pixels
///               everywhere), "half" (half the width), or "any" (another one at each pixel, either
///               sign for the sampler; some of them are more than a quarter of the width), or
///               "any_and_zero" (a sixth of these 0);
///               for a function that is called before: before: the other picture's size, "same",
///               or with another "height", "width" or "batch", or "turned" (height and width in
///               each other's place), or "small".
/// Promises: no disparity of "any" ends within a twentieth of a pixel's centre, where the slope
/// jumps; what is sampled beyond the outermost centres, in either convention, has a weight of 0.
CaseData samples(const nlohmann::json& params, std::uint64_t seed);

/// "p4.scene", for the two generate_image functions: a scene of the block world with its true
/// disparity. `view` U8 (H, W, 3) and `in_both` BOOL (H, W) stay with the judge: what is to come
/// out, and where.
///
/// @param params function: which; height: 32 to 128; width: 32 to 256.
CaseData scene(const nlohmann::json& params, std::uint64_t seed);

/// "p4.misfits", for sampler_refusals and view_refusals: shapes of images and disparities of which
/// B, H or W differ, one row for each pair. `image_shapes`, `disparity_shapes` I64 (N, 4).
///
/// @param params function: which; batch: 4 to 8; channels: 1 to 4; height, width: 5 to 64, not
///               the same.
CaseData misfits(const nlohmann::json& params, std::uint64_t seed);

Generators generators();

/// What `pset3 run p4` uses when nobody names other data.
DefaultData default_data();

}  // namespace pset3::cases::p4
