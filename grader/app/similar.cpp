#include "grader/similarity/similarity.hpp"

#include <fmt/format.h>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"
#include "grader/gradebook/finished_run.hpp"
#include "grader/intake/collect.hpp"
#include "grader/pipeline/kept.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct SimilarOptions {
  std::vector<std::string> paths;
  std::vector<std::string> parts;
  similarity::Options how;
  bool json = false;
};

std::map<std::string, similarity::Files> starter_files(const pipeline::Course& course) {
  std::map<std::string, similarity::Files> starter;
  for (const judge::Rubric& rubric : course.parts) {
    for (const std::string& name : rubric.files) {
      const fs::path file = course.starter(rubric) / name;
      if (fs::is_regular_file(file)) starter[rubric.part][name] = read_file(file);
    }
  }
  return starter;
}

void add_works(const pipeline::Course& course, const std::set<std::string>& parts,
               const intake::HandIn& hand_in, std::vector<similarity::Work>& works) {
  const intake::Submission submission =
      intake::take(hand_in.attempts.back().pieces, course.wanted_files(parts));
  for (const judge::Rubric& rubric : course.parts) {
    const auto files = submission.parts.find(rubric.folder);
    const bool is_asked = parts.empty() || parts.count(rubric.part) != 0;
    if (files == submission.parts.end() || !is_asked) continue;
    works.push_back({hand_in.name, rubric.part, files->second});
  }
}

/// What was read, and whether something could not be.
struct Reading {
  std::vector<similarity::Work> works;
  bool is_whole = true;
};

void leave_out(const std::string& name, const std::string& why, Reading& reading) {
  reading.is_whole = false;
  fmt::print(stderr, "{}: left out: {}\n", printable(name), printable(why));
}

void add_submitted(const pipeline::Course& course, const std::set<std::string>& parts,
                   const std::vector<fs::path>& paths, Reading& reading) {
  const intake::Class found = intake::collect(paths, course.wanted_files(parts), {});
  for (const intake::HandIn& hand_in : found.hand_ins) {
    try {
      if (hand_in.attempts.empty()) throw intake::Refused(hand_in.refused);
      add_works(course, parts, hand_in, reading.works);
    } catch (const intake::Refused& refused) {
      leave_out(hand_in.name, refused.what(), reading);
    }
  }
}

/// The files of a graded class, which the store has.
void add_graded(const pipeline::Store& store, const std::set<std::string>& parts,
                const fs::path& run, bool is_one_of_several, Reading& reading) {
  gradebook::FinishedRun(run).for_each_row([&](const gradebook::RunRow& row) {
    const std::string name = is_one_of_several ? (run / row.name).string() : row.name;
    if (row.is_nothing) return;
    if (!row.document.refused.empty()) return leave_out(name, row.document.refused, reading);
    for (const report::PartEntry& part : row.document.parts) {
      if (!parts.empty() && parts.count(part.part) == 0) continue;
      const auto key = part.provenance.value("submission", nlohmann::json());
      const auto files = key.is_string() ? pipeline::kept_files(store, key.get<std::string>())
                                         : std::optional<std::map<std::string, std::string>>();
      if (!files) {
        leave_out(name, "the store has no files of " + part.part + "; name what `grade` was given",
                  reading);
      } else if (!files->empty()) {
        reading.works.push_back({name, part.part, *files});
      }
    }
  });
}

Reading read_works(Context& context, const SimilarOptions& options) {
  const pipeline::Course& course = context.course();
  std::set<std::string> parts;
  for (const std::string& part : options.parts) parts.insert(course.part(part).part);
  Reading reading;
  std::vector<fs::path> submitted;
  for (const fs::path path : options.paths) {
    if (fs::exists(path / "class.json")) {
      add_graded(context.store(), parts, path, options.paths.size() > 1, reading);
    } else {
      submitted.push_back(path);
    }
  }
  if (!submitted.empty()) add_submitted(course, parts, submitted, reading);
  return reading;
}

nlohmann::json to_json(const std::vector<similarity::Pair>& pairs) {
  nlohmann::json list = nlohmann::json::array();
  for (const similarity::Pair& pair : pairs) {
    nlohmann::json runs = nlohmann::json::array();
    for (const similarity::Run& run : pair.runs) {
      runs.push_back({{"files", {run.first_file, run.second_file}},
                      {"first_lines", {run.first_begin, run.first_end}},
                      {"second_lines", {run.second_begin, run.second_end}},
                      {"tokens", run.tokens}});
    }
    list.push_back({{"part", pair.part},
                    {"submissions", {pair.first, pair.second}},
                    {"percent", {pair.first_percent, pair.second_percent}},
                    {"runs", runs}});
  }
  return {{"schema", "pset3-similar"}, {"version", 1}, {"pairs", list}};
}

int similar(Context& context, const SimilarOptions& options) {
  const pipeline::Course& course = context.course();
  const Reading reading = read_works(context, options);
  const std::vector<similarity::Pair> pairs =
      similarity::similar_pairs(reading.works, starter_files(course), options.how);
  if (options.json) {
    fmt::print("{}", report::to_file_text(to_json(pairs)));
  } else {
    fmt::print("{}", similarity::to_text(pairs, reading.works, terminal_style().width));
  }
  return reading.is_whole ? kDone : kBadInput;
}

}  // namespace

void add_similar(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* const verb = app.add_subcommand("similar", "Show submissions that have much in common");
  const auto options = std::make_shared<SimilarOptions>();
  verb->add_option("paths", options->paths,
                   "the folder that `grade --out` wrote, or what `grade` was given")
      ->required()
      ->type_name("PATH");
  verb->add_option("--parts", options->parts, "compare only these parts: p1,p2")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("PART,…");
  verb->add_option("--least", options->how.least_percent, "per cent in common that are shown")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  verb->add_option("--top", options->how.most_pairs, "pairs that are shown")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  verb->add_flag("--json", options->json, "print the pairs as JSON");
  add_store_option(*verb, context);
  verb->footer(
      "Compares tokens, so that other names and comments hide nothing; the starter's lines are "
      "taken "
      "out first.\n"
      "What comes out is worth a look, and no verdict. Needs Debian's package similarity-tester.\n"
      "Exit status: 0 all were compared, 2 some could not be read.\n"
      "Examples:\n"
      "  ./pset3 similar grades\n"
      "  ./pset3 similar grades ../last_year/grades --parts p1\n"
      "  ./pset3 similar download.zip\n"
      "  ./pset3 similar submissions --parts p1 --least 60 --top 5");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] { return similar(context, *options); };
  });
}

}  // namespace pset3::app
