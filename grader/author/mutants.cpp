#include "grader/author/mutants.hpp"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "grader/author/due.hpp"
#include "grader/author/measures.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/parallel.hpp"
#include "grader/base/process.hpp"
#include "grader/judge/naming.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/part_grader.hpp"
#include "grader/pipeline/program.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

class Grading {
 public:
  Grading(const pipeline::Course& course, const judge::Rubric& rubric, const pipeline::Store& store,
          const MutantOptions& options)
      : solution_(pipeline::read_files(course.solution(rubric), rubric.files)),
        equivalents_(read_equivalents(course, rubric)),
        grader_(course, rubric, store, pipeline::options_for_patches(options.draw)),
        learnt_(learnt_checks(rubric, course.checks)) {
    own_program_ = program(solution_);
  }

  MutantRow grade(const Mutation& mutation);
  /// @param all  whether the rows are all mutants, and not a sample of them.
  std::vector<std::string> stale(const std::vector<Mutation>& possible,
                                 const std::vector<MutantRow>& rows) const;

 private:
  /// The linked bytes; nothing when a file does not compile.
  std::string program(const Files& files);
  void read(const report::PartReport& report, MutantRow& row);
  void set_due(const report::PartReport& report, MutantRow& row);

  Files solution_;
  std::vector<Equivalent> equivalents_;
  pipeline::PartGrader grader_;
  std::set<std::string> learnt_;
  std::string own_program_;
};

bool is_same(const Equivalent& known, const Mutation& mutation) {
  return known.file == mutation.file && known.function == mutation.function &&
         known.before == mutation.before && known.after == mutation.after;
}

std::string Grading::program(const Files& files) {
  const pipeline::BuiltProgram built = pipeline::build_program(grader_.part().context(), files);
  if (!built.broken.empty() || built.executable.empty()) return "";
  return read_file(built.executable);
}

void Grading::set_due(const report::PartReport& report, MutantRow& row) {
  std::set<std::string> unanswered = without_a_value(report);
  row.gives_no_value = !unanswered.empty();
  row.answers_nothing = false;
  for (const judge::KnownMistake& known : grader_.part().public_mistakes()) {
    if (std::find(row.named.begin(), row.named.end(), known.name) == row.named.end()) continue;
    unanswered.insert(known.costs.begin(), known.costs.end());
    row.answers_nothing = row.answers_nothing || !known.costs.empty();
  }
  row.due = due_of(report, unanswered);
}

void Grading::read(const report::PartReport& report, MutantRow& row) {
  static_cast<Graded&>(row) = graded(report);
  set_due(report, row);
}

MutantRow Grading::grade(const Mutation& mutation) {
  MutantRow row;
  row.mutation = mutation;
  Files files = solution_;
  files[mutation.file] = mutated(mutation, solution_.at(mutation.file));
  const std::string linked = program(files);
  if (linked.empty() || linked == own_program_) {
    row.fate = linked.empty() ? MutantFate::kRefused : MutantFate::kSameCode;
    return row;
  }
  read(grader_.grade(files, learnt_), row);
  if (row.lost <= kRounding && !learnt_.empty()) read(grader_.grade(files), row);
  const bool is_known =
      std::any_of(equivalents_.begin(), equivalents_.end(),
                  [&](const Equivalent& known) { return is_same(known, mutation); });
  if (row.lost > kRounding) {
    row.fate = MutantFate::kCaught;
  } else {
    row.fate = is_known ? MutantFate::kEquivalent : MutantFate::kSurvived;
  }
  return row;
}

std::vector<std::string> Grading::stale(const std::vector<Mutation>& possible,
                                        const std::vector<MutantRow>& rows) const {
  std::vector<std::string> stale;
  for (const Equivalent& known : equivalents_) {
    const auto is_it = [&](const Mutation& mutation) { return is_same(known, mutation); };
    const std::string what = known.file + " in " + known.function + ": " + known.after;
    if (std::none_of(possible.begin(), possible.end(), is_it)) {
      stale.push_back(what + ": no mutant of today's solution");
    }
    if (std::any_of(rows.begin(), rows.end(), [&](const MutantRow& row) {
          return row.fate == MutantFate::kCaught && is_it(row.mutation);
        })) {
      stale.push_back(what + ": it loses points");
    }
  }
  return stale;
}

