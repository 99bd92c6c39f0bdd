#pragma once

#include <string>

#include "grader/run/inside/report.hpp"
#include "grader/run/inside/shared_bytes.hpp"

namespace pset3::run {

/// Runs one case in this process, a child made for it, and ends the process.
///
/// @param function  the entry's name.
/// @param inputs    bytes of a safetensors file.
/// @param output    takes the outputs, the same kind of bytes.
[[noreturn]] void run_case(const std::string& function, const std::string& inputs,
                           SharedBytes& output, Report& report);

}  // namespace pset3::run
