#include "grader/app/gradebook.hpp"

#include <cstdlib>

#include "grader/app/context.hpp"

namespace pset3::app {
namespace {

using Options = std::shared_ptr<BookOptions>;
using Act = int (*)(const BookOptions&);

/// Whoever is at the keyboard, as far as the system knows.
std::string login_name() {
  for (const char* variable : {"USER", "LOGNAME"}) {
    const char* const value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return value;
  }
  return "";
}

/// Adds the commands of `pset3 gradebook`, one after the other.
class BookVerbs {
 public:
  BookVerbs(CLI::App& book, Action& chosen) : book_(book), chosen_(chosen) {}

  CLI::App& add(const char* name, const char* what, Act act, const char* examples) {
    CLI::App* const verb = book_.add_subcommand(name, what);
    verb->add_option("--book", options_->book, "the gradebook's file")
        ->type_name("FILE")
        ->capture_default_str();
    verb->footer(std::string("Examples:\n") + examples);
    verb->callback([this_options = options_, &chosen = chosen_, act] {
      chosen = [this_options, act] { return act(*this_options); };
    });
    return *verb;
  }

  void student(CLI::App& verb) {
    verb.add_option("student", options_->student, "school's number, e-mail address or whole name")
        ->required()
        ->type_name("STUDENT");
  }
  void item(CLI::App& verb) {
    verb.add_option("item", options_->item, "check or written question, such as p1.e.written")
        ->required()
        ->type_name("ITEM");
  }
  void points(CLI::App& verb) { verb.add_option("points", options_->points)->type_name("POINTS"); }
  void deadline(CLI::App& verb) {
    verb.add_option("deadline", options_->deadline, "its name in the policy")
        ->required()
        ->type_name("DEADLINE");
  }
  void author(CLI::App& verb) {
    options_->author = login_name();
    verb.add_option("--by", options_->author, "who enters this")
        ->type_name("NAME")
        ->capture_default_str();
  }
  void reason(CLI::App& verb) {
    verb.add_option("--reason", options_->text, "why; the student may read it")->type_name("TEXT");
  }

  BookOptions& options() { return *options_; }

