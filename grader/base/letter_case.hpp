#pragma once

#include <string>
#include <string_view>

namespace pset3 {

/// ASCII only, which is what file systems that ignore case have in common.
inline std::string lowercase(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

}  // namespace pset3
