#include "grader/gradebook/gradebook.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/gradebook/book_text.hpp"
#include "grader/gradebook/sheet.hpp"
#include "tests/gradebook/run_folder.hpp"
#include "tests/report/samples.hpp"

namespace pset3::gradebook {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kWritten = "p1.e";
constexpr const char* kSurvivors = "p1.b.survivors";

/// A gradebook of Amy, all of whose checks pass, and Bob, who fails p1.b.survivors.
class Book : public ::testing::Test {
 protected:
  Book() {
    Gradebook::make(file());
    import("run", {{"amy",
                    { sample("graded_in_full"),
                      hand_in_of("1001", "Amy Adams") }},
                   { "bob",
                     { sample("one_failing"),
                       hand_in_of("1002", "Bob Brown") } }});
  }

  fs::path file() const { return folder_.path() / "book.sqlite"; }
  static report::SubmissionReport sample(const std::string& name) {
    return report::samples::all().at(name);
  }
  Imported import(const std::string& run, const std::map<std::string, SampleRow>& rows) const {
    write_run(folder_.path() / run, rows);
    return Gradebook(file()).import(FinishedRun(folder_.path() / run));
  }
  Grade grade(const std::string& student) const {
    Gradebook book(file());
    grades_.push_back(book.grades_of({book.student(student)}));
    return grades_.back().students.at(0).grade;
  }
  double points(const std::string& student, const std::string& item) const {
    for (const ItemGrade& given : grade(student).items) {
      if (given.item->id == item) return given.points;
    }
    return -1.0;
  }
  void score(const std::string& student, double points) const {
    Gradebook book(file());
    book.add_scores({{book.student(student).id, kWritten, points, ""}}, "ann");
  }
  Sheet load(const std::string& csv) const {
    Gradebook book(file());
    std::vector<StudentRecord> records;
    for (const Student& student : book.students()) records.push_back(book.record(student));
    return read_sheet(csv, book.items(), records);
  }
  std::string sheet() const {
    Gradebook book(file());
    std::vector<StudentRecord> records;
    for (const Student& student : book.students()) records.push_back(book.record(student));
    return sheet_of(book.items(), records);
  }

  TemporaryFolder folder_;

