#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"
#include "grader/gradebook/class_summary.hpp"
#include "grader/gradebook/class_table.hpp"
#include "grader/intake/collect.hpp"
#include "grader/pipeline/submissions.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct GradeOptions {
  std::vector<std::string> paths;
  std::string out = "out/grades";
  std::string secret_file;
  std::string run = "1";
  bool public_only = false;
  bool trust = false;
};

/// "4.2 s", "3 min 10 s".
std::string duration_text(double seconds) {
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  const long whole = std::lround(seconds);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total) {}

  void begin(const std::string& name) {
    show_progress(fmt::format("[{}/{}] {}{}", done_ + 1, total_, name, time_left()));
  }
  void finished() { ++done_; }

 private:
  std::string time_left() const {
    if (done_ == 0) return "";
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
    const double left =
        spent.count() / static_cast<double>(done_) * static_cast<double>(total_ - done_);
    return "  (about " + duration_text(left) + " left)";
  }

  std::size_t total_;
  std::size_t done_ = 0;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw GraderError("cannot make " + folder.string() + ": " + error.message());
}

void write_reports(const fs::path& folder, const nlohmann::json& results) {
  make_folder(folder);
  write_file(folder / "results.json", report::to_file_text(results));
  write_file(folder / "report.txt", report::to_text(results, report::Audience::kStaff, {}));
}

/// One line about a submission, which stays on the terminal.
void complain(const std::string& name, const std::string& what) {
  show_progress("");
  fmt::print(stderr, "{}: {}\n", name, what);
}

/// The first reason why a check could not be judged.
std::string fault_in(const report::SubmissionReport& report) {
  for (const report::PartReport& part : report.parts) {
    for (const judge::CheckResult& check : part.checks) {
      for (const judge::CaseFinding& finding : check.findings) {
        if (finding.verdict != judge::Verdict::kGraderError) continue;
        const std::string& why = finding.detail.empty() ? finding.got : finding.detail;
        return printable(why.substr(0, why.find('\n')));
      }
    }
  }
  return "see its report";
}

/// Grades one submission and writes its reports. @returns its exit status.
int grade_one(pipeline::SubmissionGrader& grader, const intake::Found& source, const fs::path& out,
              gradebook::ClassSummary& summary) {
  const report::SubmissionReport judged = grader.grade(source.path, source.name);
  const nlohmann::json results = report::to_results_json(judged);
  const fs::path folder = out / source.name;
  summary.add(results, (fs::path(source.name) / "results.json").string());
  write_reports(folder, results);
  if (!judged.refused.empty()) {
    // Some reasons begin with the name themselves.
    const bool named = judged.refused.rfind(source.name + " ", 0) == 0;
    complain(named ? "pset3" : source.name, judged.refused);
    return kBadInput;
  }
  if (!report::has_grader_error(judged)) return kDone;
  complain(source.name, "not all of it could be judged, by our own fault: " + fault_in(judged));
  return kOurFault;
}

void require_good_box(const GradeOptions& options) {
  if (options.public_only || options.trust) return;
  if (box::probe() >= box::Level::kNamespaces) return;
  std::string reasons;
  for (const std::string& reason : box::why_not_better()) reasons += "\n  " + reason;
  throw InputError("hidden checks need a box of level L2, and this machine can only make " +
                   std::string(box::name_of(box::probe())) +
                   "; grade elsewhere, use --public-only, or say --trust-submissions if you know "
                   "the authors" +
                   reasons);
}

}  // namespace

int grade(Context& context, const GradeRequest& request) {
  const pipeline::Course& course = context.course();
  pipeline::SubmissionOptions options;
  options.hidden = !request.public_only;
  options.draw = request.draw;
  options.progress = show_progress;
  show_progress("preparing …");
  pipeline::SubmissionGrader grader(course, context.store(), options);
  const std::vector<intake::Found> sources =
      intake::submissions_in(request.paths, course.wanted_files());
  gradebook::ClassSummary summary(
      {{"run", request.draw.run}, {"box_level", box::name_of(box::probe())}});
  Progress progress(sources.size());
  int status = kDone;
  for (const intake::Found& source : sources) {
    throw_if_interrupted();
    progress.begin(source.name);
    try {
      status = std::max(status, grade_one(grader, source, request.out, summary));
    } catch (const std::exception& error) {  // a full disk, say: the others are still graded
      complain(source.name, error.what());
      status = kOurFault;
    }
    progress.finished();
  }
  show_progress("");
  const nlohmann::json class_document = summary.finish();
  fmt::print("{}", gradebook::class_table(class_document, terminal_style()));
  std::fflush(stdout);
  make_folder(request.out);
  write_file(request.out / "class.json", report::to_file_text(class_document));
  fmt::print(
      "\n Reports    {0}/NAME/report.txt, and results.json for Gradescope\n"
      " The class  {0}/class.json\n",
      request.out.string());
  return status;
}

void add_grade(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand("grade", "Grade submissions, hidden checks included");
  auto options = std::make_shared<GradeOptions>();
  verb->add_option("paths", options->paths,
                   "submissions: folders, .zip or .tar.gz, or folders of them")
      ->required()
      ->type_name("PATH");
  verb->add_option("--out", options->out, "where the reports go")
      ->type_name("DIR")
      ->capture_default_str();
  verb->add_option("--secret", options->secret_file,
                   "file with the course secret that hidden cases are drawn from")
      ->type_name("FILE");
  verb->add_option("--run", options->run, "name of this run: another name draws other hidden cases")
      ->type_name("NAME")
      ->capture_default_str();
  verb->add_flag("--public-only", options->public_only, "only what students see themselves");
  verb->add_flag("--trust-submissions", options->trust,
                 "judge hidden checks even where the box is weak");
  add_store_option(*verb, context);
  verb->footer(
      "Killed or run again: what is finished is not done twice.\n"
      "Exit status: 0 all were graded, 2 some could not be taken, 3 our own fault kept one from "
      "it.\n"
      "Examples:\n"
      "  ./pset3 grade submissions/*.zip --out grades\n"
      "  ./pset3 grade submissions --run retake --secret course_secret\n"
      "  ./pset3 grade starter solution");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] {
      require_good_box(*options);
      const pipeline::Draw draw = options->public_only
                                      ? pipeline::Draw{"", options->run}
                                      : read_draw(options->secret_file, options->run);
      return grade(context, {{options->paths.begin(), options->paths.end()},
                             options->out,
                             draw,
                             options->public_only});
    };
  });
}

}  // namespace pset3::app
