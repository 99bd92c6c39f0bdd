#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace pset3::app {

/// What is wrong with a command line, in one line, with the nearest right word and where to read
/// on.
std::string explain_usage_error(const CLI::App& app, int argc, const char* const* argv,
                                const CLI::ParseError& error);

}  // namespace pset3::app