 private:
  mutable std::vector<GradedClass> grades_;  ///< a grade points into its class
};

TEST_F(Book, AddsUpWhatTheGraderFoundAndWhatPeopleGave) {
  EXPECT_DOUBLE_EQ(grade("1001").points, 30.0);
  EXPECT_THAT(grade("1001").open, ElementsAre(kWritten));
  score("1001", 4.5);
  const Grade whole = grade("1001");
  EXPECT_DOUBLE_EQ(whole.points, 34.5);
  EXPECT_DOUBLE_EQ(whole.max_points, 35.0);
  EXPECT_THAT(whole.open, IsEmpty());
  score("1001", 3.0);
  EXPECT_DOUBLE_EQ(grade("1001").points, 33.0);
}

TEST_F(Book, FindsAStudentByNumberAddressOrName) {
  Gradebook book(file());
  for (const char* text : {"1001", "1001@UNI.edu", "amy adams"}) {
    EXPECT_EQ(book.student(text).school_id, "1001") << text;
  }
  EXPECT_THROW(book.student("amy"), InputError);
  EXPECT_THROW(book.student(""), InputError);
}

TEST_F(Book, ImportsTheSameRunOnce) {
  EXPECT_TRUE(Gradebook(file()).import(FinishedRun(folder_.path() / "run")).was_there);
}

TEST_F(Book, TheNewestRunCountsAndWhatPeopleGaveStays) {
  score("1002", 5.0);
  const Imported again =
      import("again", {{"bob", {sample("graded_in_full"), hand_in_of("1002", "Bob Brown")}}});
  EXPECT_EQ(again.new_students, 0U);
  EXPECT_DOUBLE_EQ(grade("1002").points, 35.0);
  EXPECT_DOUBLE_EQ(grade("1001").points, 30.0);
}

TEST_F(Book, ARefusedHandInTakesNothingAwayAndIsFlagged) {
  import("again", {{ "amy", { sample("refused"), hand_in_of("1001", "Amy Adams") } }});
  EXPECT_DOUBLE_EQ(grade("1001").points, 30.0);
  EXPECT_THAT(grade("1001").flags, ElementsAre(HasSubstr("a later hand-in was refused")));
  const GradedClass all = Gradebook(file()).grades();
  EXPECT_THAT(flags_text(all.students),
              ::testing::AllOf(HasSubstr(" Look at    Amy Adams: a later hand-in was refused"),
                               HasSubstr("This clears when"), Not(HasSubstr("Bob Brown"))));
}

TEST_F(Book, ARunWithoutAHandInOfAStudentChangesNothing) {
  report::SubmissionReport nothing;
  nothing.refused = "nothing was handed in";
  import("again", {{"amy",
                    { nothing,
                      hand_in_of("1001", "Amy Adams") }},
                   { "cat",
                     { nothing,
                       hand_in_of("1003", "Cat Clark") } }});
  EXPECT_DOUBLE_EQ(grade("1001").points, 30.0);
  EXPECT_THAT(grade("1001").flags, IsEmpty());
  Gradebook book(file());
  EXPECT_EQ(book.record(book.student("1003")).refused, "nothing was handed in");
}

TEST_F(Book, ShowSaysOnceThatNobodyKnowsHowLateAHandInWas) {
  Policy policy;
  policy.deadlines = {{"pset3", {}, "2026-11-20 23:59"}};
  Gradebook(file()).set_policy(policy);
  nlohmann::json hand_in = hand_in_of("1001", "Amy Adams");
  hand_in["late"] = true;
  import("late", {{ "amy", { sample("graded_in_full"), hand_in } }});
  Gradebook book(file());
  const GradedClass one = book.grades_of({book.student("1001")});
  const std::string text = student_text(one.students.at(0), {});
  const std::size_t first = text.find("marks it as late");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(text.find("marks it as late", first + 1), std::string::npos) << text;
}

TEST_F(Book, AnotherPartOfALaterRunIsAdded) {
  report::SubmissionReport depth = sample("two_parts");
  depth.parts.erase(depth.parts.begin());
  import("depth", {{ "bob", { depth, hand_in_of("1002", "Bob Brown") } }});
  EXPECT_EQ(grade("1002").parts.size(), 2U);
  EXPECT_DOUBLE_EQ(points("1002", "p1.a.side"), 2.0);
}

TEST_F(Book, AnOverrideSurvivesRegradingAndIsFlaggedWhenTheVerdictChanges) {
  {
    Gradebook book(file());
    book.override_points(book.student("1002"), book.item(kSurvivors), 4.0, "ann", "shown to me");
  }
  EXPECT_DOUBLE_EQ(points("1002", kSurvivors), 4.0);
  EXPECT_THAT(grade("1002").flags, IsEmpty());
  import("again", {{ "bob", { sample("graded_in_full"), hand_in_of("1002", "Bob Brown") } }});
  EXPECT_DOUBLE_EQ(points("1002", kSurvivors), 4.0);
  EXPECT_THAT(grade("1002").flags,
              ElementsAre(HasSubstr("in the place of \"failed with 0\"; now the grader says "
                                    "\"passed with 6\"")));
  {
    Gradebook book(file());
    book.override_points(book.student("1002"), book.item(kSurvivors), {}, "ann", "mended");
  }
  EXPECT_DOUBLE_EQ(points("1002", kSurvivors), 6.0);
  EXPECT_THAT(grade("1002").flags, IsEmpty());
}

TEST_F(Book, RefusesPointsThatTheItemDoesNotHave) {
  Gradebook book(file());
  const Student amy = book.student("1001");
  EXPECT_THROW(book.add_scores({{amy.id, kWritten, 5.5, ""}}, "ann"), InputError);
  EXPECT_THROW(book.add_scores({{amy.id, kWritten, -1, ""}}, "ann"), InputError);
  EXPECT_THROW(book.add_scores({{amy.id, kSurvivors, 1, ""}}, "ann"), InputError);
  EXPECT_THROW(book.add_scores({{amy.id, "p9.z", 1, ""}}, "ann"), InputError);
  EXPECT_THROW(book.add_scores({{amy.id, kWritten, 1, ""}}, ""), InputError);
  EXPECT_THROW(book.override_points(amy, book.item(kSurvivors), 1.0, "ann", ""), InputError);
}

TEST_F(Book, TakesOffWhatBeingLateCosts) {
  Policy policy;
  policy.deadlines = {{"pset3", {}, "2026-11-20 23:59"}};
  policy.percent_per_day = 10.0;
  Gradebook(file()).set_policy(policy);
  import("late",
         {{ "amy",
            { sample("graded_in_full"),
              hand_in_of("1001", "Amy Adams", "2026-11-21 12:00:00 Z") } }});
  score("1001", 5.0);
  EXPECT_DOUBLE_EQ(grade("1001").points, 31.5);  // 35 less 10 %
  {
    Gradebook book(file());
    book.extend(book.student("1001"), "pset3", {1, "", "ann", "ill"});
    EXPECT_THROW(book.extend(book.student("1001"), "pset4", {1, "", "ann", "ill"}), InputError);
  }
  EXPECT_DOUBLE_EQ(grade("1001").points, 35.0);
  {
    Gradebook book(file());
    book.set_time(book.student("1001"), "pset3", "2026-11-23 12:00", "ann");
  }
  EXPECT_DOUBLE_EQ(grade("1001").points, 28.0);  // two days after the extension
}

TEST_F(Book, AGroupsHandInCountsForEachMember) {
  nlohmann::json hand_in = {
      {"identities", {"gradescope:1001,1003"}},
      {"students",
       {{{"id", "1001"}, {"name", "Amy Adams"}}, {{"id", "1003"}, {"name", "Cat Clark"}}}}};
  import("group", {{ "amy_cat", { sample("one_failing"), hand_in } }});
  EXPECT_DOUBLE_EQ(points("1001", kSurvivors), 0.0);
  EXPECT_DOUBLE_EQ(grade("1003").points, grade("1001").points);
  EXPECT_THAT(Gradebook(file()).faults(), IsEmpty());
}

TEST_F(Book, SheetIsReadBackAsItWasWritten) {
  score("1001", 4.5);
  const Sheet same = load(sheet());
  EXPECT_THAT(same.faults, IsEmpty());
  EXPECT_THAT(same.scores, IsEmpty());
  EXPECT_EQ(same.unchanged, 1U);
}

TEST_F(Book, SheetTakesDecimalCommasAndFormulasInComments) {
  const Sheet sheet = load("student;p1.e (5 points);p1.e comment\n1002;2,5;'=why?\n");
  EXPECT_THAT(sheet.faults, IsEmpty());
  ASSERT_EQ(sheet.scores.size(), 1U);
  EXPECT_DOUBLE_EQ(sheet.scores[0].points, 2.5);
  EXPECT_EQ(sheet.scores[0].comment, "=why?");
}

TEST_F(Book, SheetTellsEveryFaultWithItsLine) {
  const Sheet sheet = load(
      "student,p1.e,p1.e comment\n1001,six,\n1002,6,\n9999,1,\n1002,1,\n\n"
      "Amy Adams,1,\n");
  std::vector<std::string> faults;
  for (const SheetFault& fault : sheet.faults) {
    faults.push_back(std::to_string(fault.line) + ": " + fault.what);
  }
  EXPECT_THAT(faults, ElementsAre(HasSubstr("2: p1.e: expected points, found \"six\""),
                                  HasSubstr("3: p1.e: expected 0 to 5 points, found 6"),
                                  HasSubstr("4: there is no student \"9999\""),
                                  HasSubstr("5: 1002 stands in line 3 too"),
                                  HasSubstr("7: Amy Adams stands in line 2 too")));
  EXPECT_THROW(load("name,points\nAmy,1\n"), InputError);
}

TEST_F(Book, SheetRefusesAnotherStudentsName) {
  const Sheet sheet = load("student,name,p1.e\n1001,Bob Brown,1\n1002,Amy Adams,2\n");
  std::vector<std::string> faults;
  for (const SheetFault& fault : sheet.faults) {
    faults.push_back(std::to_string(fault.line) + ": " + fault.what);
  }
  EXPECT_THAT(faults, ElementsAre("2: 1001 is Amy Adams, the line says Bob Brown",
                                  "3: 1002 is Bob Brown, the line says Amy Adams"));
  EXPECT_THAT(load("student,name,p1.e\n1001,\" adams,  AMY\",3\n1002,,4\n").faults, IsEmpty());
}

TEST_F(Book, SheetCountsWhatIsLeftOpen) {
  score("1001", 4.5);
  const Sheet bobs = load("student,p1.e\n1002,\n");
  EXPECT_EQ(bobs.left_open, 1U);
  EXPECT_EQ(bobs.left_as_is, 0U);
  const Sheet amys = load("student,p1.e\n1001,\n");
  EXPECT_EQ(amys.left_open, 0U);
  EXPECT_EQ(amys.left_as_is, 1U);
}

TEST_F(Book, ShowsHowEachPointCameAbout) {
  Gradebook book(file());
  book.add_scores({{book.student("1002").id, kWritten, 3.0, "and the hull?"}}, "ann");
  const GradedClass one = book.grades_of({book.student("1002")});
  const GradedStudent& bob = one.students.at(0);
  const std::string text = student_text(bob, {});
  EXPECT_THAT(text, HasSubstr("p1.b.survivors: failed"));
  EXPECT_THAT(text, HasSubstr("p1.e: by ann"));
  EXPECT_THAT(text, HasSubstr("p1.e: and the hull? (ann)"));
  EXPECT_THAT(book_table({bob}, {}), HasSubstr("Bob Brown"));
}

TEST_F(Book, FindsContradictionsAndDamage) {
  EXPECT_THAT(Gradebook(file()).faults(), IsEmpty());
  {
    SQLite::Database raw(file().string(), SQLite::OPEN_READWRITE);
    raw.exec("INSERT INTO scores (student, item, points, author) VALUES (77, 'p1.e', 9, 'x')");
  }
  EXPECT_THAT(
      Gradebook(file()).faults(),
      ::testing::UnorderedElementsAre("a row of scores names a row of students that is not there",
                                      "more points than the item has: p1.e"));
}

TEST(GradebookFile, IsToldFromOtherFiles) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "x.sqlite";
  EXPECT_THROW(Gradebook{file}, InputError);
  write_file(
      file, "no database at all, but long enough to be looked at as one: " + std::string(200, 'x'));
  EXPECT_THROW(Gradebook{file}, InputError);
  fs::remove(file);
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE a (b)");
  EXPECT_THROW(Gradebook{file}, InputError);
  EXPECT_THROW(Gradebook::make(file), InputError);
}

