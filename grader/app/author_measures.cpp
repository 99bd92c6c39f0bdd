#include <fmt/format.h>

#include "grader/app/author.hpp"
#include "grader/author/fairness.hpp"
#include "grader/author/further.hpp"
#include "grader/author/mutants.hpp"
#include "grader/author/slips.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::app {
namespace {

int author_fairness(Context& context, const AuthorOptions& options,
                    const author::FairnessOptions& how) {
  const pipeline::Course& course = context.course();
  bool fair = true;
  for (const judge::Rubric* rubric : author_parts(course, options.part)) {
    const author::Fairness result =
        author::fairness(course, *rubric, context.store(), how, tell_progress);
    show_progress("");
    fmt::print("{}", author::to_text(result));
    fair = fair && result.reaches_goals();
  }
  return fair ? kDone : kCheckFailed;
}

struct MutantsOutput {
  bool list = false;    ///< only say which there are
  bool every = false;   ///< a line for each
  bool record = false;  ///< write what they show
  bool goals = false;   ///< fail where they are not named, or cost too much, too often
};

int author_mutants(Context& context, const AuthorOptions& options, const author::MutantOptions& how,
                   const MutantsOutput& output) {
  const pipeline::Course& course = context.course();
  bool seen = true;
  for (const judge::Rubric* rubric : author_parts(course, options.part)) {
    if (output.list) {
      for (const author::Mutation& mutation :
           author::mutations_of(course, *rubric, context.store())) {
        fmt::print("{}: {}\n", rubric->part, author::to_text(mutation));
      }
      continue;
    }
    const author::Mutants result =
        author::mutants(course, *rubric, context.store(), how, tell_progress);
    show_progress("");
    fmt::print("{}", author::to_text(result, output.every));
    seen = seen && result.all_seen() && (!output.goals || result.reaches_goals());
    if (!output.record) continue;
    const author::Slips slips = author::slips(course, *rubric, context.store(), result);
    const auto fixtures = std::filesystem::path("fixtures") / rubric->folder;
    write_all(course.home.source,
              {{fixtures / "slips.json", pipeline::slips_text(slips.known)},
               {fixtures / "slip_changes.json", pipeline::slip_changes_text(slips.changes)}});
  }
  return seen ? kDone : kCheckFailed;
}

int author_further(Context& context, const AuthorOptions& options,
                   const author::FurtherOptions& how, bool record) {
  const pipeline::Course& course = context.course();
  bool caught = true;
  for (const judge::Rubric* rubric : author_parts(course, options.part)) {
    const author::Further result =
        author::further(course, *rubric, context.store(), how, tell_progress);
    show_progress("");
    fmt::print("{}", author::to_text(result));
    caught = caught && result.all_caught();
    if (!record) continue;
    const auto known = author::to_record(course, *rubric, context.store(), result);
    write_all(course.home.source,
              {{std::filesystem::path("fixtures") / rubric->folder / "further.json",
                pipeline::slips_text(known)}});
  }
  return caught ? kDone : kCheckFailed;
}

void add_further(CLI::App& author, Context& context, Action& chosen,
                 const std::shared_ptr<AuthorOptions>& options) {
  auto how = std::make_shared<author::FurtherOptions>();
  auto record = std::make_shared<bool>(false);
  how->draw = {"further", "1"};
  CLI::App* verb =
      add_author_verb(author, "further",
                      "Grade the further mistakes, which reports name and the selftest leaves out",
                      context, *options);
  verb->add_option("--sample", how->sample, "so many a part")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  verb->add_flag("--record", *record,
                 "write what they show to fixtures/PART/further.json, so that reports name them")
      ->excludes(verb->get_option("--sample"));
  verb->remove_option(verb->get_option("--check"));
  verb->footer(
      "Exit status: 1 when one loses no points.\n"
      "Examples:\n"
      "  ./pset3 author further --part p1\n"
      "  ./pset3 author further --part p1 --record\n"
      "  ./pset3 author further --sample 3");
  verb->callback([&context, &chosen, options, how, record] {
    chosen = [&context, options, how, record] {
      return author_further(context, *options, *how, *record);
    };
  });
}

void add_fairness(CLI::App& author, Context& context, Action& chosen,
                  const std::shared_ptr<AuthorOptions>& options) {
  auto how = std::make_shared<author::FairnessOptions>();
  how->draw = {"selftest", "1"};  // so what the selftest has run is not run again
  CLI::App* verb = add_author_verb(author, "fairness", "Measure how often one mistake costs points",
                                   context, *options);
  verb->add_option("--pairs", how->pairs, "pairs of mistakes a part (default 20)")
      ->check(CLI::Range(0, 100000));
  verb->add_option("--run", how->draw.run, "name of the draw of hidden cases")->type_name("NAME");
  verb->remove_option(verb->get_option("--check"));
  verb->footer(
      "Exit status: 1 when mistakes cost more than their dearest check too often.\n"
      "Examples:\n"
      "  ./pset3 author fairness --part p1\n"
      "  ./pset3 author fairness --pairs 200");
  verb->callback([&context, &chosen, options, how] {
    chosen = [&context, options, how] { return author_fairness(context, *options, *how); };
  });
}

void add_mutants(CLI::App& author, Context& context, Action& chosen,
                 const std::shared_ptr<AuthorOptions>& options) {
  auto how = std::make_shared<author::MutantOptions>();
  auto output = std::make_shared<MutantsOutput>();
  how->draw = {"mutants", "1"};
  CLI::App* verb = add_author_verb(author, "mutants", "Grade the reference with one token changed",
                                   context, *options);
  verb->add_option("--sample", how->sample, "so many a part, drawn at random")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  verb->add_option("--jobs", how->jobs, "so many at a time (default: the cores)")
      ->check(CLI::Range(1, 64))
      ->type_name("N");
  verb->add_option("--run", how->draw.run, "name of the draw of hidden cases")->type_name("NAME");
  verb->add_flag("--every", output->every, "a line for each, and not only for survivors");
  verb->add_flag("--record", output->record,
                 "write what they show to fixtures/PART/slips.json, so that reports name them")
      ->excludes(verb->get_option("--sample"));
  verb->add_flag("--goals", output->goals,
                 "fail too where fewer are named, or they cost more, than the goals say");
  verb->add_flag("--list", output->list, "grade none, only say which there are");
  verb->remove_option(verb->get_option("--check"));
  verb->footer(
      "Exit status: 1 when one loses nothing and fixtures/PART/equivalent.json does not say why;\n"
      "with --goals also when a goal in the table is not reached.\n"
      "Examples:\n"
      "  ./pset3 author mutants --part p1\n"
      "  ./pset3 author mutants --sample 30 --every\n"
      "  ./pset3 author mutants --part p4 --list\n"
      "  ./pset3 author mutants --part p1 --record");
  verb->callback([&context, &chosen, options, how, output] {
    chosen = [&context, options, how, output] {
      return author_mutants(context, *options, *how, *output);
    };
  });
}

}  // namespace

void add_measures(CLI::App& author, Context& context, Action& chosen,
                  const std::shared_ptr<AuthorOptions>& options) {
  add_fairness(author, context, chosen, options);
  add_mutants(author, context, chosen, options);
  add_further(author, context, chosen, options);
}

}  // namespace pset3::app
