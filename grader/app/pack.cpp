#include <fmt/format.h>

#include <algorithm>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/text.hpp"
#include "grader/base/zip.hpp"
#include "grader/intake/receipt.hpp"
#include "grader/pipeline/submissions.hpp"
#include "grader/report/explain.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;
using intake::PartFiles;

struct PackOptions {
  std::vector<std::string> parts;
  std::string folder;
  std::string out = "hw.zip";
  bool incomplete = false;
};

intake::Submission taken_or_refused(const fs::path& path,
                                    const std::vector<intake::WantedPart>& wanted) {
  try {
    return intake::take(path, wanted);
  } catch (const intake::Refused& refused) {
    throw InputError("nothing was packed: " + std::string(refused.what()));
  }
}

std::size_t count_of(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

/// Whether something is written in a part: a stub that no longer throws, or a stub that was taken
/// out. Students write into the starter itself, so there is nothing that a file could differ from.
bool is_begun(const judge::Rubric& rubric, const PartFiles& parts) {
  const auto files = parts.find(rubric.folder);
  if (files == parts.end()) return false;
  return std::any_of(files->second.begin(), files->second.end(), [&](const auto& file) {
    const std::size_t stubs = count_of(file.second, "PSET3_TODO();");
    const auto& names = rubric.files;
    const bool is_named = std::find(names.begin(), names.end(), file.first) != names.end();
    return is_named && (stubs == 0 || stubs < count_of(file.second, "TODO(student)"));
  });
}

std::set<std::string> chosen_parts(const pipeline::Course& course, const PackOptions& options,
                                   const PartFiles& parts, const fs::path& submission) {
  std::set<std::string> chosen;
  for (const std::string& name : options.parts) chosen.insert(course.part(name).part);
  if (!chosen.empty()) return chosen;
  for (const judge::Rubric& rubric : course.parts) {
    if (is_begun(rubric, parts)) chosen.insert(rubric.part);
  }
  if (chosen.empty()) {
    throw InputError("nothing was packed: nothing is written yet in " + short_name(submission) +
                     ", all of its files are as they were given. --dir names another folder");
  }
  return chosen;
}

/// Collects reasons, each once.
class Reasons {
 public:
  void add(const std::string& reason) {
    if (std::find(all_.begin(), all_.end(), reason) == all_.end()) all_.push_back(reason);
  }
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::vector<std::string> all_;
};

void say_what_check_found(const judge::Rubric& rubric, const judge::CheckResult& result,
                          const std::map<std::string, std::string>& files, Reasons& reasons) {
  const judge::CheckSpec& check = *rubric.find_check(result.check);
  const std::string path = rubric.folder + "/" + check.files.at(0);
  if (files.count(check.files[0]) == 0 || check.extra) return;
  if (result.verdict == judge::Verdict::kNotAttempted) {
    reasons.add(path + ": " +
                fmt::format("{} is not written yet", fmt::join(check.functions, ", ")));
  } else if (result.verdict == judge::Verdict::kForbidden && !result.findings.empty()) {
    reasons.add(path + " uses what this part does not allow: " + result.findings[0].got);
  }
}

/// Why a part would lose points for nothing, or would not be taken.
void say_what_is_wrong(const report::PartReport& part, const PartFiles& parts, Reasons& reasons) {
  static const std::map<std::string, std::string> kNothing;
  const judge::Rubric& rubric = *part.rubric;
  const auto found = parts.find(rubric.folder);
  const auto& files = found == parts.end() ? kNothing : found->second;
  for (const std::string& name : rubric.files) {
    if (files.count(name) == 0) reasons.add(rubric.folder + "/" + name + " is missing");
  }
  for (const Diagnostic& said : part.diagnostics) {
    if (said.severity != "error") continue;
    const std::string first_line = said.message.substr(0, said.message.find('\n'));
    reasons.add(fmt::format("{}/{} does not compile: {}", rubric.folder, report::place_of(said),
                            first_line));
  }
  for (const judge::CheckResult& result : part.checks) {
    say_what_check_found(rubric, result, files, reasons);
  }
}

bool is_refused(const report::SubmissionReport& judged, const intake::Submission& taken,
                bool incomplete) {
  Reasons reasons;
  for (const report::PartReport& part : judged.parts) {
    say_what_is_wrong(part, taken.parts, reasons);
  }
  for (const std::string& sentence : taken.not_taken) reasons.add(sentence);
  if (reasons.all().empty()) return false;
  constexpr std::size_t kMost = 12;
  const std::size_t shown = std::min(reasons.all().size(), kMost);
  fmt::print(stderr, "pset3: {}\n",
             incomplete ? "packed, although:" : "nothing was packed, because:");
  for (std::size_t i = 0; i < shown; ++i) {
    fmt::print(stderr, "  {}\n", printable(reasons.all()[i]));
  }
  if (reasons.all().size() > shown) {
    fmt::print(stderr, "  and {} more\n", reasons.all().size() - shown);
  }
  if (incomplete) return false;
  fmt::print(stderr, "  Mend it and pack again, or hand in what there is with --incomplete.\n");
  return true;
}

std::string archive_of(const PartFiles& parts) {
  ZipWriter zip(ZipWriter::Packing::kDeflated);
  zip.add(intake::kReceiptName, intake::receipt_for(parts));
  for (const auto& [folder, files] : parts) {
    for (const auto& [name, bytes] : files) zip.add(folder + "/" + name, bytes);
  }
  return zip.finish();
}

/// Reads the archive back as the course will.
void require_same(const fs::path& archive, const std::vector<intake::WantedPart>& wanted,
                  const PartFiles& parts) {
  const intake::Submission back = taken_or_refused(archive, wanted);
  if (back.parts != parts || !back.receipt_notes.empty()) {
    throw GraderError(archive.string() + " does not hold what was packed into it");
  }
}

void print_parts(const report::SubmissionReport& judged, const PartFiles& parts) {
  const report::Document document = report::document_of(judged);
  for (std::size_t i = 0; i < judged.parts.size(); ++i) {
    const judge::Rubric& rubric = *judged.parts[i].rubric;
    const auto files = parts.find(rubric.folder);
    fmt::print(" {}  {}: {} points from the public checks\n", rubric.part, rubric.title,
               report::score_of(document, document.parts[i]));
    if (files == parts.end()) continue;
    for (const auto& [name, bytes] : files->second) {
      fmt::print("     {}/{}\n", rubric.folder, name);
    }
  }
}

int pack(Context& context, const PackOptions& options) {
  const pipeline::Course& course = context.course();
  const fs::path submission =
      options.folder.empty() ? default_submission(course) : fs::path(options.folder);
  std::set<std::string> parts = chosen_parts(
      course, options, taken_or_refused(submission, course.wanted_files()).parts, submission);
  intake::Submission taken = taken_or_refused(submission, course.wanted_files(parts));
  std::erase_if(taken.parts,
                [&](const auto& part) { return parts.count(course.part(part.first).part) == 0; });
  pipeline::SubmissionOptions selected;
  selected.parts = parts;
  show_progress("building and running …");
  pipeline::SubmissionGrader grader(course, context.store(), selected);
  const report::SubmissionReport judged = grader.grade(submission, short_name(submission));
  show_progress("");
  if (is_refused(judged, taken, options.incomplete)) return kCheckFailed;
  if (taken.parts.empty()) throw InputError("nothing was packed: no file of these parts is there");
  const std::string archive = archive_of(taken.parts);
  make_folder(fs::absolute(options.out).parent_path());
  write_file(options.out, archive);
  require_same(options.out, course.wanted_files(parts), taken.parts);
  print_parts(judged, taken.parts);
  fmt::print("\n {} is ready to hand in. Its SHA-256 is the same whenever its files are:\n {}\n",
             options.out, sha256_of(archive));
  return report::has_grader_error(judged) ? kOurFault : kDone;
}

}  // namespace

void add_pack(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand("pack", "Make the archive to hand in, once it is complete");
  auto options = std::make_shared<PackOptions>();
  verb->add_option("parts", options->parts,
                   "p1, … (default: every part in which something is written)")
      ->type_name("PART");
  verb->add_option("--dir", options->folder, "your files (default ./starter)")->type_name("DIR");
  verb->add_option("--out", options->out, "the archive")->type_name("FILE")->capture_default_str();
  verb->add_flag("--incomplete", options->incomplete,
                 "pack even what is missing, not written yet or does not compile");
  add_store_option(*verb, context);
  verb->footer(
      "Packs exactly the files that are graded, and a receipt with their hashes. Nothing is packed "
      "when a\n"
      "file is missing, is still a stub, does not compile, or would not be taken.\n"
      "Exit status: 0 packed, 1 not packed for one of these reasons, 2 wrong usage.\n"
      "Examples:\n"
      "  ./pset3 pack\n"
      "  ./pset3 pack p1 --out ada_p1.zip\n"
      "  ./pset3 check --dir hw.zip    what is in it");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] { return pack(context, *options); };
  });
}

}  // namespace pset3::app
