#include <stdexcept>
#include <string>

#include "starter/p4_unsupervised_depth/flip.hpp"

namespace pset3::stereo {

Coin::Coin(double probability, std::uint64_t seed) : probability_(probability), generator_(seed) {
  if (!(probability >= 0.0 && probability <= 1.0)) {
    throw std::invalid_argument("Coin: expected a probability from 0 to 1, got " +
                                std::to_string(probability));
  }
}

bool Coin::toss() {
  // The upper 53 bits as a number in [0, 1): the same on every machine.
  const double number = static_cast<double>(generator_() >> 11U) * 0x1p-53;
  return number < probability_;
}

}  // namespace pset3::stereo