TEST(GradebookFile, ANewerOneIsRefused) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "x.sqlite";
  Gradebook::make(file);
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  EXPECT_THROW(Gradebook{file}, InputError);
}

TEST(Migration, KeepsACopyOfWhatWasThere) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "x.sqlite";
  Gradebook::make(file);
  SQLite::Database database = open_database(file, false);
  database.exec("INSERT INTO settings VALUES ('course', 'vision')");
  Migrations more = gradebook_migrations();
  const std::string next = std::to_string(more.size() + 1);
  more.push_back("ALTER TABLE settings ADD COLUMN more TEXT NOT NULL DEFAULT 'new'");
  const auto backups = migrate(database, file, more);
  EXPECT_THAT(backups, ElementsAre(fs::path(file.string() + ".before_version_" + next)));
  EXPECT_EQ(database.execAndGet("SELECT value || more FROM settings").getString(), "visionnew");
  SQLite::Database old = open_database(backups.at(0), false);
  EXPECT_EQ(old.execAndGet("SELECT value FROM settings").getString(), "vision");
  EXPECT_THAT(migrate(database, file, more), IsEmpty());
}

TEST(Migration, AFaultyOneChangesNothing) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "x.sqlite";
  Gradebook::make(file);
  SQLite::Database database = open_database(file, false);
  Migrations more = gradebook_migrations();
  const auto version = static_cast<int>(more.size());
  more.push_back("CREATE TABLE half (a); SELECT no_such_function()");
  EXPECT_THROW(migrate(database, file, more), SQLite::Exception);
  EXPECT_EQ(database.execAndGet("PRAGMA user_version").getInt(), version);
  EXPECT_FALSE(database.tableExists("half"));
}

