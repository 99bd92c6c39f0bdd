#include "grader/gradebook/exports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "grader/gradebook/student_grade.hpp"

namespace pset3::gradebook {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Instant kBefore = Zone().read("2026-11-20 23:58", Zone::OfTwo::kLater);
const Instant kAfter = Zone().read("2026-11-21 12:00", Zone::OfTwo::kLater);

Student student(const std::string& name, const std::string& id, const std::string& email) {
  return {0, name, id, email, "A"};
}

/// Amy has 6 + 4 points, Bob's name is a formula, and he has nothing.
class Exports : public ::testing::Test {
 protected:
  Exports() {
    request_.items = {{"p1.b.survivors", "p1", "Survivors", 6.0, false, false, false},
                      {"p1.b.extra", "p1", "More", 0.0, false, true, false},
                      {"p1.e.written", "p1", "Why", 5.0, true, false, false}};
    StudentRecord amy;
    amy.student = student("Amy Adams", "u1001", "amy@uni.edu");
    amy.keys = {"canvas:adamsamy:1001", "id:u1001", "moodle:Amy Adams:77"};
    amy.parts["p1"] = {"run",
                       "Amy_Adams",
                       "amy.json",
                       {"2026-11-21 01:02:03", false, ""},
                       "adamsamy_LATE_1001_50001_carve-1.cpp",
                       ""};
    amy.judged["p1.b.survivors"] = {judge::Verdict::kPassed, 6.0};
    amy.scores["p1.e.written"] = {4.0, "ann", "=see me"};
    StudentRecord bob;
    bob.student = student("=cmd()", "u1002", "bob@uni.edu");
    bob.refused = "nothing was handed in";
    request_.now = kAfter;
    policy_.deadlines = {{"pset3", {}, "2026-11-20 23:59"}};
    policy_.percent_per_day = 10.0;
    for (const StudentRecord& record : {amy, bob}) {
      request_.students.push_back({record, grade_of(request_.items, record, policy_)});
    }
  }

  static std::vector<std::vector<std::string>> cells(const Export& made) {
    std::vector<std::vector<std::string>> lines;
    for (const CsvLine& line : read_csv(made.bytes).lines) lines.push_back(line.cells);
    return lines;
  }
  void roster(const std::string& csv) { request_.roster = read_csv(csv); }

  /// Amy handed in in time; a hidden check gave 2 of 3; somebody gave points by hand.
  GradedStudent amy_in_time() {
    request_.items.insert(request_.items.begin() + 1,
                          {"p1.b.hidden", "p1", "More inputs", 3.0, false, false, true});
    StudentRecord amy = request_.students[0].record;
    amy.parts["p1"].time.at = "2026-11-20 12:00";
    amy.judged["p1.b.survivors"] = {judge::Verdict::kFailed, 1.0};
    amy.judged["p1.b.hidden"] = {judge::Verdict::kPartial, 2.0};
    amy.overrides["p1.b.survivors"] = {4.0, "ann", "shown in the office hour",
                                       amy.judged["p1.b.survivors"]};
    return {amy, grade_of(request_.items, amy, policy_)};
  }

