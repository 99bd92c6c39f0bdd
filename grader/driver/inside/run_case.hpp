#pragma once

#include <cstdint>
#include <string>

#include "grader/driver/inside/report.hpp"

namespace pset3::driver {

/// Runs one case in this process, a child made for it, and ends the process.
///
/// @param function           the entry's name.
/// @param inputs             bytes of a safetensors file.
/// @param output_descriptor  a memory file for the outputs.
/// @param output_limit       the most bytes that may go there.
[[noreturn]] void run_case(const std::string& function, const std::string& inputs,
                           int output_descriptor, std::uint64_t output_limit, Report& report);

}  // namespace pset3::driver
