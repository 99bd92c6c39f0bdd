#pragma once

#include <string>
#include <vector>

#include "grader/base/diagnostic.hpp"
#include "grader/build/toolkit.hpp"

namespace pset3::build {

/// The functions and variables of an object file, by their mangled names.
struct Symbols {
  std::vector<std::string> defined;  ///< seen by whatever it is linked with, strong or weak
  std::vector<std::string> strong;   ///< those of `defined` that must be the only ones of the name
  std::vector<std::string> used;     ///< defined elsewhere
};

/// Reads what `nm -P` prints.
Symbols parse_symbols(const std::string& listing);

/// @returns what parse_symbols reads, for an object or a library: the arguments of the program.
std::vector<std::string> listing_command(const std::vector<std::string>& files);

/// @returns an error for each function of ours that an object of a submission defines: the linker
/// would take it in the place of ours, silently where one of the two is weak.
/// @param file  the submitted one, for the message.
std::vector<Diagnostic> own_definitions_of_ours(const Toolkit& toolkit, const std::string& file,
                                                const Symbols& object);

/// "_ZN5pset33run7entriesEv" -> "pset3::run::entries()"; other names stay.
std::string readable_symbol(const std::string& symbol);

}  // namespace pset3::build
