#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace pset3::report::html {

/// The dashboard of a class as a page: for staff.
/// @param class_json  class.json, see gradebook/class.schema.json.
/// @param links       the path of a submission's results.json -> the path of its page, both
///   relative to this page.
/// @throws InputError without pages, see require_pages().
std::string class_html(const nlohmann::json& class_json, const nlohmann::json& links);

}  // namespace pset3::report::html
