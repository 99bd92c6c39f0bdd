#pragma once

#include <cstdint>
#include <vector>

namespace pset3::judge {

/// A hash whose digits survive a comparison to 1e-6: three doubles, whole numbers below 2^19.
class PatternHash {
 public:
  void add(std::uint64_t value) {
    state_ = (state_ ^ (value + 0x9E3779B97F4A7C15ull)) * 0xBF58476D1CE4E5B9ull;
    state_ ^= state_ >> 31;
  }
  void append_to(std::vector<double>& sketch) const {
    for (int shift = 0; shift < 57; shift += 19) {
      sketch.push_back(static_cast<double>((state_ >> shift) & 0x7FFFFu));
    }
  }

 private:
  std::uint64_t state_ = 0x94D049BB133111EBull;
};

}  // namespace pset3::judge
