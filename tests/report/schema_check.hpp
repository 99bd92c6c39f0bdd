#pragma once

#include <map>
#include <string>

namespace pset3::report {

/// Validates documents with Python's jsonschema, an implementation that is not ours.
/// @param schema path from the repository's root. @param documents file texts by name.
/// @returns the faults, a line each; empty when all are valid.
std::string schema_faults(const std::string& schema,
                          const std::map<std::string, std::string>& documents);

/// Validates XML documents with libxml2's xmllint. @returns as above.
std::string xml_faults(const std::string& schema,
                       const std::map<std::string, std::string>& documents);

}  // namespace pset3::report