 private:
  CLI::App& book_;
  Action& chosen_;
  Options options_ = std::make_shared<BookOptions>();
};

void add_files(BookVerbs& verbs) {
  CLI::App& init = verbs.add("init", "Make an empty gradebook", book_init,
                             "  ./pset3 gradebook init\n"
                             "  ./pset3 gradebook init --roster class.csv --policy policy.json");
  init.add_option("--roster", verbs.options().roster, "class list, as `grade --roster` takes it")
      ->type_name("FILE");
  init.add_option("--policy", verbs.options().file, "what being late costs")->type_name("FILE");
  verbs
      .add("import", "Import the results of a grading run", book_import,
           "  ./pset3 gradebook import grades\n"
           "The newest run counts, for each part alone. What people entered stays.")
      .add_option("run", verbs.options().run, "the folder that `grade --out` wrote")
      ->required()
      ->type_name("RUN");
  verbs
      .add("show", "Show the class, or how each point of a student came about", book_show,
           "  ./pset3 gradebook show\n"
           "  ./pset3 gradebook show 1001")
      .add_option("student", verbs.options().student,
                  "school's number, e-mail address or whole name")
      ->type_name("STUDENT");
  verbs.add("check", "Look for damage and contradictions", book_check, "  ./pset3 gradebook check");
  verbs
      .add("backup", "Copy the gradebook, also while others work on it", book_backup,
           "  ./pset3 gradebook backup monday.sqlite")
      .add_option("file", verbs.options().file)
      ->required()
      ->type_name("FILE");
}

void add_scores(BookVerbs& verbs) {
  CLI::App& score =
      verbs.add("score", "Give points for a written question", book_score,
                "  ./pset3 gradebook score 1001 p1.e.written 4.5 --by ann\n"
                "  ./pset3 gradebook score amy@uni.edu p1.e.written 3 --comment \"Why?\" --by ann");
  verbs.student(score);
  verbs.item(score);
  verbs.points(score);
  score.get_option("points")->required();
  score.add_option("--comment", verbs.options().text, "for the student")->type_name("TEXT");
  verbs.author(score);
  verbs
      .add("sheet", "Write a table of the written questions to fill in", book_sheet,
           "  ./pset3 gradebook sheet --out written.csv")
      .add_option("--out", verbs.options().file, "table to write, .csv")
      ->required()
      ->type_name("FILE");
  CLI::App& load = verbs.add("load", "Take a table that was filled in: all lines or none",
                             book_load, "  ./pset3 gradebook load written.csv --by ann");
  load.add_option("file", verbs.options().file, "what `sheet` wrote, filled in")
      ->required()
      ->type_name("FILE");
  verbs.author(load);
  CLI::App& comment =
      verbs.add("comment", "Write something to a student", book_comment,
                "  ./pset3 gradebook comment 1001 \"Come to the office hour\" --by ann\n"
                "  ./pset3 gradebook comment 1001 \"Nice proof\" --item p1.e.written --by ann");
  verbs.student(comment);
  comment.add_option("text", verbs.options().text)->required()->type_name("TEXT");
  comment.add_option("--item", verbs.options().item, "what it is about")->type_name("ITEM");
  verbs.author(comment);
}

void add_decisions(BookVerbs& verbs) {
  CLI::App& instead = verbs.add(
      "override", "Give other points than the grader", book_override,
      "  ./pset3 gradebook override 1001 p1.b.survivors 3 --reason \"shown in the office hour\" "
      "--by ann\n"
      "  ./pset3 gradebook override 1001 p1.b.survivors --withdraw --reason \"mended\" --by ann\n"
      "It stays when the class is graded again, and is flagged when the grader's verdict changes.");
  verbs.student(instead);
  verbs.item(instead);
  verbs.points(instead);
  instead.add_flag("--withdraw", verbs.options().withdraw, "take the grader's points again");
  verbs.reason(instead);
  verbs.author(instead);
  CLI::App& extend = verbs.add(
      "extension", "Give a student more time", book_extend,
      "  ./pset3 gradebook extension 1001 first --days 2 --reason \"ill, has a note\" --by ann\n"
      "  ./pset3 gradebook extension 1001 first --until \"2026-11-25 12:00\" --reason \"ill\" --by "
      "ann\n"
      "first is the deadline's name in the policy: `pset3 gradebook policy` shows it.");
  verbs.student(extend);
  verbs.deadline(extend);
  extend.add_option("--days", verbs.options().days, "calendar days after the deadline")
      ->check(CLI::Range(0, 1000));
  extend.add_option("--until", verbs.options().at, "in the policy's zone")->type_name("TIME");
  verbs.reason(extend);
  verbs.author(extend);
  CLI::App& time =
      verbs.add("time", "Say when a student handed in, where the platform does not", book_time,
                "  ./pset3 gradebook time 1001 first \"2026-11-21 08:30\" --by ann\n"
                "first is the deadline's name in the policy: `pset3 gradebook policy` shows it.");
  verbs.student(time);
  verbs.deadline(time);
  time.add_option("at", verbs.options().at)->required()->type_name("TIME");
  verbs.author(time);
  verbs
      .add("policy", "Set or show what being late costs", book_policy,
           "  ./pset3 gradebook policy policy.json\n"
           "  ./pset3 gradebook policy\n"
           "A policy, whose fields but zone and deadlines may be left out:\n"
           "  {\"zone\": \"America/Los_Angeles\",\n"
           "   \"deadlines\": [{\"name\": \"first\", \"parts\": [\"p0\", \"p1\"], \"due\": "
           "\"2026-11-20 23:59\"},\n"
           "                 {\"name\": \"second\", \"parts\": [\"p2\", \"p3\", \"p4\"], \"due\": "
           "\"2026-12-04 23:59\"}],\n"
           "   \"grace_minutes\": 15, \"free_days\": 3, \"percent_per_day\": 10, \"cap_percent\": "
           "50,\n"
           "   \"latest_days\": 7, \"round_to\": 0.01}")
      .add_option("file", verbs.options().file)
      ->type_name("FILE");
}

}  // namespace

void add_gradebook(CLI::App& app, Action& chosen) {
  CLI::App* const book = app.add_subcommand("gradebook", "Keep the grades of a class in one place");
  book->require_subcommand(1);
  book->footer(
      "A week: init, import after each grading, sheet and load for the written questions, show, "
      "then "
      "export.\n"
      "Several people may work on one gradebook at once, on a disk of this machine (not on a "
      "network "
      "drive).\n"
      "Nothing that was entered is lost: a later entry takes its place.");
  const auto verbs = std::make_shared<BookVerbs>(*book, chosen);
  add_files(*verbs);
  add_scores(*verbs);
  add_decisions(*verbs);
}

}  // namespace pset3::app
