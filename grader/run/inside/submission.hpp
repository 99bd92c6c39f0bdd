#pragma once

#include <string>
#include <string_view>

#include "grader/run/inside/report.hpp"
#include "grader/run/inside/shared_bytes.hpp"

namespace pset3::run {

/// The one symbol of a submission's shared object that the driver looks up. A second definition, in
/// a submitted file, is an error of the linker's.
inline constexpr const char* kCallSymbol = "pset3_call";

/// Calls one function of the part.
///
/// @param function  the entry's name.
/// @param inputs    bytes of a safetensors file.
/// @param output    takes the outputs, the same kind of bytes.
/// @param report    `said` becomes kReturned, kTooLong (with a message) or kNoFunction.
/// @throws whatever the student's function throws.
using CallFunction = void (*)(const std::string& function, std::string_view inputs,
                              SharedBytes& output, Report& report);

}  // namespace pset3::run
