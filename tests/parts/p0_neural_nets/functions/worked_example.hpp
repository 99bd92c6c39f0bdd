#pragma once

#include <array>
#include <string>

#include "starter/p0_neural_nets/neural_nets.hpp"

namespace pset3::neural_nets {

/// The convolution layer that the lecture works out by hand: a volume of 7x7x3 whose border of
/// zeros is its padding, one filter of 3x3x3, bias 0, stride 2.
struct WorkedExample {
  Volume input = Volume(7, 7, 3);
  Filters filters = Filters(3, 3, 3, 1);
  Matrix output{{2.0, 3.0, -2.0}, {7.0, 4.0, 1.0}, {5.0, 5.0, 7.0}};

  WorkedExample() {
    const std::array<std::string, 3> rows = {
        "0000000 0120010 0220100 0221210 0011020 0210210 0000000",
        "0000000 0020010 0110220 0011020 0120200 0020100 0000000",
        "0000000 0221000 0210010 0022210 0121020 0211110 0000000"};
    for (Index c = 0; c < 3; ++c) {
      for (Index y = 0; y < 7; ++y) {
        for (Index x = 0; x < 7; ++x) {
          input(y, x, c) =
              rows[static_cast<std::size_t>(c)][static_cast<std::size_t>(8 * y + x)] - '0';
        }
      }
    }
    const std::array<std::array<double, 9>, 3> weights = {{{0, 0, 1, 1, 1, 0, 0, 0, 0},
                                                           {1, 0, 0, 1, -1, 1, -1, 0, 0},
                                                           {-1, 1, 0, 0, -1, 1, 1, 0, -1}}};
    for (Index i = 0; i < 27; ++i) {
      filters(i / 9, i / 3 % 3, i % 3, 0) =
          weights[static_cast<std::size_t>(i % 3)][static_cast<std::size_t>(i / 3)];
    }
  }
};

}  // namespace pset3::neural_nets
