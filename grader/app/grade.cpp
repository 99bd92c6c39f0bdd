#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>

#include "grader/app/class_folder.hpp"
#include "grader/app/context.hpp"
#include "grader/app/diff.hpp"
#include "grader/app/grade_class.hpp"
#include "grader/app/grade_slurm.hpp"
#include "grader/app/pages.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"
#include "grader/gradebook/class_summary.hpp"
#include "grader/gradebook/class_table.hpp"
#include "grader/intake/collect.hpp"
#include "grader/pipeline/submissions.hpp"
#include "grader/report/html/web_page.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct GradeOptions {
  std::vector<std::string> paths;
  std::string out = "out/grades";
  std::string secret_file;
  std::string run = "1";
  std::string from;
  std::string roster;
  std::string several = "last";
  std::string compare_with;
  std::vector<std::string> parts;
  std::string engine = "local";
  std::string share;
  std::vector<std::string> sbatch;
  std::size_t at_once = 0;
  std::size_t jobs = 0;
  bool public_only = false;
  bool trust = false;
  bool dry_run = false;
  bool no_html = false;
  bool staff = false;
};

const std::map<std::string, intake::Shape> kShapes = {{"canvas", intake::Shape::kCanvas},
                                                      {"moodle", intake::Shape::kMoodle},
                                                      {"blackboard", intake::Shape::kBlackboard},
                                                      {"gradescope", intake::Shape::kGradescope},
                                                      {"folders", intake::Shape::kFolders}};

intake::CollectOptions collect_options(const GradeRequest& request,
                                       const std::vector<EarlierRow>& earlier) {
  intake::CollectOptions options;
  options.output = request.out;
  options.shape = request.shape;
  options.earlier = names_of(earlier);
  if (!request.roster.empty()) options.roster = intake::read_roster(read_file(request.roster));
  return options;
}

/// Who hands in what, with what the folder of grades keeps of the gradings before.
intake::Class collect(Context& context, GradeRequest& request,
                      const std::vector<EarlierRow>& earlier) {
  std::vector<std::string> notes;
  const std::vector<fs::path> rubrics = kept_rubrics(request.out);
  context.use_rubrics(rubrics);
  for (const fs::path& rubric : rubrics) {
    notes.push_back(rubric.string() + ": what rejudge judged this folder by");
  }
  if (request.roster.empty()) {
    request.roster = kept_roster(request.out);
    if (!request.roster.empty()) {
      notes.push_back(request.roster.string() + ": the roster of the gradings before");
    }
  }
  intake::Class found = intake::collect(request.paths, context.course().wanted_files(request.parts),
                                        collect_options(request, earlier));
  keep_graded_rows(earlier, found.hand_ins);
  found.notes.insert(found.notes.end(), notes.begin(), notes.end());
  return found;
}

/// What was no hand-in, and how the class was understood.
void print_intake(const intake::Class& found) {
  for (const std::string& note : found.notes) fmt::print(" Read       {}\n", note);
  for (const intake::Skipped& entry : found.skipped) {
    fmt::print(" Left out   {}: {}\n", report::one_line(entry.path), entry.why);
  }
}

nlohmann::json run_json(const GradeRequest& request, const intake::Class& found) {
  nlohmann::json left_out = nlohmann::json::array();
  for (const intake::Skipped& entry : found.skipped) {
    left_out.push_back({{"entry", entry.path}, {"why", entry.why}});
  }
  return {{"run", request.draw.run},
          {"box_level", box::name_of(box::probe())},
          {"read_as", found.notes},
          {"left_out", left_out}};
}

void require_good_box(const GradeOptions& options) {
  // On a cluster, the tasks' machines are asked.
  if (options.public_only || options.trust || options.engine == "slurm") return;
  if (box::probe() >= box::Level::kNamespaces) return;
  std::string reasons;
  for (const std::string& reason : box::why_not_better()) reasons += "\n  " + reason;
  throw InputError("hidden checks need a box of level L2, and this machine can only make " +
                   std::string(box::name_of(box::probe())) +
                   "; grade elsewhere, use --public-only, or say --trust-submissions if you know "
                   "the authors" +
                   reasons);
}

/// "3/20".
Share read_share(const std::string& text) {
  const std::size_t slash = text.find('/');
  return {std::stoul(text.substr(0, slash)), std::stoul(text.substr(slash + 1))};
}

GradeRequest request_of(const pipeline::Course& course, const GradeOptions& options) {
  if (!options.dry_run) require_good_box(options);
  GradeRequest request;
  request.paths.assign(options.paths.begin(), options.paths.end());
  request.out = options.out;
  if (!options.dry_run) {
    request.draw = options.public_only ? pipeline::Draw{"", options.run}
                                       : read_draw(options.secret_file, options.run);
  }
  request.public_only = options.public_only;
  request.dry_run = options.dry_run;
  request.roster = options.roster;
  request.jobs = options.jobs;
  request.html = !options.no_html && report::html::can_write_pages();
  request.staff = options.staff;
  if (options.staff) report::html::require_pages();
  request.compare_with = options.compare_with;
  if (!options.from.empty()) request.shape = kShapes.at(options.from);
  if (!options.share.empty()) request.share = read_share(options.share);
  if (options.several == "best") request.several = pipeline::Several::kBest;
  for (const std::string& part : options.parts) request.parts.insert(course.part(part).part);
  return request;
}

