#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace pset3::app {

/// What may stand behind an option, or in a positional's place.
enum class Value { kNone, kFile, kFolder, kPart, kOther };

struct OptionRow {
  std::vector<std::string> names;  ///< "--dir"; none for a positional
  std::string value;               ///< as help shows it: "DIR", "PART|CHECK"; "" for a flag
  std::string description;
  std::vector<std::string> choices;  ///< where there are no others
  Value kind = Value::kNone;
  bool required = false;
  bool several = false;
};

/// One command, as the definition of the command line has it.
struct CommandRow {
  std::string path;  ///< "", "check", "author selftest"
  std::string description;
  std::string footer;  ///< exit statuses and examples
  std::vector<OptionRow> options;
  std::vector<std::string> subcommands;
};

/// Every command of the program, itself first: what completion and the manual are made from.
std::vector<CommandRow> command_table(const CLI::App& app);

/// A script that completes commands, options and `parts` in a shell.
/// @param shell  "bash", "zsh" or "fish".
/// @param parts  what may be checked: parts, questions, checks.
std::string completion_script(const std::vector<CommandRow>& commands, const std::string& shell,
                              const std::vector<std::string>& parts);

/// The manual page, for man(1).
std::string manual_page(const std::vector<CommandRow>& commands, const std::string& version);

}  // namespace pset3::app