/// Runs something in a process of its own. @returns its number
pid_t in_child(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    work();
  } catch (...) {  // must not go on with the tests
    ::_exit(1);
  }
  ::_exit(0);
}

TEST_F(Book, TwoPeopleMayWriteAtOnce) {
  constexpr int kEach = 30;
  std::vector<pid_t> children;
  for (const char* author : {"ann", "ben"}) {
    children.push_back(in_child([&] {
      for (int i = 0; i < kEach; ++i) {
        Gradebook book(file());
        book.add_comment(book.student("1001"), {"", std::to_string(i), author});
      }
    }));
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  Gradebook book(file());
  EXPECT_EQ(book.record(book.student("1001")).comments.size(), 2U * kEach);
}

TEST_F(Book, KilledAtAnyMomentItIsWholeAndHasAllOfASheetOrNothing) {
  std::mt19937 random(20261129);
  int unfinished = 0;
  for (int round = 0; round < 25; ++round) {
    const pid_t child = in_child([&] {
      for (double points = 0.0;; points = points < 5.0 ? points + 0.5 : 0.0) {
        Gradebook book(file());
        const std::int64_t amy = book.student("1001").id;
        const std::int64_t bob = book.student("1002").id;
        book.add_scores({{amy, kWritten, points, "x"}, {bob, kWritten, points, "x"}}, "ann");
      }
    });
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<int>(0, 40'000)(random)));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    Gradebook book(file());
    ASSERT_THAT(book.faults(), IsEmpty()) << "round " << round;
    const auto amy = book.record(book.student("1001")).scores;
    const auto bob = book.record(book.student("1002")).scores;
    ASSERT_EQ(amy.count(kWritten), bob.count(kWritten));
    unfinished += amy.empty() ? 1 : 0;
    if (!amy.empty()) ASSERT_EQ(amy.at(kWritten).points, bob.at(kWritten).points);
  }
  EXPECT_LT(unfinished, 25) << "no child was ever quick enough to store anything";
}

TEST_F(Book, KilledWhileItImportsItHasTheRunOrNothingOfIt) {
  std::map<std::string, SampleRow> rows;
  for (int i = 0; i < 40; ++i) {
    const std::string id = std::to_string(2000 + i);
    rows["s" + id] = {sample("one_failing"), hand_in_of(id, "Student " + id)};
  }
  write_run(folder_.path() / "many", rows);
  std::mt19937 random(7);
  for (int round = 0; round < 12; ++round) {
    const pid_t child =
        in_child([&] { Gradebook(file()).import(FinishedRun(folder_.path() / "many")); });
    std::this_thread::sleep_for(
        std::chrono::microseconds(std::uniform_int_distribution<int>(0, 60'000)(random)));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    Gradebook book(file());
    ASSERT_THAT(book.faults(), IsEmpty()) << "round " << round;
    ASSERT_THAT(book.students().size(), ::testing::AnyOf(2U, 42U)) << "round " << round;
  }
  Gradebook(file()).import(FinishedRun(folder_.path() / "many"));
  EXPECT_EQ(Gradebook(file()).students().size(), 42U);
}

}  // namespace
}  // namespace pset3::gradebook
