#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "grader/app/class_folder.hpp"
#include "grader/app/context.hpp"
#include "grader/app/diff.hpp"
#include "grader/app/grade_class.hpp"
#include "grader/app/pages.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/base/text.hpp"
#include "grader/gradebook/class_table.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct RejudgeOptions {
  std::string run;
  std::vector<std::string> rubrics;
  std::string secret_file;
  std::size_t jobs = 0;
};

pipeline::Graded graded_of(const report::Document& document) {
  pipeline::Graded graded;
  graded.report.name = document.submission;
  graded.report.notes = document.notes;
  graded.report.refused = document.refused;
  graded.report.box_level = document.box_level;
  graded.report.wall_ms = document.wall_ms;
  for (const report::PartEntry& part : document.parts) {
    const json key = part.provenance.value("submission", json());
    if (!key.is_string()) {
      throw pipeline::NotStored(
          "its files were not kept: an older pset3 graded it, or a run with "
          "--public-only");
    }
    graded.files[part.part] = key.get<std::string>();
  }
  return graded;
}

/// Where the files were found is known from the first grading alone.
void keep_places(const report::Document& before, report::SubmissionReport& judged) {
  for (report::PartReport& part : judged.parts) {
    for (const report::PartEntry& earlier : before.parts) {
      if (earlier.part != part.rubric->part || !earlier.provenance.contains("places")) continue;
      part.provenance["places"] = earlier.provenance.at("places");
    }
  }
}

/// The rubric may have other cases by now; those that are still there must have the same seeds.
void require_same_draw(const pipeline::Course& course, const pipeline::Draw& draw,
                       const report::Document& document) {
  for (const report::PartEntry& part : document.parts) {
    const json cases = part.provenance.value("cases", json::object());
    for (const judge::CaseSpec& spec : course.part(part.part).cases) {
      if (!spec.hidden || !cases.contains(spec.id)) continue;
      if (cases[spec.id].value("seed", json()) == seed_of(course.part(part.part), spec, draw)) {
        continue;
      }
      throw InputError(
          "the hidden cases of this run were drawn with another course secret: give "
          "--secret FILE as you did to grade");
    }
  }
}

/// Judges the rows of a run into a folder beside the old reports.
class Rejudging {
 public:
  Rejudging(pipeline::SubmissionGrader& grader, const std::vector<EarlierRow>& rows,
            const fs::path& run, const fs::path& staging, gradebook::ClassSummary& summary)
      : grader_(grader), rows_(rows), run_(run), staging_(staging), summary_(summary) {}

  void work() {
    for (std::size_t i = next_++; i < rows_.size(); i = next_++) {
      throw_if_interrupted();
      try {
        judge(rows_[i]);
      } catch (const pipeline::NotStored& missing) {
        const std::lock_guard lock(mutex_);
        missing_[rows_[i].name] = missing.what();
      }
    }
  }

  /// @throws InputError when the store lacked something for somebody.
  void require_complete() const {
    if (missing_.empty()) return;
    std::string text = fmt::format(
        "the store lacks what {} of {} would need, and nothing was "
        "changed:\n",
        missing_.size(), counted(rows_.size(), "submission"));
    std::size_t shown = 0;
    for (const auto& [name, what] : missing_) {
      if (shown++ == 5) break;
      text += fmt::format("  {}: {}\n", name, what);
    }
    if (missing_.size() > 5) text += fmt::format("  and {} more\n", missing_.size() - 5);
    throw InputError(text +
                     "  Grade the class again: `grade` with the same --store runs only what "
                     "is missing.");
  }

  gradebook::Comparison comparison() {
    std::sort(comparison_.changes.begin(), comparison_.changes.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return comparison_;
  }

 private:
  void judge(const EarlierRow& row) {
    const fs::path file = fs::path(row.name) / "results.json";
    const json old_results = read_results(run_ / file);
    const report::Document before = report::read_document(old_results);
    report::Document after = before;
    json results;
    std::optional<gradebook::GradeChange> change;
    if (!before.refused.empty()) {
      results = old_results;
    } else {
      report::SubmissionReport judged = grader_.judge_again(graded_of(before));
      keep_places(before, judged);
      after = report::document_of(judged);
      change = gradebook::compare(before, after);
      results = report::json_of(after);
      results["execution_time"] = old_results.at("execution_time");  // to the last digit
      write_pages(judged, row.name);
    }
    write_reports(staging_ / row.name, after, results, row.hand_in);
    const std::lock_guard lock(mutex_);
    summary_.add(after, file.string(), row.hand_in);
    ++comparison_.compared;
    if (!change) return;
    change->name = row.name;
    comparison_.changes.push_back(std::move(*change));
  }

  /// Those pages that the run has.
  void write_pages(const report::SubmissionReport& judged, const std::string& name) const {
    using report::Audience;
    for (const auto& [page, audience] :
         {std::pair(kReportPage, Audience::kStudent), std::pair(kStaffPage, Audience::kStaff)}) {
      if (!fs::exists(run_ / name / page)) continue;
      make_folder(staging_ / name);
      write_file(staging_ / name / page,
                 report_page(grader_.course(), judged, audience, run_ / name / page));
    }
  }

  pipeline::SubmissionGrader& grader_;
  const std::vector<EarlierRow>& rows_;
  const fs::path run_;
  const fs::path staging_;
  gradebook::ClassSummary& summary_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;  ///< over what follows, and the summary
  gradebook::Comparison comparison_;
  std::map<std::string, std::string> missing_;
};

void rejudge_all(Rejudging& rejudging, std::size_t jobs) {
  if (jobs == 0) jobs = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::future<void>> workers;
  for (std::size_t i = 0; i < jobs; ++i) {
    workers.push_back(std::async(std::launch::async, [&] { rejudging.work(); }));
  }
  for (std::future<void>& worker : workers) worker.get();
  rejudging.require_complete();
}

/// Copies of all old reports, before the first new one takes its place.
fs::path back_up(const fs::path& run, const fs::path& staging) {
  const fs::path plain = fs::absolute(run).lexically_normal();
  const fs::path folder = plain.has_filename() ? plain : plain.parent_path();
  fs::path backup;
  for (int number = 1; backup.empty() || fs::exists(backup); ++number) {
    backup = folder.string() + ".before-" + std::to_string(number);
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(staging)) {
    const fs::path file = entry.path().lexically_relative(staging);
    if (!entry.is_regular_file() || !fs::exists(run / file)) continue;
    make_folder((backup / file).parent_path());
    std::error_code not_linked;  // a link is enough: reports are never written in place
    fs::create_hard_link(run / file, backup / file, not_linked);
    if (not_linked) fs::copy_file(run / file, backup / file);
  }
  return backup;
}

void put_in_place(const fs::path& staging, const fs::path& run) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(staging)) {
    if (!entry.is_regular_file()) continue;
    fs::rename(entry.path(), run / entry.path().lexically_relative(staging));
  }
}