/// The same ones in each run, in the order of the files.
std::vector<Mutation> draw_sample(std::vector<Mutation> all, const std::optional<int>& count) {
  if (!count || static_cast<std::size_t>(*count) >= all.size()) return all;
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  order.resize(static_cast<std::size_t>(*count));
  std::sort(order.begin(), order.end());
  std::vector<Mutation> sample;
  for (const std::size_t i : order) sample.push_back(all[i]);
  return sample;
}

std::string shown_by_clang(const pipeline::Course& course, const judge::Rubric& rubric,
                           const fs::path& file) {
  const ProcessResult result = run_process(syntax_tree_command(rubric, file), course.home.source);
  if (result.status == 0) return result.output;
  throw GraderError("the compiler cannot show the syntax tree of " + file.string() + ": " +
                    result.output.substr(0, 2000));
}

}  // namespace

bool MutantRow::is_named_by_mistake() const {
  return !std::all_of(named.begin(), named.end(), judge::is_slip);
}

std::vector<Mutation> mutations_of(const pipeline::Course& course, const judge::Rubric& rubric,
                                   const pipeline::Store& store) {
  const build::Toolkit toolkit =
      build::prepare_toolkit(course.home, rubric.part, rubric.folder, rubric.libraries);
  std::vector<Mutation> all;
  for (const std::string& name : rubric.files) {
    const fs::path file = fs::path("solution") / rubric.folder / name;
    const std::string source = read_file(course.home.source / file);
    Hasher hasher;
    hasher.add("syntax tree 1").add(toolkit.headers_hash).add(file.string()).add(source);
    const fs::path folder = store.get("syntax", hasher.hex(), [&](const fs::path& empty) {
      write_file(empty / "tree.json", shown_by_clang(course, rubric, file));
    });
    const SyntaxTree tree = parse_syntax_tree(read_file(folder / "tree.json"), file);
    const std::vector<Mutation> own = mutations_of(name, source, tree);
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

std::vector<Equivalent> read_equivalents(const pipeline::Course& course,
                                         const judge::Rubric& rubric) {
  const fs::path file = course.fixtures(rubric) / "equivalent.json";
  if (!fs::exists(file)) return {};
  try {
    std::vector<Equivalent> all;
    for (const nlohmann::json& item : nlohmann::json::parse(read_file(file))) {
      all.push_back({item.at("file"), item.at("function"), item.at("before"), item.at("after"),
                     item.at("reason")});
    }
    return all;
  } catch (const nlohmann::json::exception& error) {
    throw InputError(file.string() +
                     ": expected a list of objects with file, function, before, after and "
                     "reason, all of them texts: " +
                     error.what());
  }
}

Mutants mutants(const pipeline::Course& course, const judge::Rubric& rubric,
                const pipeline::Store& store, const MutantOptions& options,
                const Progress& progress) {
  const std::vector<Mutation> possible = mutations_of(course, rubric, store);
  const std::vector<Mutation> drawn = draw_sample(possible, options.sample);
  Grading grading(course, rubric, store, options);
  Mutants result;
  result.part = rubric.part;
  result.possible = possible.size();
  result.rows.resize(drawn.size());
  std::mutex telling;
  std::size_t done = 0;
  parallel_for(
      static_cast<int>(drawn.size()),
      [&](int index) {
        const auto i = static_cast<std::size_t>(index);
        result.rows[i] = grading.grade(drawn[i]);
        const std::lock_guard lock(telling);
        progress(to_text(drawn[i]), done++, drawn.size());
      },
      options.jobs);
  result.stale = grading.stale(possible, result.rows);
  return result;
}

}  // namespace pset3::author
