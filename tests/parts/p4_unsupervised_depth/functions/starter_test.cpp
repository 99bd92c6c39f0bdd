#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "starter/p4_unsupervised_depth/flip.hpp"
#include "starter/p4_unsupervised_depth/sampling.hpp"

/// What the untouched starter does; linked with the stubs.
namespace pset3::stereo {
namespace {

TEST(Starter, SaysThatNothingIsWrittenYet) {
  const torch::Tensor image = torch::zeros({1, 3, 4, 6});
  const torch::Tensor disparity = torch::zeros({1, 1, 4, 6});
  StereoRandomFlip flip;
  EXPECT_THROW(flip({image, image}), NotImplemented);
  EXPECT_THROW(bilinear_sampler(image, disparity), NotImplemented);
  EXPECT_THROW(generate_image_left(image, disparity), NotImplemented);
  EXPECT_THROW(generate_image_right(image, disparity), NotImplemented);
}

}  // namespace
}  // namespace pset3::stereo
