#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "grader/app/context.hpp"
#include "grader/app/gradebook.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"
#include "grader/gradebook/sheet.hpp"
#include "grader/intake/roster.hpp"
#include "grader/report/explain.hpp"

namespace pset3::app {
namespace {

using gradebook::Gradebook;
using gradebook::GradedStudent;
using gradebook::Item;
using gradebook::Student;
using nlohmann::json;

gradebook::Policy read_policy_file(const std::string& file) {
  const json document = json::parse(read_file(file), nullptr, false, true);
  if (document.is_discarded()) throw InputError(file + ": no JSON");
  try {
    return gradebook::read_policy(document);
  } catch (const InputError& error) {
    throw InputError(file + ": " + error.what());
  }
}

std::vector<gradebook::RunPerson> people_on(const std::string& roster) {
  std::vector<gradebook::RunPerson> people;
  for (const intake::Enrolled& enrolled : intake::read_roster(read_file(roster))) {
    const intake::Person& person = enrolled.person;
    gradebook::RunPerson one{person.name, person.id, person.email, person.section,
                             gradebook::keys_of(person.id, person.email)};
    if (one.name.empty()) one.name = person.id.empty() ? person.email : person.id;
    one.keys.push_back("roster:" +
                       (enrolled.keys.empty() ? enrolled.names.at(0) : enrolled.keys.front()));
    people.push_back(std::move(one));
  }
  return people;
}

std::vector<gradebook::StudentRecord> records_of(Gradebook& book) {
  std::vector<gradebook::StudentRecord> records;
  for (const Student& student : book.students()) records.push_back(book.record(student));
  return records;
}

}  // namespace

Gradebook open_book(const std::string& file) {
  Gradebook book(file);
  for (const std::filesystem::path& backup : book.backups()) {
    fmt::print(" Updated    {} is of this pset3's version now; as it was before: {}\n", file,
               backup.string());
  }
  return book;
}

int book_init(const BookOptions& options) {
  // Read first: what is wrong with a file must not leave an empty gradebook behind.
  std::optional<gradebook::Policy> policy;
  if (!options.file.empty()) policy = read_policy_file(options.file);
  std::vector<gradebook::RunPerson> people;
  if (!options.roster.empty()) people = people_on(options.roster);
  Gradebook::make(options.book);
  Gradebook book(options.book);
  if (policy) book.set_policy(*policy);
  const std::size_t count = book.add_students(people);
  fmt::print(" Made       {}{}\n", options.book,
             count > 0 ? ", with " + counted(count, "student") : "");
  fmt::print(" Next       ./pset3 gradebook import RUN, where RUN is what `grade --out` wrote\n");
  return kDone;
}

int book_import(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  const gradebook::Imported done = book.import(gradebook::FinishedRun(options.run));
  for (const std::string& note : done.notes) fmt::print(" Note       {}\n", printable(note));
  if (done.was_there) {
    fmt::print(" Nothing new: {} has been imported as it is\n", options.run);
    return kDone;
  }
  fmt::print(" Imported   {}, {}\n", counted(done.submissions, "graded submission"),
             counted(done.new_students, "new student"));
  const std::string flags = gradebook::flags_text(book.grades().students);
  fmt::print("{}", flags.empty() ? " Next       ./pset3 gradebook show\n" : flags);
  return kDone;
}

int book_show(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  if (!options.student.empty()) {
    const gradebook::GradedClass one = book.grades_of({book.student(options.student)});
    fmt::print("{}", gradebook::student_text(one.students.at(0), terminal_style()));
    return kDone;
  }
  const gradebook::GradedClass all = book.grades();
  if (all.students.empty()) {
    fmt::print("The gradebook has no students yet; `./pset3 gradebook import RUN` brings them.\n");
    return kDone;
  }
  fmt::print("{}", gradebook::book_table(all.students, terminal_style()));
  const std::string flags = gradebook::flags_text(all.students);
  if (!flags.empty()) fmt::print("\n{}", flags);
  return kDone;
}

int book_score(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  const Student student = book.student(options.student);
  book.add_scores({{student.id, book.item(options.item).id, options.points, options.text}},
                  options.author);
  fmt::print(" Stored     {}: {} of {} for {}\n", printable(student.name),
             report::points_text(options.points),
             report::points_text(book.item(options.item).max_points), options.item);
  return kDone;
}

int book_sheet(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  write_file(options.file, gradebook::sheet_of(book.items(), records_of(book)));
  fmt::print(" Wrote      {}; fill it in and bring it back with `./pset3 gradebook load {}`\n",
             options.file, options.file);
  return kDone;
}

int book_load(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  const gradebook::Sheet sheet =
      gradebook::read_sheet(read_file(options.file), book.items(), records_of(book));
  if (!sheet.faults.empty()) {
    for (const gradebook::SheetFault& fault : sheet.faults) {
      fmt::print(stderr, "{}:{}: {}\n", options.file, fault.line, printable(fault.what));
    }
    fmt::print(stderr, "pset3: {}; nothing was stored. Mend the sheet and load it again.\n",
               counted(sheet.faults.size(), "fault"));
    return kBadInput;
  }
  book.add_scores(sheet.scores, options.author);
  fmt::print(" Stored     {}; {} as before; {} left open\n", counted(sheet.scores.size(), "score"),
             sheet.unchanged, sheet.left_open);
  if (sheet.left_as_is > 0) {
    fmt::print(" Note       {} in the sheet: the points that were stored stay\n",
               counted(sheet.left_as_is, "empty cell"));
  }
  return kDone;
}

int book_comment(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  const Student student = book.student(options.student);
  book.add_comment(student, {options.item, options.text, options.author});
  fmt::print(" Stored     a comment for {}\n", printable(student.name));
  return kDone;
}

int book_override(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  const Student student = book.student(options.student);
  const Item item = book.item(options.item);
  book.override_points(student, item,
                       options.withdraw ? std::nullopt : std::optional(options.points),
                       options.author, options.text);
  fmt::print(" Stored     {}: {} {}\n", printable(student.name), item.id,
             options.withdraw ? "is the grader's again"
                              : "has " + report::counted_points(options.points) + " now");
  return kDone;
}

int book_extend(const BookOptions& options) {
  if (options.days == 0 && options.at.empty()) {
    throw InputError("how much longer? Say it with --days N or --until TIME");
  }
  Gradebook book = open_book(options.book);
  const Student student = book.student(options.student);
  book.extend(student, options.deadline, {options.days, options.at, options.author, options.text});
  fmt::print(" Stored     an extension of {} for {}\n", options.deadline, printable(student.name));
  return kDone;
}

int book_time(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  const Student student = book.student(options.student);
  book.set_time(student, options.deadline, options.at, options.author);
  fmt::print(" Stored     {} handed in {} at {}\n", printable(student.name), options.deadline,
             printable(options.at));
  return kDone;
}

int book_policy(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  if (!options.file.empty()) book.set_policy(read_policy_file(options.file));
  const std::optional<gradebook::Policy> policy = book.policy();
  if (!policy) {
    fmt::print(
        "No policy yet: being late costs nothing. `./pset3 gradebook policy --help` shows one.\n");
    return kDone;
  }
  fmt::print("{}\n", gradebook::to_json(*policy).dump(2));
  return kDone;
}

int book_check(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  const std::vector<std::string> faults = book.faults();
  for (const std::string& fault : faults)
    fmt::print(stderr, "{}: {}\n", options.book, printable(fault));
  if (!faults.empty()) {
    fmt::print(stderr, "pset3: {}; take the last backup, or ask for help before you go on.\n",
               counted(faults.size(), "fault"));
    return kCheckFailed;
  }
  std::size_t flags = 0;
  const gradebook::GradedClass graded = book.grades();
  for (const GradedStudent& student : graded.students) flags += student.grade.flags.size();
  fmt::print(" Sound      {}: {}, {} to look at\n", options.book,
             counted(book.students().size(), "student"), counted(flags, "flag"));
  fmt::print("{}", gradebook::flags_text(graded.students));
  return kDone;
}

int book_backup(const BookOptions& options) {
  Gradebook book = open_book(options.book);
  book.back_up(options.file);
  fmt::print(" Copied     {} to {}\n", options.book, options.file);
  return kDone;
}

}  // namespace pset3::app
