#include <fmt/format.h>

#include <algorithm>

#include "grader/app/command_table.hpp"

namespace pset3::app {
namespace {

using Rows = std::vector<CommandRow>;

std::string spaced(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

/// In single quotes, as all three shells take it.
std::string quoted(const std::string& text, const char* quote = "'\\''") {
  std::string inside;
  for (const char c : text) inside += c == '\'' ? std::string(quote) : std::string(1, c);
  return "'" + inside + "'";
}

/// A case that follows the commands on the line into the variable `command`.
std::string follow_commands(const Rows& rows) {
  std::string patterns;
  for (const CommandRow& row : rows) {
    if (row.path.empty()) continue;
    patterns += fmt::format("{}\"{}\"", patterns.empty() ? "" : "|", row.path);
  }
  return fmt::format(
      "    case \"${{command:+$command }}$word\" in\n"
      "      {}) command=\"${{command:+$command }}$word\" ;;\n"
      "    esac\n",
      patterns);
}

/// "check --dir"|"run --dir": the options with a value of this kind.
std::string patterns_of(const Rows& rows, Value kind) {
  std::string patterns;
  for (const CommandRow& row : rows) {
    for (const OptionRow& option : row.options) {
      if (option.kind != kind || !option.choices.empty()) continue;
      for (const std::string& name : option.names) {
        patterns += fmt::format("{}\"{} {}\"", patterns.empty() ? "" : "|", row.path, name);
      }
    }
  }
  return patterns;
}

/// The lines of a case that names the choices of each option with choices.
template <typename Line>
std::string choice_lines(const Rows& rows, const Line& line) {
  std::string lines;
  for (const CommandRow& row : rows) {
    for (const OptionRow& option : row.options) {
      for (const std::string& name : option.names) {
        if (option.choices.empty()) continue;
        lines += fmt::format("    \"{} {}\") {}; return ;;\n", row.path, name,
                             line(spaced(option.choices)));
      }
    }
  }
  return lines;
}

struct Word {
  std::string text;
  std::string description;
};

/// What may come next in a command, but for files.
std::vector<Word> words_of(const CommandRow& row, const Rows& rows,
                           const std::vector<std::string>& parts) {
  std::vector<Word> words;
  for (const std::string& name : row.subcommands) {
    const std::string path = (row.path.empty() ? "" : row.path + " ") + name;
    const auto command = std::find_if(rows.begin(), rows.end(),
                                      [&](const CommandRow& other) { return other.path == path; });
    words.push_back({name, command->description});
  }
  for (const OptionRow& option : row.options) {
    if (!option.names.empty()) words.push_back({option.names.back(), option.description});
    if (!option.names.empty()) continue;
    for (const std::string& choice : option.choices) words.push_back({choice, option.description});
    if (option.kind != Value::kPart) continue;
    for (const std::string& part : parts) words.push_back({part, option.description});
  }
  return words;
}

std::string bash_script(const Rows& rows, const std::vector<std::string>& parts) {
  std::string text =
      "# Completion of pset3 for bash. Load it with:  source <(./pset3 completion bash)\n"
      "_pset3() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local command= word words=\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n" +
      follow_commands(rows) +
      "  done\n"
      "  case \"$command $previous\" in\n" +
      fmt::format("    {}) COMPREPLY=($(compgen -d -- \"$current\")); return ;;\n",
                  patterns_of(rows, Value::kFolder)) +
      fmt::format("    {}) COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n",
                  patterns_of(rows, Value::kFile));
  text += choice_lines(rows, [](const std::string& choices) {
    return fmt::format("COMPREPLY=($(compgen -W \"{}\" -- \"$current\"))", choices);
  });
  text += "  esac\n  case \"$command\" in\n";
  for (const CommandRow& row : rows) {
    std::vector<std::string> words;
    for (const Word& word : words_of(row, rows, parts)) words.push_back(word.text);
    text += fmt::format("    \"{}\") words=\"{}\" ;;\n", row.path, spaced(words));
  }
  return text +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _pset3 pset3 ./pset3\n";
}

std::string zsh_script(const Rows& rows, const std::vector<std::string>& parts) {
  std::string text =
      "#compdef pset3 ./pset3\n"
      "# Completion of pset3 for zsh. Load it with:  source <(./pset3 completion zsh)\n"
      "_pset3() {\n"
      "  local command= word previous=${words[CURRENT-1]}\n"
      "  local -a known\n"
      "  for word in \"${(@)words[2,CURRENT-1]}\"; do\n" +
      follow_commands(rows) +
      "  done\n"
      "  case \"$command $previous\" in\n" +
      fmt::format("    {}) _files -/; return ;;\n", patterns_of(rows, Value::kFolder)) +
      fmt::format("    {}) _files; return ;;\n", patterns_of(rows, Value::kFile));
  text += choice_lines(rows, [](const std::string& choices) { return "compadd -- " + choices; });
  text += "  esac\n  case \"$command\" in\n";
  for (const CommandRow& row : rows) {
    std::string words;
    for (const Word& word : words_of(row, rows, parts)) {
      std::string description = word.description;
      std::replace(description.begin(), description.end(), '\n', ' ');
      words += " " + quoted(word.text + ":" + description);
    }
    text += fmt::format("    \"{}\") known=({}) ;;\n", row.path, words);
  }
  return text +
         "  esac\n"
         "  _describe 'pset3' known || _files\n"
         "}\n"
         "compdef _pset3 pset3 ./pset3\n";
}

/// The condition under which fish offers what belongs to a command.
std::string fish_condition(const CommandRow& row) {
  if (row.path.empty()) return "__fish_use_subcommand";
  std::string condition;
  std::string rest = row.path + " ";
  for (std::size_t end = 0; (end = rest.find(' ')) != std::string::npos; rest.erase(0, end + 1)) {
    condition += fmt::format("{}__fish_seen_subcommand_from {}", condition.empty() ? "" : "; and ",
                             rest.substr(0, end));
  }
  if (row.subcommands.empty()) return condition;
  return condition + "; and not __fish_seen_subcommand_from " + spaced(row.subcommands);
}

std::string fish_option(const OptionRow& option) {
  std::string text;
  for (const std::string& name : option.names) {
    text += name.rfind("--", 0) == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (option.kind != Value::kNone) text += " -r";
  if (!option.choices.empty()) text += " -f -a " + quoted(spaced(option.choices), "\\'");
  return text;
}

std::string fish_script(const Rows& rows, const std::vector<std::string>& parts) {
  std::string text =
      "# Completion of pset3 for fish. Load it with:  ./pset3 completion fish | source\n";
  for (const CommandRow& row : rows) {
    const std::string start = "complete -c pset3 -n " + quoted(fish_condition(row), "\\'");
    for (const OptionRow& option : row.options) {
      if (option.names.empty()) continue;
      text += start + fish_option(option) + " -d " + quoted(option.description, "\\'") + "\n";
    }
    for (const Word& word : words_of(row, rows, parts)) {
      if (word.text[0] == '-') continue;
      text += start + " -a " + word.text + " -d " + quoted(word.description, "\\'") + "\n";
    }
  }
  return text;
}

}  // namespace

std::string completion_script(const Rows& commands, const std::string& shell,
                              const std::vector<std::string>& parts) {
  if (shell == "zsh") return zsh_script(commands, parts);
  return shell == "fish" ? fish_script(commands, parts) : bash_script(commands, parts);
}

}  // namespace pset3::app