  Policy policy_;
  ExportRequest request_;
};

// canvas-lms, lib/gradebook_importer.rb (commit 00b222d7): the first cells name "Student" and "ID",
// perhaps "SIS User ID" and "SIS Login ID", the column before the assignments "Section"; a line
// with "Points Possible" in its first cell describes assignments. Students are found by ID, else
// by the two SIS columns, else by name.
TEST_F(Exports, CanvasGetsTheColumnsThatItsImporterAsksFor) {
  request_.questions = true;
  EXPECT_THAT(
      cells(canvas_csv(request_)),
      ElementsAre(ElementsAre("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "pset3",
                              "pset3 p1.b", "pset3 p1.e"),
                  ElementsAre("Points Possible", "", "", "", "", "11", "6", "5"),
                  ElementsAre("Amy Adams", "1001", "u1001", "amy@uni.edu", "A", "9", "6", "4"),
                  ElementsAre("'=cmd()", "", "u1002", "bob@uni.edu", "A", "0", "0", "0")));
}

TEST_F(Exports, CanvasKeepsTheColumnsOfItsOwnExport) {
  request_.assignment = "Problem set 3";
  roster(
      "Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,Problem set 3 (4711),Final "
      "Score\n"
      "    Points Possible,,,,,,10,(read only)\n"
      "\"Adams, Amy\",1001,x,aa1,,\"S1, S2\",,\n"
      "\"Dent, Arthur\",42,y,ad,,S1,,\n");
  const Export made = canvas_csv(request_);
  EXPECT_THAT(cells(made),
              ElementsAre(ElementsAre("Student", "ID", "SIS User ID", "SIS Login ID",
                                      "Integration ID", "Section", "Problem set 3 (4711)"),
                          ElementsAre("Points Possible", "", "", "", "", "", "11"),
                          ElementsAre("Adams, Amy", "1001", "x", "aa1", "", "S1, S2", "9"),
                          ElementsAre("Dent, Arthur", "42", "y", "ad", "", "S1", "")));
  EXPECT_EQ(made.students, 1U);
  EXPECT_THAT(made.notes, Contains(HasSubstr("=cmd() is in the gradebook and not on the roster")));
}

// The same file: an empty cell in the place of a grade is a change, and the grade is gone.
TEST_F(Exports, CanvasKeepsTheGradesOfThoseWhoAreNotInTheGradebook) {
  request_.assignment = "Problem set 3";
  roster(
      "Student,ID,SIS User ID,SIS Login ID,Section,Problem set 3 (retake) (9),Problem set 3 "
      "(4711)\n"
      "Points Possible,,,,,10,10\n"
      "\"Adams, Amy\",1001,x,aa1,S1,,1\n"
      "\"Dent, Arthur\",42,y,ad,S1,3,7.5\n");
  const auto lines = cells(canvas_csv(request_));
  EXPECT_THAT(lines.at(0), ElementsAre("Student", "ID", "SIS User ID", "SIS Login ID", "Section",
                                       "Problem set 3 (4711)"));
  EXPECT_EQ(lines.at(2).at(5), "9");
  EXPECT_EQ(lines.at(3).at(5), "7.5");
  request_.assignment = "pset3";
  EXPECT_THAT(canvas_csv(request_).notes,
              Contains(HasSubstr("no column \"pset3\": Canvas makes a new assignment")));
}

TEST_F(Exports, CanvasRosterNeedsItsColumns) {
  roster("Name,ID\nAmy,1\n");
  EXPECT_THROW(canvas_csv(request_), InputError);
}

// moodle, mod/assign/feedback/offline/importgradeslib.php (commit 452e36fc): it needs Identifier,
// Grade and Last modified (grade), and reads Feedback comments.
TEST_F(Exports, MoodlesWorksheetIsFilledInAndKeepsItsOtherColumns) {
  roster(
      "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last "
      "modified "
      "(submission),Last modified (grade),Feedback comments\n"
      "Participant 77,Amy Adams,,Submitted,,10,Yes,-,-,\n"
      "Participant 78,Arthur Dent,,No,,10,Yes,-,-,keep\n");
  const Export made = moodle_csv(request_);
  const auto lines = cells(made);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1][4], "9");
  EXPECT_EQ(made.students, 1U);
  EXPECT_THAT(lines[1][9], HasSubstr("1 day at 10 %"));
  EXPECT_THAT(lines[2], ElementsAre("Participant 78", "Arthur Dent", "", "No", "", "10", "Yes", "-",
                                    "-", "keep"));
  EXPECT_THAT(made.notes,
              Contains(HasSubstr("Moodle's maximum is 10, and the problem set has 11")));
}

TEST_F(Exports, MoodlesGradebookTellsStudentsByNumberOrAddress) {
  EXPECT_THAT(cells(moodle_csv(request_)).at(0),
              ElementsAre("ID number", "Email address", "Full name", "pset3", "pset3 feedback"));
}

// Gradescope does not document the columns of "Download Grades". These, in this order, are what
// published scripts ask for (the "Course Event Crawler" of gscdash is one).
TEST_F(Exports, GradescopeHasTheColumnsOfItsOwnExport) {
  const auto lines = cells(gradescope_csv(request_));
  EXPECT_THAT(lines.at(0), ElementsAre("First Name", "Last Name", "SID", "Email", "Sections",
                                       "Total Score", "Max Points", "Status", "Submission ID",
                                       "Submission Time", "Lateness (H:M:S)", "View Count",
                                       "Submission Count", "p1.b (6 pts)", "p1.e (5 pts)"));
  EXPECT_THAT(lines.at(1),
              ElementsAre("Amy", "Adams", "u1001", "amy@uni.edu", "A", "9", "11", "Graded",
                          "Amy_Adams", "2026-11-21 01:02:03", "01:03:03", "", "", "6", "4"));
  EXPECT_EQ(lines.at(2).at(7), "Missing");
  request_.students[0].record.student.name = "Grant, Gil";
  EXPECT_EQ(cells(gradescope_csv(request_)).at(1).at(0), "Gil");
  EXPECT_EQ(cells(gradescope_csv(request_)).at(1).at(1), "Grant");
}

