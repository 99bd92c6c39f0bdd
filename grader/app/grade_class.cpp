#include "grader/app/grade_class.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <future>
#include <set>
#include <thread>

#include "grader/app/context.hpp"
#include "grader/app/pages.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/base/parallel.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/place.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kHandInFile = "hand_in.json";

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

/// How the grading of one submission ended.
struct Ended {
  int status = kDone;
  std::string complaint;  ///< one line, or ""
};

Ended ending_of(const report::SubmissionReport& judged, const std::string& name) {
  if (judged.refused == intake::kNothingHandedIn) return {};
  if (!judged.refused.empty()) {
    // Some reasons begin with the name themselves.
    const bool is_named = judged.refused.rfind(name + " ", 0) == 0;
    return {kBadInput, (is_named ? "pset3" : name) + ": " + judged.refused};
  }
  if (!report::has_grader_error(judged)) return {};
  return {kOurFault,
          name + ": not all of it could be judged, by our own fault: " + fault_in(judged)};
}

/// What the workers share.
class Work {
 public:
  Work(pipeline::SubmissionGrader& grader, const std::vector<intake::HandIn>& hand_ins,
       const ClassOptions& options, gradebook::ClassSummary& summary, ClassProgress& progress)
      : grader_(grader),
        hand_ins_(hand_ins),
        options_(options),
        summary_(summary),
        progress_(progress),
        ended_(hand_ins.size()) {}

  /// Takes one submission after the other, until none is left or Ctrl-C has come.
  void run() {
    for (std::size_t i = next_++; i < hand_ins_.size(); i = next_++) {
      throw_if_interrupted();
      if (note_interrupt()) return;
      progress_.begin(hand_ins_[i].name);
      try {
        ended_[i] = grade(hand_ins_[i]);
      } catch (const std::exception& error) {  // a full disk, say: the others are still graded
        ended_[i] = {kOurFault, hand_ins_[i].name + ": " + error.what()};
      }
      progress_.finished(hand_ins_[i].name);
    }
  }

  /// Looks whether Ctrl-C has come, and tells so once. @returns whether it has.
  bool note_interrupt() {
    if (!finish_.is_asked()) return false;
    if (!has_told_.exchange(true)) {
      progress_.say("finishing what runs; another Ctrl-C ends it at once");
    }
    return true;
  }

  const std::vector<Ended>& ended() const { return ended_; }

 private:
  Ended grade(const intake::HandIn& hand_in) {
    const report::SubmissionReport judged = grader_.grade(hand_in, options_.several);
    if (options_.out.empty()) return ending_of(judged, hand_in.name);
    const report::Document document = report::document_of(judged);
    const json about = hand_in_json(hand_in);
    {
      const std::lock_guard lock(mutex_);
      summary_.add(document, (fs::path(hand_in.name) / "results.json").string(), about);
    }
    write_reports(options_.out / hand_in.name, document, report::json_of(document), about);
    write_pages(judged);
    return ending_of(judged, hand_in.name);
  }

  /// A page that an earlier run has left and this one does not write would be about other files.
  void write_pages(const report::SubmissionReport& judged) const {
    const fs::path folder = options_.out / judged.name;
    for (const char* page : {kReportPage, kStaffPage}) fs::remove(folder / page);
    if (!options_.html) return;
    const pipeline::Course& course = grader_.course();
    write_report_page(course, judged, report::Audience::kStudent, folder / kReportPage);
    if (!options_.staff) return;
    write_report_page(course, judged, report::Audience::kStaff, folder / kStaffPage);
  }

  pipeline::SubmissionGrader& grader_;
  const std::vector<intake::HandIn>& hand_ins_;
  const ClassOptions& options_;
  gradebook::ClassSummary& summary_;
  ClassProgress& progress_;
  std::vector<Ended> ended_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> has_told_ = false;
  std::mutex mutex_;  ///< over the summary
  FinishFirst finish_;
};

/// Waits for all workers, and tells at once when Ctrl-C has come.
void wait_for(std::vector<std::future<void>>& workers, Work& work) {
  for (std::future<void>& worker : workers) {
    while (worker.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) {
      work.note_interrupt();
    }
  }
  for (std::future<void>& worker : workers) worker.get();
}

json person_json(const intake::Person& person) {
  json entry = {{"name", report::one_line(person.name)}};
  if (!person.id.empty()) entry["id"] = report::one_line(person.id);
  if (!person.email.empty()) entry["email"] = report::one_line(person.email);
  if (!person.section.empty()) entry["section"] = report::one_line(person.section);
  return entry;
}

}  // namespace

void write_reports(const fs::path& folder, const report::Document& document, const json& results,
                   const json& hand_in) {
  make_folder(folder);
  write_file(folder / "results.json", report::to_file_text(results));
  write_file(folder / "report.txt", report::to_text(document, report::Audience::kStaff, {}));
  write_file(folder / kHandInFile, report::to_file_text(hand_in));
}

