#include <fmt/format.h>

#include "grader/app/author.hpp"
#include "grader/author/calibrate.hpp"
#include "grader/author/fixtures.hpp"
#include "grader/author/selftest.hpp"
#include "grader/author/starter.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;
using Files = std::map<fs::path, std::string>;

int report_stale(const std::vector<std::string>& stale, const char* verb) {
  for (const std::string& line : stale) fmt::print(stderr, "stale: {}\n", line);
  if (stale.empty()) return kDone;
  fmt::print(stderr, "`./pset3 author {}` writes them anew.\n", verb);
  return kCheckFailed;
}

int author_starter(Context& context, const AuthorOptions& options) {
  const pipeline::Course& course = context.course();
  const Files files = author::starter_files(course);
  if (!options.check) {
    write_all(course.home.source, files);
    return kDone;
  }
  std::vector<std::string> stale;
  for (const auto& [name, bytes] : files) {
    const fs::path file = course.home.source / name;
    if (!fs::exists(file) || read_file(file) != bytes) stale.push_back(name.string());
  }
  return report_stale(stale, "starter");
}

int author_fixtures(Context& context, const AuthorOptions& options) {
  const pipeline::Course& course = context.course();
  std::vector<std::string> stale;
  for (const judge::Rubric* rubric : author_parts(course, options.part)) {
    if (options.check) {
      for (const std::string& line :
           author::stale_fixtures(course, *rubric, context.store(), tell_progress)) {
        stale.push_back(rubric->part + ": " + line);
      }
    } else {
      write_all(course.home.source,
                author::fixture_files(course, *rubric, context.store(), tell_progress));
    }
  }
  show_progress("");
  return report_stale(stale, "fixtures");
}

int author_selftest(Context& context, const AuthorOptions& options, const pipeline::Draw& draw) {
  const pipeline::Course& course = context.course();
  bool clean = true;
  for (const judge::Rubric* rubric : author_parts(course, options.part)) {
    const author::SelftestResult result =
        author::selftest(course, *rubric, context.store(), draw, tell_progress);
    show_progress("");
    fmt::print("{}", author::to_text(result));
    clean = clean && result.clean();
  }
  return clean ? kDone : kCheckFailed;
}

int author_calibrate(Context& context, const AuthorOptions& options,
                     const author::CalibrateOptions& draws) {
  const pipeline::Course& course = context.course();
  for (const judge::Rubric* rubric : author_parts(course, options.part)) {
    const pipeline::Calibration calibration =
        author::calibrate(course, *rubric, context.store(), draws, tell_progress);
    show_progress("");
    if (calibration.empty()) continue;
    fmt::print("{}", author::to_text(calibration));
    const fs::path file = fs::path("fixtures") / rubric->folder / "calibration.json";
    write_all(course.home.source, {{file, pipeline::to_json(calibration)}});
  }
  return kDone;
}

}  // namespace

std::vector<const judge::Rubric*> author_parts(const pipeline::Course& course,
                                               const std::string& part) {
  std::vector<const judge::Rubric*> rubrics;
  if (!part.empty()) return {&course.part(part)};
  for (const judge::Rubric& rubric : course.parts) rubrics.push_back(&rubric);
  return rubrics;
}

void write_all(const fs::path& root, const std::map<fs::path, std::string>& files) {
  for (const auto& [name, bytes] : files) {
    fs::create_directories((root / name).parent_path());
    write_file(root / name, bytes);
    fmt::print("wrote {}\n", name.string());
  }
}

void tell_progress(const std::string& what, std::size_t done, std::size_t total) {
  show_progress(fmt::format("[{}/{}] {}", done + 1, total, what));
}

CLI::App* add_author_verb(CLI::App& author, const char* name, const char* what, Context& context,
                          AuthorOptions& options) {
  CLI::App* verb = author.add_subcommand(name, what);
  verb->add_option("--part", options.part, "only this part")->type_name("PART");
  verb->add_flag("--check", options.check, "write nothing, exit 1 when something is stale");
  add_store_option(*verb, context);
  verb->footer(
      fmt::format("Examples:\n  ./pset3 author {0}\n  ./pset3 author {0} --check --part p1", name));
  return verb;
}

void add_author(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* author = app.add_subcommand("author", "For those who write the problem set");
  author->require_subcommand(1);
  author->footer(
      "Examples:\n"
      "  ./pset3 author starter            after an edit of solution/\n"
      "  ./pset3 author fixtures           after an edit of the rubric, a mistake or the "
      "reference\n"
      "  ./pset3 author calibrate          after an edit of what is learnt\n"
      "  ./pset3 author selftest           whether the grader gives everybody their due\n"
      "  ./pset3 author fairness           how often one mistake costs points\n"
      "  ./pset3 author release student    what students get, without any answer\n"
      "  ./pset3 author mutants            whether each changed token of the reference is seen\n"
      "  ./pset3 author further            what reports name beside the selftest's mistakes");
  auto options = std::make_shared<AuthorOptions>();
  auto draw = std::make_shared<pipeline::Draw>(pipeline::Draw{"selftest", "1"});
  add_author_verb(*author, "starter", "Write starter/ from the marked solution", context, *options)
      ->callback([&context, &chosen, options] {
        chosen = [&context, options] { return author_starter(context, *options); };
      });
  add_author_verb(*author, "fixtures", "Write expected arrays and what known mistakes show",
                  context, *options)
      ->callback([&context, &chosen, options] {
        chosen = [&context, options] { return author_fixtures(context, *options); };
      });
  auto draws = std::make_shared<author::CalibrateOptions>();
  CLI::App* calibrate = add_author_verb(*author, "calibrate",
                                        "Measure thresholds of what is learnt", context, *options);
  calibrate->add_option("--draws", draws->reference_draws, "draws for the reference (default 20)")
      ->check(CLI::Range(5, 1000));
  calibrate
      ->add_option("--mistake-draws", draws->mistake_draws, "draws for each mistake (default 5)")
      ->check(CLI::Range(1, 1000));
  calibrate->remove_option(calibrate->get_option("--check"));
  calibrate->footer(
      "Examples:\n  ./pset3 author calibrate\n  ./pset3 author calibrate --part p2 --draws 50");
  calibrate->callback([&context, &chosen, options, draws] {
    chosen = [&context, options, draws] { return author_calibrate(context, *options, *draws); };
  });
  add_measures(*author, context, chosen, options);
  add_release(*author, context, chosen);
  CLI::App* selftest = add_author_verb(
      *author, "selftest", "Grade the reference, the starter, every mistake and every variant",
      context, *options);
  selftest->add_option("--run", draw->run, "name of the draw of hidden cases")->type_name("NAME");
  selftest->remove_option(selftest->get_option("--check"));
  selftest->footer(
      "Exit status: 1 when a mistake or a variant gets other points than it should.\n"
      "Examples:\n"
      "  ./pset3 author selftest\n"
      "  ./pset3 author selftest --part p1 --run 2");
  selftest->callback([&context, &chosen, options, draw] {
    chosen = [&context, options, draw] { return author_selftest(context, *options, *draw); };
  });
}

}  // namespace pset3::app
