#include "grader/app/command_table.hpp"

#include <fmt/format.h>

#include <utility>

namespace pset3::app {
namespace {

/// CLI11 shows the choices of an option as "TEXT:{a,b}".
std::vector<std::string> choices_in(const std::string& type) {
  std::vector<std::string> choices;
  const std::size_t begin = type.find('{');
  const std::size_t end = type.rfind('}');
  if (begin == std::string::npos || end == std::string::npos) return choices;
  std::string word;
  for (const char c : type.substr(begin + 1, end - begin - 1) + ",") {
    if (c != ',') {
      word += c;
    } else {
      choices.push_back(std::exchange(word, ""));
    }
  }
  return choices;
}

Value kind_of(const std::string& type) {
  if (type.rfind("PART", 0) == 0) return Value::kPart;
  if (type == "DIR") return Value::kFolder;
  for (const char* word : {"FILE", "PATH", "DIR", "ZIP", ".json"}) {
    if (type.find(word) != std::string::npos) return Value::kFile;
  }
  return Value::kOther;
}

OptionRow row_of(const CLI::Option& option) {
  OptionRow row;
  for (const std::string& name : option.get_snames()) row.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) row.names.push_back("--" + name);
  row.description = option.get_description();
  row.required = option.get_required();
  row.several = option.get_items_expected_max() > 1;
  if (option.get_items_expected_max() == 0) return row;
  const std::string type = option.get_type_name();
  const std::string plain = type.substr(0, type.find(':'));
  row.choices = choices_in(type);
  row.value = row.choices.empty() ? plain : fmt::format("{}", fmt::join(row.choices, "|"));
  if (row.names.empty() && row.value.empty()) row.value = option.get_name(true);
  row.kind = row.choices.empty() ? kind_of(plain) : Value::kOther;
  return row;
}

void add_rows(const CLI::App& app, const std::string& path, std::vector<CommandRow>& rows) {
  CommandRow row;
  row.path = path;
  row.description = app.get_description();
  row.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) row.options.push_back(row_of(*option));
  const auto subcommands = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* command : subcommands) row.subcommands.push_back(command->get_name());
  rows.push_back(std::move(row));
  for (const CLI::App* command : subcommands) {
    add_rows(*command, (path.empty() ? "" : path + " ") + command->get_name(), rows);
  }
}

}  // namespace

std::vector<CommandRow> command_table(const CLI::App& app) {
  std::vector<CommandRow> rows;
  add_rows(app, "", rows);
  return rows;
}

}  // namespace pset3::app
