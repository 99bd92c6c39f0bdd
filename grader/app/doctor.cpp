#include <fmt/color.h>
#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"
#include "grader/box/kernel.hpp"
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

/// @returns the first line of what the program says about its version. A file that is there and
/// cannot be run is as bad as none.
std::string version_of(const std::string& program) {
  const ProcessResult said = run_process({program, "--version"}, "/");
  if (said.status != 0) {
    throw InputError(
        fmt::format("it does not run: --version ended with status {}; install its "
                    "package again",
                    said.status));
  }
  return ": " + printable(said.output.substr(0, said.output.find('\n')), 80);
}

void look_at_programs(Findings& findings) {
  const std::vector<std::string> programs = {build::compiler(), "/usr/bin/mold", "/usr/bin/bwrap",
                                             "/usr/bin/addr2line", "/usr/bin/gnuplot"};
  for (const std::string& program : programs) {
    findings.attempt(program, [&] { return version_of(program); });
  }
}

void need_success(const box::BoxExit& exit) {
  if (exit.ending == box::Ending::kExited && exit.code == 0) return;
  throw GraderError(exit.ending == box::Ending::kBoxFailed ? exit.why : printable(exit.err, 400));
}

/// A program from its source to what it prints, each step in a box of its own.
std::string compile_and_run() {
  const TemporaryFolder folder(box::cache_folder(), 0755);
  const fs::path made = folder.path() / "made";
  fs::create_directory(made);
  write_file(folder.path() / "answer.cpp",
             "#include <cstdio>\nint main() { std::printf(\"%d\", 6 * 7); }\n");
  box::BoxSpec compile;
  compile.argv = {build::compiler(), "-fuse-ld=mold", "-o", "/made/answer", "/source/answer.cpp"};
  compile.read_only = {{folder.path(), "/source"}};
  compile.writable = {{made, "/made"}};
  compile.environment = {{"PATH", "/usr/bin"}, {"TMPDIR", "/tmp"}};
  compile.limits.tmp_bytes = 16u << 20;
  need_success(box::run(compile));
  box::BoxSpec start;
  start.argv = {"/made/answer"};
  start.read_only = {{made, "/made"}};
  const box::BoxExit exit = box::run(start);
  need_success(exit);
  if (exit.out != "42") throw GraderError("it printed " + printable(exit.out, 40) + ", not 42");
  return ": done";
}

void look_at_box(box::Level level, Findings& findings) {
  findings.line(true, fmt::format("level {}", box::name_of(level)));
  for (const std::string& reason : box::why_not_better()) fmt::print("       {}\n", reason);
  const std::string remark = box::remark_on_kernel();
  if (!remark.empty()) fmt::print("  note {}\n", remark);
  for (const box::Finding& finding : box::prove(level)) {
    findings.line(finding.held, finding.tried + ": " + finding.detail);
  }
  findings.attempt("compile and run a program", compile_and_run);
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

/// What people can do with a box that holds at this level.
std::string allowed_at(box::Level level) {
  if (level >= box::Level::kNamespaces) {
    return "This machine can check, run and grade, hidden checks included.";
  }
  return fmt::format(
      "This machine can only make boxes of {}. `check`, `run` and `grade --public-only` work.\n"
      "Hidden checks need L2: `grade` refuses them here. See above why there is no L2, or say\n"
      "--trust-submissions if you know the authors.",
      box::name_of(level));
}

int doctor(Context& context) {
  Findings findings;
  fmt::print("Programs\n");
  look_at_programs(findings);
  fmt::print("Box\n");
  const box::Level level = box::probe();
  look_at_box(level, findings);
  fmt::print("Course\n");
  look_at_course(context, findings);
  const bool strong = level >= box::Level::kNamespaces;
  if (findings.good() && strong) fmt::print("All is well. ");
  if (!findings.good()) fmt::print("Something is wrong: see the lines that say BAD.\n");
  if (findings.good() || !strong) fmt::print("{}\n", allowed_at(level));
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
