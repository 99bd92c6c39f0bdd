#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "grader/app/pages.hpp"
#include "grader/base/error.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

/// @returns the page that a path means: itself, or the class's or the submission's in a folder.
fs::path page_at(const fs::path& path) {
  if (fs::is_regular_file(path)) return path;
  for (const char* name : {kClassPage, kStaffPage, kReportPage}) {
    if (fs::is_regular_file(path / name)) return path / name;
  }
  throw InputError(fmt::format(
      "no HTML report at {}: expected a page, or a folder with {}, {} or {}. `./pset3 grade PATH` "
      "writes them into out/grades, `./pset3 check --html FILE` writes one",
      path.string(), kClassPage, kStaffPage, kReportPage));
}

/// Hands a page to the desktop's browser. @returns whether something took it.
bool show(const fs::path& page) {
  const char* browser = std::getenv("BROWSER");
  const std::string opener = browser != nullptr && *browser != '\0' ? browser : "xdg-open";
  const std::string file = fs::absolute(page).string();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(STDERR_FILENO, STDOUT_FILENO);  // what is printed here is the page's path alone
    ::execlp(opener.c_str(), opener.c_str(), file.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = -1;
  if (child > 0) ::waitpid(child, &status, 0);
  return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int open(const fs::path& path) {
  const fs::path page = page_at(path);
  fmt::print("{}\n", page.string());
  std::fflush(stdout);
  if (show(page)) return kDone;
  fmt::print(stderr, "pset3: no browser could be started here; open the file above yourself\n");
  return kDone;
}

}  // namespace

void add_open(CLI::App& app, Action& chosen) {
  CLI::App* verb = app.add_subcommand("open", "Show an HTML report in the browser");
  auto path = std::make_shared<std::string>("out/grades");
  verb->add_option("path", *path, "a page, or a folder that was graded into")
      ->type_name("PATH")
      ->capture_default_str();
  verb->footer(
      "Starts the program in the variable BROWSER, or else xdg-open, and prints the page's path.\n"
      "Examples:\n"
      "  ./pset3 open                      the class in out/grades\n"
      "  ./pset3 open out/grades/alice     one submission\n"
      "  ./pset3 open report.html");
  verb->callback([&chosen, path] { chosen = [path] { return open(*path); }; });
}

}  // namespace pset3::app