TEST_F(Exports, EveryStudentIsCountedWhereThereIsNoRoster) {
  for (const auto make : {plain_csv, gradescope_csv, canvas_csv, moodle_csv}) {
    EXPECT_EQ(make(request_).students, 2U);
  }
}

TEST_F(Exports, PlainTableHasEverythingAndNoFormula) {
  const auto lines = cells(plain_csv(request_));
  EXPECT_THAT(lines.at(0),
              ElementsAre("name", "id", "email", "section", "points", "max_points", "taken_off",
                          "days_late", "p1", "p1.b", "p1.e", "p1.b.survivors", "p1.b.extra",
                          "p1.e.written", "open", "look_at"));
  EXPECT_THAT(lines.at(1), ElementsAre("Amy Adams", "u1001", "amy@uni.edu", "A", "9", "11", "1",
                                       "1", "9", "6", "4", "6", "", "4", "", ""));
  EXPECT_EQ(lines.at(2).at(0), "'=cmd()");
  EXPECT_EQ(lines.at(2).back(), "nothing was handed in");
}

// moodle, mod/assign/feedback/file/importziplib.php (commit 0203d8f2): a folder's name is split at
// underscores into full name, participant's number, type and name of the plugin; versions before
// 4.1 ask for one more underscore behind these, later ones allow it.
TEST_F(Exports, MoodleFindsTheParticipantInTheFoldersName) {
  const Feedback feedback =
      feedback_files(request_.students, FeedbackLayout::kMoodle, {"report\n", "report\n"}, kAfter);
  ASSERT_EQ(feedback.files.size(), 1U);
  EXPECT_EQ(feedback.files[0].first, "Amy Adams_77_assignfeedback_file_/feedback.txt");
  EXPECT_THAT(feedback.files[0].second, HasSubstr("report\n\nDeadline pset3: due"));
  EXPECT_THAT(feedback.notes, ElementsAre(HasSubstr("=cmd() is left out")));
}

// canvas-lms, app/models/assignment.rb, infer_comment_context_from_filename: of the pieces between
// underscores the first two that are numbers are the student's and the upload's.
TEST_F(Exports, CanvasFindsStudentAndUploadInTheFilesName) {
  const Feedback feedback =
      feedback_files(request_.students, FeedbackLayout::kCanvas, {"report\n", ""}, kAfter);
  ASSERT_EQ(feedback.files.size(), 1U);
  EXPECT_EQ(feedback.files[0].first, "adamsamy_LATE_1001_50001_feedback.txt");
  EXPECT_THAT(feedback.notes, IsEmpty());
}

TEST_F(Exports, NamesWhoHasOpenPoints) {
  StudentRecord amy = request_.students[0].record;
  amy.scores.clear();
  request_.students[0] = {amy, grade_of(request_.items, amy, {})};
  EXPECT_THAT(plain_csv(request_).notes,
              ElementsAre("Amy Adams: p1.e.written is open; counts as 0"));
  for (int i = 1; i < 12; ++i) {
    request_.students.push_back({amy, grade_of(request_.items, amy, {})});
  }
  EXPECT_EQ(plain_csv(request_).notes.size(), 10U);
  EXPECT_THAT(plain_csv(request_).notes.back(), HasSubstr("(and 2 more)"));
}

TEST_F(Exports, NoFeedbackAtAllSaysWhichLayoutToTake) {
  request_.students[0].record.keys = {"canvas:adamsamy:1001"};
  EXPECT_THAT(feedback_files(request_.students, FeedbackLayout::kMoodle, {"a", "b"}, kAfter).files,
              IsEmpty());
  EXPECT_THAT(why_no_feedback(request_.students, FeedbackLayout::kMoodle),
              HasSubstr("this class came from Canvas: --layout canvas"));
  request_.students[0].record.keys = {"moodle:Amy Adams:77"};
  EXPECT_THAT(why_no_feedback(request_.students, FeedbackLayout::kCanvas),
              HasSubstr("this class came from Moodle: --layout moodle"));
  EXPECT_THAT(why_no_feedback(request_.students, FeedbackLayout::kMoodle),
              HasSubstr("--layout folders"));
}