/// Before anything is graded, and the old reports are gone.
void require_another_folder(const GradeRequest& request) {
  if (request.compare_with.empty()) return;
  std::error_code none;
  if (!fs::is_directory(request.compare_with, none)) {
    throw InputError(
        request.compare_with.string() +
        ": expected the folder of an earlier grading after --compare-with; found none");
  }
  if (!fs::equivalent(request.compare_with, request.out, none)) return;
  throw InputError(
      "--compare-with and --out are the same folder, whose reports would be "
      "overwritten; give another --out");
}

std::vector<intake::HandIn> share_of(const std::vector<intake::HandIn>& all, const Share& share) {
  std::vector<intake::HandIn> ours;
  for (std::size_t i = share.rest; i < all.size(); i += share.of) ours.push_back(all[i]);
  return ours;
}

/// @returns the exit status.
int grade_hand_ins(Context& context, const GradeRequest& request,
                   const std::vector<intake::HandIn>& hand_ins, const ClassOptions& class_options,
                   gradebook::ClassSummary& summary) {
  ClassProgress progress;
  pipeline::SubmissionOptions options;
  options.parts = request.parts;
  options.hidden = !request.public_only;
  options.draw = request.draw;
  options.pictures = request.html;
  options.progress = [&](const std::string& text) { progress.phase(text); };
  pipeline::SubmissionGrader grader(context.course(), context.store(), options);
  try {
    return grade_class(grader, hand_ins, class_options, summary, progress);
  } catch (const pipeline::CannotPrepare& fault) {
    std::rethrow_exception(fault.why);
  }
}

/// Writes what is about the whole class.
void write_class(const GradeRequest& request, const nlohmann::json& class_document) {
  make_folder(request.out);
  write_file(request.out / "class.json", report::to_file_text(class_document));
  if (request.html) write_class_page(class_document, request.out);
}

void print_places(const GradeRequest& request) {
  fmt::print(
      " Reports    {0}/NAME/report.{1}, and results.json for Gradescope\n"
      " The class  {0}/class.{2}\n",
      request.out.string(), request.html ? "txt and .html" : "txt",
      request.html ? "html and .json" : "json");
}

}  // namespace

int grade(Context& context, GradeRequest request) {
  require_another_folder(request);
  const std::vector<EarlierRow> earlier = earlier_rows(request.out);
  const intake::Class found = collect(context, request, earlier);
  const pipeline::Course& course = context.course();
  if (request.dry_run) {
    const int status = show_class(course, request.parts, found);
    print_intake(found);
    return status;
  }
  gradebook::ClassSummary summary(run_json(request, found));
  ClassOptions options{request.out, request.jobs, request.several, request.html, request.staff};
  if (request.share) {
    options.out.clear();
    return grade_hand_ins(context, request, share_of(found.hand_ins, *request.share), options,
                          summary);
  }
  const int status = grade_hand_ins(context, request, found.hand_ins, options, summary);
  const std::size_t kept = add_earlier(earlier, found.hand_ins, request.out, summary);
  const nlohmann::json class_document = summary.finish();
  fmt::print("{}\n", gradebook::class_table(class_document, terminal_style()));
  print_intake(found);
  if (kept > 0)
    fmt::print(" Kept       {} of earlier gradings into this folder\n", counted(kept, "row"));
  std::fflush(stdout);
  write_class(request, class_document);
  if (!request.roster.empty()) keep_roster(request.out, request.roster);
  print_places(request);
  if (request.compare_with.empty()) return status;
  std::fflush(stdout);
  return std::max(status, compare_with(request.compare_with, request.out));
}

namespace {

/// The same grading as a command of its own, with the store that is used here.
std::vector<std::string> command_of(const GradeOptions& options, const Context& context) {
  std::vector<std::string> command = {fs::read_symlink("/proc/self/exe").string(), "grade"};
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) command.insert(command.end(), {name, value});
  };
  add("--out", options.out);
  add("--secret", options.secret_file);
  add("--run", options.run);
  add("--from", options.from);
  add("--roster", options.roster);
  add("--several", options.several);
  add("--compare-with", options.compare_with);
  add("--parts", fmt::format("{}", fmt::join(options.parts, ",")));
  add("--jobs", options.jobs == 0 ? "" : std::to_string(options.jobs));
  add("--handouts", context.handouts_address);
  add("--store", fs::absolute(context.store_place()).string());
  for (const auto& [is_set, flag] :
       std::vector<std::pair<bool, std::string>>{{options.public_only, "--public-only"},
                                                 {options.trust, "--trust-submissions"},
                                                 {options.no_html, "--no-html"},
                                                 {options.staff, "--staff"}}) {
    if (is_set) command.push_back(flag);
  }
  command.emplace_back("--");
  command.insert(command.end(), options.paths.begin(), options.paths.end());
  return command;
}

