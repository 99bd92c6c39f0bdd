#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/report/html/assets.hpp"

namespace pset3::report::html {

/// @throws InputError that says how to get HTML reports, when the program was built without them.
void require_pages();
bool can_write_pages();

/// One HTML file that needs nothing else: its scripts, its style and its data stand in it, and its
/// content-security policy allows these and nothing from anywhere.
/// @param title    foreign text
/// @param data     what the scripts draw; foreign text in it stays inert
/// @param scripts  in the order in which they run
std::string web_page(const std::string& title, const nlohmann::json& data,
                     const std::vector<Asset>& scripts);

}  // namespace pset3::report::html
