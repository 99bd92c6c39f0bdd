#pragma once

#include <string>
#include <string_view>

namespace pset3 {

/// @returns the bytes as base64 with padding, in one line (RFC 4648).
std::string base64_of(std::string_view bytes);

}  // namespace pset3
