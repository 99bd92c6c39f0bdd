#pragma once

#include <string>
#include <vector>

namespace pset3::intake {

/// Makes a source file's bytes what the compiler expects: \n line ends and no UTF-8 byte order
/// mark. What else is odd about it (UTF-16, NUL bytes, no UTF-8) is left and noted.
///
/// @param path the file's name as notes should show it.
std::string plain_source(std::string bytes, const std::string& path,
                         std::vector<std::string>& notes);

}  // namespace pset3::intake
