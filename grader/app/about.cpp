#include <archive.h>
#include <fmt/format.h>
#include <openssl/crypto.h>

#include <nlohmann/json.hpp>

#include "grader/app/command_table.hpp"
#include "grader/app/context.hpp"

namespace pset3::app {
namespace {

/// What a student may ask for: parts, questions, public checks.
std::vector<std::string> names_to_check(const pipeline::Course& course) {
  std::vector<std::string> names;
  std::set<std::string> questions;
  for (const judge::Rubric& rubric : course.parts) {
    names.push_back(rubric.part);
    for (const judge::CheckSpec& check : rubric.checks) {
      if (check.visibility != judge::Visibility::kPublic) continue;
      const std::string question = judge::question_of(check.id);
      if (questions.insert(question).second) names.push_back(question);
      names.push_back(check.id);
    }
  }
  return names;
}

}  // namespace

std::string version_text() {
  return fmt::format(
      "pset3 {}\n"
      "compiled with   {}\n"
      "libraries       CLI11 {}, fmt {}.{}.{}, {}, nlohmann/json {}.{}.{}, {}\n"
      "submissions     C++17 with {}; Eigen {}, OpenCV {}, LibTorch {}",
      PSET3_VERSION, __VERSION__, CLI11_VERSION, FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
      FMT_VERSION % 100, archive_version_string(), NLOHMANN_JSON_VERSION_MAJOR,
      NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH, OpenSSL_version(OPENSSL_VERSION),
      PSET3_STUDENTS_COMPILER, PSET3_EIGEN_VERSION, PSET3_OPENCV_VERSION, PSET3_TORCH_VERSION);
}

void add_completion(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand("completion", "Print a script that completes commands");
  auto shell = std::make_shared<std::string>();
  verb->add_option("shell", *shell, "whose script")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  verb->footer(
      "Examples:\n"
      "  source <(./pset3 completion bash)      in ~/.bashrc; the same for zsh\n"
      "  ./pset3 completion fish | source       in config.fish");
  verb->callback([&app, &context, &chosen, shell] {
    chosen = [&app, &context, shell] {
      fmt::print("{}",
                 completion_script(command_table(app), *shell, names_to_check(context.course())));
      return kDone;
    };
  });
}

void add_man(CLI::App& app, Context&, Action& chosen) {
  CLI::App* verb = app.add_subcommand("man", "Print the manual page");
  verb->footer("Examples:\n  ./pset3 man | man -l -");
  verb->callback([&app, &chosen] {
    chosen = [&app] {
      fmt::print("{}", manual_page(command_table(app), PSET3_VERSION));
      return kDone;
    };
  });
}

}  // namespace pset3::app