pipeline::Draw draw_of(const RejudgeOptions& options, const json& class_document) {
  const json run = class_document.value("run", json::object());
  return read_draw(options.secret_file, run.value("run", "1"));
}

/// The first row that was graded and says with what.
void require_rows(const pipeline::Course& course, const pipeline::Draw& draw,
                  const std::vector<EarlierRow>& rows, const fs::path& run) {
  if (rows.empty()) {
    throw InputError(run.string() +
                     ": expected the folder that grade --out wrote, with "
                     "NAME/results.json in it; found none");
  }
  for (const EarlierRow& row : rows) {
    const auto document = report::read_document(read_results(run / row.name / "results.json"));
    if (document.refused.empty()) return require_same_draw(course, draw, document);
  }
}

int rejudge(Context& context, const RejudgeOptions& options) {
  pipeline::Course course = context.course();
  for (const std::string& rubric : options.rubrics) pipeline::replace_rubric(course, rubric);
  const fs::path run = options.run;
  const std::vector<EarlierRow> rows = earlier_rows(run);
  const json class_document =
      fs::exists(run / "class.json") ? read_results(run / "class.json") : json::object();
  pipeline::SubmissionOptions again;
  again.hidden = true;
  again.only_stored = true;
  again.draw = draw_of(options, class_document);
  const bool has_pages = fs::exists(run / kClassPage);
  again.pictures = has_pages;
  require_rows(course, again.draw, rows, run);
  gradebook::ClassSummary summary(class_document.value("run", json::object()));
  const TemporaryFolder staging(run, 0755);
  pipeline::SubmissionGrader grader(course, context.store(), again);
  Rejudging rejudging(grader, rows, run, staging.path(), summary);
  try {
    rejudge_all(rejudging, options.jobs);
  } catch (const pipeline::CannotPrepare& fault) {
    std::rethrow_exception(fault.why);
  }
  const json class_json = summary.finish();
  write_file(staging.path() / "class.json", report::to_file_text(class_json));
  if (has_pages) write_class_page(class_json, staging.path());
  const fs::path backup = back_up(run, staging.path());
  put_in_place(staging.path(), run);
  keep_rubrics(run, options.rubrics);
  fmt::print("{} Reports    {}/NAME/report.txt, written anew\n The old    {}\n",
             gradebook::to_text(rejudging.comparison()), run.string(), backup.string());
  return kDone;
}

}  // namespace

void add_rejudge(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb =
      app.add_subcommand("rejudge", "Judge a graded class again without running anything");
  auto options = std::make_shared<RejudgeOptions>();
  verb->add_option("run", options->run, "folder that grade --out wrote")
      ->required()
      ->type_name("RUN");
  verb->add_option("--rubric", options->rubrics,
                   "rubric.json to judge a part by; without it those in fixtures/")
      ->allow_extra_args(false)
      ->type_name("FILE");
  verb->add_option("--secret", options->secret_file,
                   "file with the course secret, if grade was given one")
      ->type_name("FILE");
  verb->add_option("--jobs", options->jobs, "submissions at a time (default: the number of cores)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  add_handouts_option(*verb, context);
  add_store_option(*verb, context);
  verb->footer(
      "For a rubric with other points, tolerances, hints or a judge that was corrected. No "
      "submission is built\nor run: what the store lacks is refused, and then nothing is changed. "
      "The old reports stay in RUN.before-1.\n"
      "Exit status: 0 done, 2 the store lacks something or wrong usage, 3 our own fault.\n"
      "Examples:\n"
      "  ./pset3 rejudge grades\n"
      "  ./pset3 rejudge grades --rubric kinder/rubric.json");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] { return rejudge(context, *options); };
  });
}

}  // namespace pset3::app
