#include <fmt/color.h>
#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/box/box.hpp"
#include "grader/box/prove.hpp"
#include "grader/build/library_set.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

class Findings {
 public:
  void line(bool good, const std::string& text) {
    fmt::print("  {} {}\n", good ? "ok  " : "BAD ", text);
    good_ = good_ && good;
  }
  /// Runs something that tells its trouble by an exception.
  void attempt(const std::string& what, const std::function<std::string()>& action) {
    try {
      line(true, what + action());
    } catch (const std::exception& error) {
      line(false, what + ": " + error.what());
    }
  }
  bool good() const { return good_; }

 private:
  bool good_ = true;
};

void look_at_programs(Findings& findings) {
  const std::vector<std::string> programs = {build::compiler(), "/usr/bin/mold", "/usr/bin/bwrap",
                                             "/usr/bin/addr2line", "/usr/bin/gnuplot"};
  for (const std::string& program : programs) {
    findings.line(fs::exists(program), program);
  }
}

void look_at_course(Context& context, Findings& findings) {
  findings.attempt("store", [&] { return " in " + context.store().root().string(); });
  findings.attempt("parts", [&] {
    std::string names;
    for (const judge::Rubric& rubric : context.course().parts) {
      names += " " + rubric.part +
               (context.course().has_solution(rubric) ? "" : " (no solution: a student's tree)");
    }
    return names;
  });
  for (const judge::Rubric& rubric : context.course().parts) {
    findings.attempt("toolkit of " + rubric.part, [&] {
      build::prepare_toolkit(context.course().home, rubric.part, rubric.folder, rubric.libraries);
      return std::string(" is ready");
    });
  }
}

int doctor(Context& context) {
  Findings findings;
  fmt::print("Programs\n");
  look_at_programs(findings);
  fmt::print("Box\n");
  const box::Level level = box::probe();
  findings.line(true, fmt::format("level {}", box::name_of(level)));
  for (const std::string& reason : box::why_not_better()) fmt::print("       {}\n", reason);
  for (const box::Finding& finding : box::prove(level)) {
    findings.line(finding.held, finding.tried + ": " + finding.detail);
  }
  fmt::print("Course\n");
  look_at_course(context, findings);
  fmt::print("{}\n", findings.good() ? "All is well." : "Something is wrong: see the lines above.");
  return findings.good() ? kDone : kOurFault;
}

}  // namespace

void add_doctor(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand(
      "doctor", "Look whether this machine can grade, and try to break out of the box");
  add_store_option(*verb, context);
  verb->footer("Exit status: 3 when something is wrong.\nExamples:\n  ./pset3 doctor");
  verb->callback([&context, &chosen] { chosen = [&context] { return doctor(context); }; });
}

}  // namespace pset3::app
