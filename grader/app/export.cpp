#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/report/exports.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct ExportOptions {
  std::string results;
  std::string out;
  bool staff = false;
};

using Renderer = std::string (*)(const json& results, report::Audience audience);

struct Form {
  const char* name;
  const char* what;
  Renderer render;
  bool takes_audience;
  const char* footer;
};

const Form kForms[] = {
    {"junit", "A results.json as JUnit's XML, for GitLab, Jenkins and others", report::to_junit,
     true,
     "Hidden checks are left out unless --staff is given.\n"
     "Examples:\n"
     "  ./pset3 export junit out/grades/ada/results.json --out junit.xml"},
    {"gradescope", "A results.json without pset3's own fields, for Gradescope",
     [](const json& results, report::Audience) {
       return report::to_file_text(report::to_gradescope(results));
     },
     false,
     "Hidden checks are in it; Gradescope hides them itself.\n"
     "Examples:\n"
     "  ./pset3 export gradescope results.json > results/results.json"},
    {"classroom", "A results.json for GitHub Classroom's reporter",
     [](const json& results, report::Audience) {
       return report::to_file_text(report::to_classroom(results));
     },
     false,
     "Hidden checks are left out.\n"
     "Examples:\n"
     "  ./pset3 export classroom results.json --out classroom.json"},
    {"markdown", "A results.json as Markdown, as `check --ci github` writes it",
     [](const json& results, report::Audience) { return report::github_summary(results); }, false,
     "Hidden checks are left out.\n"
     "Examples:\n"
     "  ./pset3 export markdown results.json --out summary.md"},
    {"text", "A results.json as the report that `check` prints",
     [](const json& results, report::Audience audience) {
       return report::to_text(results, audience, {});
     },
     true,
     "Hidden checks are left out unless --staff is given.\n"
     "Examples:\n"
     "  ./pset3 export text out/grades/ada/results.json\n"
     "  ./pset3 export text out/grades/ada/results.json --staff --out for_staff.txt"}};

int export_results(const ExportOptions& options, Renderer render) {
  const json results = json::parse(read_file(options.results), nullptr, false);
  if (results.is_discarded()) {
    throw InputError(options.results +
                     " is no JSON: expected a results.json of `check --json` or `grade`");
  }
  const auto audience = options.staff ? report::Audience::kStaff : report::Audience::kStudent;
  const std::string text = render(results, audience);
  if (options.out.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
  } else {
    make_folder(fs::absolute(options.out).parent_path());
    write_file(options.out, text);
  }
  return kDone;
}

void add_form(CLI::App& verb, const Form& form, Action& chosen) {
  CLI::App* const command = verb.add_subcommand(form.name, form.what);
  const auto options = std::make_shared<ExportOptions>();
  command->add_option("results", options->results, "what `check --json` or `grade` wrote")
      ->required()
      ->type_name("RESULTS.json");
  command->add_option("--out", options->out, "file to write (default: standard output)")
      ->type_name("FILE");
  if (form.takes_audience) command->add_flag("--staff", options->staff, "show hidden checks, too");
  command->footer(form.footer);
  command->callback([&chosen, options, render = form.render] {
    chosen = [options, render] { return export_results(*options, render); };
  });
}

}  // namespace

void add_export(CLI::App& app, Context&, Action& chosen) {
  CLI::App* const verb = app.add_subcommand("export", "Write results in another system's form");
  verb->require_subcommand(1);
  verb->footer(
      "Examples:\n"
      "  ./pset3 export junit out/grades/ada/results.json --out junit.xml\n"
      "  ./pset3 export gradescope --help    what one of the commands takes");
  for (const Form& form : kForms) add_form(*verb, form, chosen);
}

}  // namespace pset3::app
