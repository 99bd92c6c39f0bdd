#pragma once

#include <filesystem>
#include <string>

namespace pset3::drawing {

/// Runs gnuplot on a script, through a pipe and without a shell; what it draws goes to a file.
///
/// @param script  gnuplot's commands; they set the terminal and leave `output` alone.
/// @throws std::runtime_error when gnuplot is not installed or refuses the script; DataError when
///         the file cannot be written.
void run_gnuplot(const std::string& script, const std::filesystem::path& output);

}  // namespace pset3::drawing