int grade_with_slurm(Context& context, const GradeOptions& options) {
  const pipeline::Course& course = context.course();
  GradeRequest request = request_of(course, options);
  require_another_folder(request);
  const intake::Class found = collect(context, request, earlier_rows(request.out));
  return grade_on_slurm(course, request, found.hand_ins,
                        {command_of(options, context), options.at_once, options.sbatch});
}

/// What is graded, and by which draw of hidden cases.
void add_input_options(CLI::App& verb, GradeOptions& options) {
  verb.add_option("paths", options.paths,
                  "submissions, or a class: folders, archives, a platform's download")
      ->required()
      ->type_name("PATH");
  verb.add_option("--out", options.out, "where the reports go")
      ->type_name("DIR")
      ->capture_default_str();
  verb.add_option("--secret", options.secret_file,
                  "file with the course secret that hidden cases are drawn from")
      ->type_name("FILE");
  verb.add_option("--run", options.run, "name of this run: another name draws other hidden cases")
      ->type_name("NAME")
      ->capture_default_str();
  verb.add_option("--parts", options.parts, "grade only these parts: p1,p2")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("PART,…");
  verb.add_option("--from", options.from,
                  "how the class was downloaded; guessed from the names when not given")
      ->check(CLI::IsMember({"canvas", "moodle", "blackboard", "gradescope", "folders"}));
  verb.add_option("--roster", options.roster,
                  "class list (CSV with id, name, email, section, or a platform's own export)")
      ->type_name("FILE");
  verb.add_option("--several", options.several, "which hand-in counts where a student has several")
      ->check(CLI::IsMember({"last", "best"}))
      ->capture_default_str();
}

/// Where it is graded, and how much at once.
void add_engine_options(CLI::App& verb, GradeOptions& options) {
  verb.add_option("--jobs", options.jobs,
                  "submissions at a time (default: one more than there are cores)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  verb.add_option("--engine", options.engine,
                  "where submissions are graded: on this machine, or by jobs of a Slurm cluster")
      ->check(CLI::IsMember({"local", "slurm"}))
      ->capture_default_str();
  verb.add_option(
          "--at-once", options.at_once,
          "with --engine slurm: submissions in one task (default: 4, more in a large class)")
      ->type_name("N")
      ->check(CLI::Range(1, 100000));
  verb.add_option("--sbatch", options.sbatch,
                  "with --engine slurm: one more option for sbatch, say --sbatch=--partition=short")
      ->allow_extra_args(false)
      ->type_name("OPTION");
  verb.add_option("--share", options.share, "what a task grades")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return std::regex_match(text, std::regex("[0-9]{1,9}/[1-9][0-9]{0,8}"))
                       ? std::string()
                       : "expected a task and the number of tasks, like 3/20, got " + text;
          },
          "I/N"))
      ->group("");
}

/// What is told of it.
void add_report_options(CLI::App& verb, GradeOptions& options) {
  verb.add_option("--compare-with", options.compare_with,
                  "folder of an earlier grading: tell what differs, fail when a grade fell")
      ->type_name("DIR");
  verb.add_flag("--dry-run", options.dry_run, "only show who hands in what, and grade nothing");
  verb.add_flag("--no-html", options.no_html, "write no pages for the browser");
  verb.add_flag("--staff", options.staff,
                "also write NAME/staff.html, a page that shows hidden checks");
  verb.add_flag("--public-only", options.public_only, "only what students see themselves");
  verb.add_flag("--trust-submissions", options.trust,
                "judge hidden checks even where the box is weak");
}

}  // namespace

void add_grade(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand("grade", "Grade submissions, hidden checks included");
  auto options = std::make_shared<GradeOptions>();
  add_input_options(*verb, *options);
  add_engine_options(*verb, *options);
  add_report_options(*verb, *options);
  add_handouts_option(*verb, context);
  add_store_option(*verb, context);
  verb->footer(
      "Each entry of a class becomes a row, graded or refused with the reason. A student keeps "
      "the row when\n"
      "more is graded into the same folder. Killed or run again: what is finished is not done "
      "twice.\n"
      "Exit status: 0 all that were handed in were graded, 1 with --compare-with a grade fell "
      "although the files are "
      "the same,\n"
      "2 some could not be taken, 3 our own fault kept one from it.\n"
      "Examples:\n"
      "  ./pset3 grade submissions/*.zip --out grades\n"
      "  ./pset3 grade download.zip --roster class.csv --parts p1 --dry-run\n"
      "  ./pset3 grade submissions --run retake --secret course_secret\n"
      "  ./pset3 grade submissions --out grades --compare-with last_week\n"
      "  ./pset3 grade submissions --engine slurm --sbatch=--partition=short\n"
      "  ./pset3 grade starter solution");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] {
      if (options->engine == "slurm" && !options->dry_run)
        return grade_with_slurm(context, *options);
      return grade(context, request_of(context.course(), *options));
    };
  });
}

}  // namespace pset3::app
