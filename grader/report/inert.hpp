#pragma once

#include <string>
#include <string_view>

namespace pset3::report {

/// Foreign text as a piece of one line of Markdown, a table's cell too: each sign that Markdown,
/// HTML or GitHub could read as more than itself becomes a numeric reference, and a line end a
/// space.
std::string markdown_text(std::string_view text);

/// Foreign text as the content of an HTML element.
std::string html_text(std::string_view text);

/// Foreign text as the message of a GitHub workflow command.
std::string command_message(std::string_view text);

/// The same as one of a command's properties (`file=…`).
std::string command_property(std::string_view text);

/// Text as XML 1.0 may hold it: without the few characters that no escape makes legal.
std::string xml_text(std::string_view text);

}  // namespace pset3::report