json hand_in_json(const intake::HandIn& hand_in) {
  json document = {{"schema", "pset3-hand-in"},
                   {"version", 1},
                   {"name", hand_in.name},
                   {"identities", json::array()},
                   {"attempts", hand_in.attempts.size()}};
  for (const std::string& identity : hand_in.identities) {
    document["identities"].push_back(report::one_line(identity, 1000));
  }
  if (intake::fit_name(hand_in.called) != hand_in.called || hand_in.called != hand_in.name) {
    document["called"] = intake::visible(hand_in.called);
  }
  if (intake::is_disguised(hand_in.called)) document["disguised"] = true;
  if (hand_in.is_late) document["late"] = true;
  if (hand_in.refused == intake::kNothingHandedIn) document["nothing_handed_in"] = true;
  if (!hand_in.uploaded_as.empty()) {
    document["uploaded_as"] = report::one_line(hand_in.uploaded_as);
  }
  const bool has_time = !hand_in.attempts.empty() && !hand_in.attempts.back().at.empty();
  if (has_time) document["at"] = report::one_line(hand_in.attempts.back().at);
  for (const intake::Person& person : hand_in.people) {
    document["students"].push_back(person_json(person));
  }
  return document;
}

std::vector<EarlierRow> earlier_rows(const fs::path& out) {
  std::vector<EarlierRow> rows;
  std::error_code error;
  for (fs::directory_iterator entry(out, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!fs::is_regular_file(entry->path() / "results.json")) continue;
    EarlierRow row;
    row.name = entry->path().filename().string();
    const fs::path file = entry->path() / kHandInFile;
    if (fs::is_regular_file(file)) row.hand_in = json::parse(read_file(file), nullptr, false);
    if (!row.hand_in.is_object()) row.hand_in = json::object();
    if (!row.hand_in.contains("identities")) row.hand_in["identities"] = {"name:" + row.name};
    row.is_nothing = row.hand_in.value("nothing_handed_in", false);
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(),
            [](const EarlierRow& a, const EarlierRow& b) { return a.name < b.name; });
  return rows;
}

intake::EarlierNames names_of(const std::vector<EarlierRow>& rows) {
  intake::EarlierNames names;
  for (const EarlierRow& row : rows) {
    for (const json& identity : row.hand_in.at("identities")) {
      if (identity.is_string()) names.emplace(identity.get<std::string>(), row.name);
    }
  }
  return names;
}

void keep_graded_rows(const std::vector<EarlierRow>& rows, std::vector<intake::HandIn>& hand_ins) {
  std::set<std::string> graded;
  for (const EarlierRow& row : rows) {
    if (!row.is_nothing) graded.insert(row.name);
  }
  const auto stays = [&](const intake::HandIn& hand_in) {
    return hand_in.refused == intake::kNothingHandedIn && graded.count(hand_in.name) != 0;
  };
  hand_ins.erase(std::remove_if(hand_ins.begin(), hand_ins.end(), stays), hand_ins.end());
}

int grade_class(pipeline::SubmissionGrader& grader, const std::vector<intake::HandIn>& hand_ins,
                const ClassOptions& options, gradebook::ClassSummary& summary,
                ClassProgress& progress) {
  const auto wanted =
      options.jobs == 0 ? static_cast<std::size_t>(workers_for_submissions()) : options.jobs;
  const std::size_t jobs = std::min(wanted, hand_ins.size());
  Work work(grader, hand_ins, options, summary, progress);
  progress.begin_class(hand_ins.size());
  std::vector<std::future<void>> workers;
  for (std::size_t i = 0; i < jobs; ++i) {
    workers.push_back(std::async(std::launch::async, [&] { work.run(); }));
  }
  wait_for(workers, work);
  int status = kDone;
  for (const Ended& ended : work.ended()) {
    status = std::max(status, ended.status);
    if (ended.complaint.empty()) continue;
    show_progress("");
    fmt::print(stderr, "{}\n", printable(ended.complaint));
  }
  if (progress.done() < hand_ins.size()) {
    progress.say(fmt::format("{} of {} are graded; the same command goes on with the others",
                             progress.done(), hand_ins.size()));
    throw Interrupted{SIGINT};
  }
  return status;
}

std::size_t add_earlier(const std::vector<EarlierRow>& rows,
                        const std::vector<intake::HandIn>& hand_ins, const fs::path& out,
                        gradebook::ClassSummary& summary) {
  std::set<std::string> made_anew;
  for (const intake::HandIn& hand_in : hand_ins) made_anew.insert(hand_in.name);
  std::size_t count = 0;
  for (const EarlierRow& row : rows) {
    if (row.is_nothing || made_anew.count(row.name) != 0) continue;
    const fs::path file = fs::path(row.name) / "results.json";
    try {
      summary.add(json::parse(read_file(out / file)), file.string(), row.hand_in);
      ++count;
    } catch (const std::exception& error) {
      fmt::print(stderr, "{}: not in class.json: {}\n", printable((out / file).string()),
                 printable(error.what()));
    }
  }
  return count;
}

}  // namespace pset3::app
