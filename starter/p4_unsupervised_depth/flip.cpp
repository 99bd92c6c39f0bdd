#include "starter/p4_unsupervised_depth/flip.hpp"

namespace pset3::stereo {

StereoPair StereoRandomFlip::operator()(const StereoPair& pair) {
  // TODO(student): With heads, mirror both views and swap them (question (a)).
  PSET3_TODO();
}

}  // namespace pset3::stereo