TEST_F(Exports, AStudentReadsHowTheGradeAddsUp) {
  EXPECT_EQ(grade_text(request_.students[0], kAfter),
            "Your grade: 9 of 11: 6 of 6 from the checks that are shown, 4 of 5 for (e), -1 for "
            "being late\n");
  EXPECT_EQ(grade_text(request_.students[1], kAfter),
            "Your grade: 0 of 11: nothing was handed in\n");
  EXPECT_EQ(grade_text(amy_in_time(), kAfter),
            "Your grade: 10 of 14: 1 of 6 from the checks that are shown, 2 of 3 from hidden ones, "
            "4 of 5 for (e), +3 for p1.b.survivors (shown in the office hour)\n");
}

TEST_F(Exports, HiddenChecksAreToldAfterTheDeadline) {
  const GradedStudent amy = amy_in_time();
  EXPECT_EQ(grade_text(amy, kBefore),
            "Your grade: 8 of 11: 1 of 6 from the checks that are shown, 4 of 5 for (e), +3 for "
            "p1.b.survivors (shown in the office hour)\n"
            "This grade is not final: 3 points from hidden checks are told after the deadline.\n");
  StudentRecord ill = amy.record;
  ill.extensions["pset3"] = {7, "", "ann", "ill"};
  EXPECT_THAT(grade_text({ill, grade_of(request_.items, ill, policy_)}, kAfter),
              HasSubstr("not final"));
  EXPECT_THAT(grade_text({ill, grade_of(request_.items, ill, {})}, kBefore),
              HasSubstr("2 of 3 from hidden ones"));
}

TEST_F(Exports, WhichHiddenCheckWasOverriddenIsNotTold) {
  StudentRecord amy = amy_in_time().record;
  amy.overrides["p1.b.hidden"] = {3.0, "ann", "rounding", amy.judged["p1.b.hidden"]};
  amy.scores.clear();
  const std::string text = grade_text({amy, grade_of(request_.items, amy, policy_)}, kAfter);
  EXPECT_THAT(text, ::testing::AllOf(HasSubstr("+1 for a hidden check (rounding)"),
                                     HasSubstr("This grade is not final: (e) is not graded yet."),
                                     ::testing::Not(HasSubstr("p1.b.hidden"))));
}

TEST_F(Exports, AGradeWithoutAHandInTimeIsNotFinal) {
  StudentRecord amy = amy_in_time().record;
  amy.parts["p1"].time = {"", true, ""};
  const GradedStudent late{amy, grade_of(request_.items, amy, policy_)};
  EXPECT_THAT(grade_text(late, kAfter), HasSubstr("how late you handed in is not known yet"));
  EXPECT_THAT(late.grade.flags, ElementsAre(HasSubstr("`pset3 gradebook time`")));
  EXPECT_THAT(remarks_text(late), ::testing::Not(HasSubstr("gradebook time")));
}

TEST_F(Exports, EachPartOfAGradeHasItsLine) {
  request_.items.push_back({"p4.a.warp", "p4", "Warp", 2.0, false, false, false});
  const StudentRecord amy = amy_in_time().record;
  const std::string text = grade_text({amy, grade_of(request_.items, amy, policy_)}, kAfter);
  EXPECT_THAT(text, ::testing::AllOf(HasSubstr("Your grade: 10 of 16\n  p1: 10 of 14: 1 of 6 from"),
                                     HasSubstr("\n  p4: 0 of 2: nothing was handed in\n")));
}

TEST_F(Exports, FeedbackAndMoodlesColumnEndWithTheGrade) {
  request_.students = {amy_in_time()};
  const auto files =
      feedback_files(request_.students, FeedbackLayout::kCanvas, {"report\n"}, kBefore);
  EXPECT_THAT(files.files.at(0).second, HasSubstr("(ann)\nYour grade: 8 of 11: "));
  EXPECT_THAT(files.notes, ElementsAre(HasSubstr("the deadline of 1 student has not passed")));
  request_.now = kBefore;
  EXPECT_THAT(moodle_csv(request_).notes, ElementsAre(HasSubstr("upload them after the deadline")));
  EXPECT_THAT(cells(moodle_csv(request_)).at(1).back(), HasSubstr("\nYour grade: 8 of 11: "));
  request_.now = kAfter;
  EXPECT_THAT(cells(moodle_csv(request_)).at(1).back(), HasSubstr("\nYour grade: 10 of 14: "));
}

}  // namespace
}  // namespace pset3::gradebook
