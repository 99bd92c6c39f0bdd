#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "grader/app/context.hpp"
#include "grader/app/gradebook.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"
#include "grader/base/zip.hpp"
#include "grader/gradebook/exports.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;
using gradebook::Export;
using gradebook::ExportRequest;
using gradebook::FeedbackLayout;
using gradebook::Gradebook;
using gradebook::GradedStudent;

struct ClassExportOptions {
  std::string from = "gradebook.sqlite";
  std::string out;
  std::string roster;
  std::string assignment = "pset3";
  std::string layout = "folders";
  bool questions = false;
};

const std::map<std::string, FeedbackLayout> kLayouts = {{"folders", FeedbackLayout::kFolders},
                                                        {"canvas", FeedbackLayout::kCanvas},
                                                        {"moodle", FeedbackLayout::kMoodle}};

struct TableFormat {
  const char* name;
  const char* what;
  Export (*make)(const ExportRequest&);
  const char* examples;
};

const TableFormat kTables[] = {
    {"canvas", "Grades for Canvas's gradebook", gradebook::canvas_csv,
     "  ./pset3 export canvas --roster grades_export.csv --assignment \"Problem set 3\" --out "
     "canvas.csv\n"
     "GRADES_EXPORT is what Canvas's gradebook exports: its students and ID columns are kept."},
    {"moodle", "Grades for Moodle", gradebook::moodle_csv,
     "  ./pset3 export moodle --roster worksheet.csv --out filled.csv\n"
     "WORKSHEET is what the assignment offers as \"Download grading worksheet\"; without it, the "
     "gradebook's\n"
     "import reads the file."},
    {"gradescope-csv", "Grades in the columns of Gradescope's own export",
     gradebook::gradescope_csv, "  ./pset3 export gradescope-csv --out scores.csv"},
    {"csv", "Everything in one table", gradebook::plain_csv,
     "  ./pset3 export csv --out grades.csv\n"
     "  ./pset3 export csv --from grades --out grades.csv"},
};

/// The grades of a gradebook, or of a run alone, for which one is made that goes away again.
gradebook::GradedClass grades_from(const std::string& from) {
  if (!fs::is_directory(from)) return open_book(from).grades();
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "run.sqlite";
  Gradebook::make(file);
  Gradebook book(file);
  book.import(gradebook::FinishedRun(from));
  return book.grades();
}

void tell(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) fmt::print(" Note       {}\n", printable(note));
}

int export_table(const ClassExportOptions& options, Export (*make)(const ExportRequest&)) {
  const gradebook::GradedClass grades = grades_from(options.from);
  ExportRequest request{grades.items, grades.students, {}, options.assignment, options.questions};
  if (!options.roster.empty()) request.roster = read_csv(read_file(options.roster));
  const Export made = make(request);
  write_file(options.out, made.bytes);
  tell(made.notes);
  fmt::print(" Wrote      {}, {}\n", options.out, counted(made.students, "student"));
  return kDone;
}

/// What a student may read of all that was graded last.
std::string report_of(const GradedStudent& student, std::vector<std::string>& notes) {
  std::set<std::string> files;
  for (const auto& [part, hand_in] : student.record.parts) files.insert(hand_in.results);
  std::string text;
  for (const std::string& file : files) {
    try {
      const nlohmann::json results = nlohmann::json::parse(read_file(file));
      text += report::to_text(results, report::Audience::kStudent, {});
    } catch (const std::exception& error) {
      notes.push_back(student.record.student.name + ": the report is missing: " + error.what());
    }
  }
  return text;
}

int export_feedback(const ClassExportOptions& options) {
  const gradebook::GradedClass grades = grades_from(options.from);
  std::vector<std::string> reports, notes;
  for (const GradedStudent& student : grades.students) reports.push_back(report_of(student, notes));
  const gradebook::Feedback feedback = gradebook::feedback_files(
      grades.students, kLayouts.at(options.layout), reports, gradebook::this_instant());
  if (feedback.files.empty()) {
    tell(notes);
    throw InputError(gradebook::why_no_feedback(grades.students, kLayouts.at(options.layout)));
  }
  ZipWriter zip(ZipWriter::Packing::kDeflated);
  for (const auto& [path, bytes] : feedback.files) zip.add(path, bytes);
  write_file(options.out, zip.finish());
  tell(notes);
  tell(feedback.notes);
  fmt::print(" Wrote      {}, feedback for {}\n", options.out,
             counted(feedback.files.size(), "student"));
  return kDone;
}

CLI::App* add_format(CLI::App& verb, const char* name, const char* what, const char* examples,
                     ClassExportOptions& options) {
  CLI::App* const format = verb.add_subcommand(name, what);
  format->add_option("--from", options.from, "a gradebook, or the folder that `grade --out` wrote")
      ->type_name("GRADEBOOK|RUN")
      ->capture_default_str();
  format->add_option("--out", options.out, "file to write")->required()->type_name("FILE");
  format->footer(std::string("Examples:\n") + examples);
  return format;
}

}  // namespace

void add_class_exports(CLI::App& app, Action& chosen) {
  CLI::App* const verb = app.get_subcommand("export");
  const auto options = std::make_shared<ClassExportOptions>();
  for (const TableFormat& table : kTables) {
    CLI::App* const format = add_format(*verb, table.name, table.what, table.examples, *options);
    const bool is_for_a_platform =
        table.make == gradebook::canvas_csv || table.make == gradebook::moodle_csv;
    if (is_for_a_platform) {
      format
          ->add_option("--roster", options->roster,
                       "what the platform has exported: its lines and columns are kept")
          ->type_name("FILE");
      format
          ->add_option("--assignment", options->assignment,
                       "what the platform calls the assignment")
          ->type_name("NAME")
          ->capture_default_str();
      format->add_flag("--questions", options->questions,
                       "a column for each question too; the platform makes an assignment of each");
    }
    format->callback([&chosen, options, make = table.make] {
      chosen = [options, make] { return export_table(*options, make); };
    });
  }
  CLI::App* const feedback = add_format(
      *verb, "feedback", "A .zip with a report for each student",
      "  ./pset3 export feedback --out feedback.zip\n"
      "  ./pset3 export feedback --layout moodle --out for_moodle.zip\n"
      "Moodle takes it as \"Upload multiple feedback files in a zip\", Canvas as \"Upload "
      "Submissions\".\n"
      "Each text ends with the grade and how it adds up. Of hidden checks students read the number "
      "and "
      "the points,\nand what these gave only after the deadline of the gradebook's policy.",
      *options);
  feedback->add_option("--layout", options->layout, "how the platform wants its files named")
      ->check(CLI::IsMember({"folders", "canvas", "moodle"}))
      ->capture_default_str();
  feedback->callback(
      [&chosen, options] { chosen = [options] { return export_feedback(*options); }; });
}

}  // namespace pset3::app
