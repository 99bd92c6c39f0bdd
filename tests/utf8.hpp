#pragma once

#include <string>

namespace pset3::testing {

/// A character that is better not written into a string of the source: one that alters the order of
/// text would do so there as well if it were shown, and clang-tidy refuses it however it is spelt.
///
/// @param code_point  U+0800 to U+FFFF, the range of those characters.
/// @returns its three bytes.
inline std::string utf8(char32_t code_point) {
  return {static_cast<char>(0xE0U | (code_point >> 12U)),
          static_cast<char>(0x80U | ((code_point >> 6U) & 0x3FU)),
          static_cast<char>(0x80U | (code_point & 0x3FU))};
}

}  // namespace pset3::testing
