#pragma once

#include <string>
#include <vector>

#include "grader/build/symbols.hpp"

namespace pset3::build {

/// Whether a submitted file uses something, however its text calls it: through a macro, a pointer
/// or a wrapper of the library's own.
///
/// @param name  a function or class with its namespaces ("cv::fillPoly", "torch::optim::SGD"), a
///              whole namespace ("cv::"), a function of C ("fork"), or a header
///              ("unsupported/Eigen/AutoDiff"), which is looked for in the text.
bool uses(const Symbols& object, const std::string& source, const std::string& name);

/// @returns the first line of `source` that has the last word of `name` outside of comments and
/// text; 0 when none has.
int line_of(const std::string& source, const std::string& name);

/// What no part needs and what can do something else than compute: other programs, code that is
/// loaded later, the network, other processes' memory, system calls by number.
const std::vector<std::string>& names_to_look_into();

/// @returns whether there is assembler in the text: it can do all of these without a name.
bool has_assembler(const std::string& source);

}  // namespace pset3::build
