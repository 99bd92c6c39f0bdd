#pragma once

#include <string>
#include <string_view>

#include "grader/run/inside/report.hpp"
#include "grader/run/inside/shared_bytes.hpp"

namespace pset3::run {

/// Opens a submission in this process, a child made for one case, calls its function, and ends the
/// process.
///
/// @param object    the submission's shared object.
/// @param function  the entry's name.
/// @param inputs    bytes of a safetensors file.
/// @param output    takes the outputs, the same kind of bytes.
[[noreturn]] void run_case(const char* object, const std::string& function, std::string_view inputs,
                           SharedBytes& output, Report& report);

}  // namespace pset3::run
