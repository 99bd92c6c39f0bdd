#include "grader/app/app.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <exception>
#include <string_view>

#include "grader/app/context.hpp"
#include "grader/app/usage.hpp"
#include "grader/base/error.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/base/text.hpp"

namespace pset3::app {
namespace {

constexpr const char* kStudents =
    "Students:  ./pset3 check p1        judge what you have written so far\n"
    "           ./pset3 run p1          do the exercise with your code and draw the pictures\n"
    "           ./pset3 pack            make the archive to hand in\n";
#ifdef PSET3_TEACHING
constexpr const char* kTeaching =
    "TAs:       ./pset3 grade PATH...   grade submissions, hidden checks included\n"
    "           ./pset3 demo            see it all on three examples\n";
#else
constexpr const char* kTeaching = "";
#endif
constexpr const char* kExitStatus =
    "Exit status: 0 done (check: all passed), 1 check found a failure,\n"
    "             2 wrong usage or unreadable input, 3 our own fault.";

int act(const Action& action) {
  try {
    return action();
  } catch (const InputError& error) {
    show_progress("");
    fmt::print(stderr, "pset3: {}\n", printable(error.what()));
    return kBadInput;
  } catch (const Interrupted& interrupted) {
    show_progress("");
    fmt::print(stderr, "pset3: interrupted; what is finished is kept\n");
    // As the shell expects it of a program that a signal has ended.
    std::signal(interrupted.signal, SIG_DFL);
    std::raise(interrupted.signal);
    return kOurFault;
  } catch (const std::exception& error) {
    show_progress("");
    fmt::print(stderr,
               "pset3: {}\n  This is not your fault. `./pset3 doctor` looks for the reason.\n",
               printable(error.what()));
    return kOurFault;
  }
}

}  // namespace

int run(int argc, const char* const* argv, const Registry& registry) {
  std::signal(SIGPIPE, SIG_IGN);
  end_gently_on_signals();
  CLI::App app{"pset3: a computer-vision problem set and its autograder", "./pset3"};
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text);
  app.footer(std::string(kStudents) + kTeaching + kExitStatus);
  Context context(registry);
  Action chosen;
  add_check(app, context, chosen);
  add_run(app, context, chosen);
  add_open(app, chosen);
  add_pack(app, context, chosen);
  add_export(app, context, chosen);
  add_doctor(app, context, chosen);
  add_completion(app, context, chosen);
  add_man(app, context, chosen);
#ifdef PSET3_TEACHING
  add_teaching_verbs(app, context, chosen);
#endif
  if (argc < 2) {
    fmt::print(stderr, "{}", app.help());
    return kBadInput;
  }
  // CLI11 would take a --help behind two dashes for its own.
  const bool passes_on = std::string_view(argv[1]) == "run";
  const char* const* const end =
      passes_on ? std::find(argv, argv + argc, std::string_view("--")) : argv + argc;
  if (end != argv + argc) context.behind_dashes.assign(end + 1, argv + argc);
  argc = static_cast<int>(end - argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    fmt::print(stderr, "pset3: {}\n", explain_usage_error(app, argc, argv, error));
    return kBadInput;
  }
  return act(chosen);
}

}  // namespace pset3::app
