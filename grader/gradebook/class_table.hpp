#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "grader/report/results.hpp"

namespace pset3::gradebook {

/// The class for a terminal, from class.json alone: one row for each submission with its points, a
/// mark for each check and what is notable, then how often each mistake was recognised and which
/// checks are hardest. For staff: hidden checks count like the others. Ends with a newline.
/// @throws InputError when it is no class.json of this program.
std::string class_table(const nlohmann::json& class_json, const report::TextStyle& style);

}  // namespace pset3::gradebook
