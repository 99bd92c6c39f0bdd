#include "grader/app/app.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"

namespace pset3::app {
namespace {

int act(const Action& action) {
  try {
    return action();
  } catch (const InputError& error) {
    show_progress("");
    fmt::print(stderr, "pset3: {}\n", error.what());
    return kBadInput;
  } catch (const std::exception& error) {
    show_progress("");
    fmt::print(stderr,
               "pset3: {}\n  This is not your fault. `./pset3 doctor` looks for the reason.\n",
               error.what());
    return kOurFault;
  }
}

}  // namespace

int run(int argc, const char* const* argv, const Registry& registry) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app{"pset3: a computer-vision problem set and its autograder", "pset3"};
  app.require_subcommand(1);
  app.set_version_flag("--version", PSET3_VERSION);
  app.footer(
      "Students:  ./pset3 check p1        judge what you have written so far\n"
      "           ./pset3 run p1          do the exercise with your code and draw the pictures\n"
      "TAs:       ./pset3 grade PATH...   grade submissions, hidden checks included\n"
      "           ./pset3 demo            see it all on three examples\n"
      "Exit status: 0 done (check: all passed), 1 check found a failure,\n"
      "             2 wrong usage or unreadable input, 3 our own fault.");
  Context context(registry);
  Action chosen;
  add_check(app, context, chosen);
  add_run(app, context, chosen);
  add_grade(app, context, chosen);
  add_author(app, context, chosen);
  add_doctor(app, context, chosen);
  add_demo(app, context, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kBadInput;
  }
  return act(chosen);
}

}  // namespace pset3::app
