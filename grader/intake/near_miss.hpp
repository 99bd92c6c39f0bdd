#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pset3::intake {

/// Which of `missing` a file of this name was probably meant to be: "carv.cpp", "Carve.CPP",
/// "carve.cpp.txt", "carve (1).cpp" and "my_carve.cpp" for "carve.cpp".
///
/// @returns "" for a name that is like none of them, and for headers, which nobody hands in.
std::string probably_meant(std::string_view name, const std::vector<std::string>& missing);

/// Undoes what a learning platform adds to an uploaded file:
/// "doejane_12345_67890_carve-1.cpp" is "carve.cpp". Other names stay as they are.
std::string without_upload_decoration(std::string_view name);

}  // namespace pset3::intake
