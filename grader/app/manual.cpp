#include <fmt/format.h>

#include <sstream>

#include "grader/app/command_table.hpp"

namespace pset3::app {
namespace {

/// Text as roff takes it for itself.
std::string roff(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\\') {
      safe += "\\e";
    } else if (c == '-') {
      safe += "\\-";
    } else if (c == '\n') {
      safe += ' ';
    } else {
      safe += c;
    }
  }
  return safe.rfind('.', 0) == 0 || safe.rfind('\'', 0) == 0 ? "\\&" + safe : safe;
}

/// Lines that stay as they are.
std::string roff_block(const std::string& text) {
  std::istringstream stream(text);
  std::string block = ".nf\n";
  for (std::string line; std::getline(stream, line);) block += roff(line) + "\n";
  return block + ".fi\n";
}

std::string usage_of(const CommandRow& row) {
  std::string usage = ".B ./pset3 " + roff(row.path) + "\n";
  bool has_options = false;
  for (const OptionRow& option : row.options) {
    has_options |= !option.names.empty();
    if (!option.names.empty()) continue;
    const std::string several = option.several ? " ..." : "";
    usage += option.required ? fmt::format("\\fI{}\\fR{}\n", roff(option.value), several)
                             : fmt::format("[\\fI{}\\fR{}]\n", roff(option.value), several);
  }
  return has_options ? usage + "[options]\n" : usage;
}

std::string entry_of(const OptionRow& option) {
  std::string names;
  for (const std::string& name : option.names) {
    names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", roff(name));
  }
  if (!option.value.empty()) {
    names += fmt::format("{}\\fI{}\\fR", names.empty() ? "" : " ", roff(option.value));
  }
  return fmt::format(".TP\n{}\n{}\n", names, roff(option.description));
}

}  // namespace

std::string manual_page(const std::vector<CommandRow>& commands, const std::string& version) {
  std::string page = fmt::format(
      ".\\\" Made by `pset3 man` from the definition of the command line.\n"
      ".TH PSET3 1 \"\" \"pset3 {}\" \"pset3\"\n"
      ".SH NAME\npset3 \\- {}\n"
      ".SH SYNOPSIS\n.B ./pset3\n\\fIcommand\\fR [options]\n"
      ".SH DESCRIPTION\n{}"
      ".SH COMMANDS\n",
      roff(version), "a computer\\-vision problem set and its autograder",
      roff_block(commands.at(0).footer));
  for (const CommandRow& row : commands) {
    if (row.path.empty() || !row.subcommands.empty()) continue;
    page +=
        fmt::format(".SS {}\n{}.PP\n{}.\n", roff(row.path), usage_of(row), roff(row.description));
    for (const OptionRow& option : row.options) page += entry_of(option);
    if (!row.footer.empty()) page += ".PP\n" + roff_block(row.footer);
  }
  return page;
}

}  // namespace pset3::app
