#pragma once

#include "starter/p4_unsupervised_depth/exercise/results.hpp"

/// What the student's functions make of one pair.
namespace pset3::stereo {

/// Flips a pair with a coin that always shows heads. @throws Unanswered "a"
std::vector<NamedPicture> flip_pair(const PairPictures& pair);

/// Samples both views with disparities of +0.5 and −0.5 everywhere. @throws Unanswered "b"
std::vector<NamedPicture> shift_pair(const PairPictures& pair);

/// Makes each view whose true disparity is known of the other one. @throws Unanswered "c"
std::vector<MadeView> make_views(const PairPictures& pair);

}  // namespace pset3::stereo
