#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace pset3::judge {

/// Compares a document with a JSON Schema (draft 7).
///
/// @param name    of the document, for the message.
/// @throws InputError with the JSON pointer of the innermost value that does not fit, what the
///         schema's "description" of it says, and what is there.
void require_schema(const std::string& name, const nlohmann::json& document,
                    const nlohmann::json& schema);

/// @returns a value in one short line, for messages.
std::string excerpt(const nlohmann::json& value);

}  // namespace pset3::judge
