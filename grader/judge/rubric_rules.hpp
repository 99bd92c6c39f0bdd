#pragma once

#include <string>

#include "grader/judge/rubric.hpp"

namespace pset3::judge {

/// Checks what a schema cannot say: that ids are unique and mean something, that hidden and public
/// do not mix.
/// @param name of the file, for the message.
/// @throws InputError with the JSON pointer, what was expected and what was found.
void require_consistent(const std::string& name, const Rubric& rubric);

}  // namespace pset3::judge
