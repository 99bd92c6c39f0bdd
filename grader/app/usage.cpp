#include "grader/app/usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "grader/base/text.hpp"

namespace pset3::app {
namespace {

bool is_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  return near.empty() ? "" : "; did you mean " + near + "?";
}

std::vector<const CLI::App*> subcommands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> verbs_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : subcommands_of(app)) names.push_back(verb->get_name());
  return names;
}

const CLI::App* verb_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* verb : subcommands_of(app)) {
    if (verb->check_name(name)) return verb;
  }
  return nullptr;
}

std::vector<std::string> options_of(const CLI::App& verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

/// The verb that was asked for, and the words behind it.
struct Asked {
  const CLI::App* verb;
  std::string path;
  std::vector<std::string> words;
};

Asked asked_for(const CLI::App& app, int argc, const char* const* argv) {
  Asked asked{&app, "./pset3", {}};
  int i = 1;
  for (; i < argc; ++i) {
    const CLI::App* next = verb_named(*asked.verb, argv[i]);
    if (next == nullptr) break;
    asked.verb = next;
    asked.path += std::string(" ") + argv[i];
  }
  asked.words.assign(argv + i, argv + argc);
  return asked;
}

std::string complaint(const Asked& asked, const CLI::ParseError& error) {
  const std::vector<std::string> verbs = verbs_of(*asked.verb);
  const std::vector<std::string> options = options_of(*asked.verb);
  if (!verbs.empty() && !asked.words.empty() && !is_option(asked.words[0])) {
    return fmt::format("there is no command \"{}\"{}", asked.words[0],
                       suggestion(asked.words[0], verbs));
  }
  for (const std::string& word : asked.words) {
    const std::string name = word.substr(0, word.find('='));
    const bool known = std::find(options.begin(), options.end(), name) != options.end();
    if (is_option(word) && !known) {
      return fmt::format("there is no option \"{}\"{}", name, suggestion(name, options));
    }
  }
  if (!verbs.empty() && asked.words.empty()) return "a command is missing";
  return error.what();
}

}  // namespace

std::string explain_usage_error(const CLI::App& app, int argc, const char* const* argv,
                                const CLI::ParseError& error) {
  const Asked asked = asked_for(app, argc, argv);
  return fmt::format("{}\n  {} --help tells more.", complaint(asked, error), asked.path);
}

}  // namespace pset3::app
