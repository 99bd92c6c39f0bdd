#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/app/app.hpp"
#include "grader/intake/hand_in.hpp"
#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/store.hpp"
#include "grader/pipeline/submissions.hpp"
#include "grader/report/results.hpp"

namespace pset3::app {

inline constexpr int kDone = 0;
inline constexpr int kCheckFailed = 1;
inline constexpr int kBadInput = 2;
inline constexpr int kOurFault = 3;

/// What all verbs share; the course is read when a verb first needs it.
class Context {
 public:
  explicit Context(const Registry& registry) : registry_(registry) {}

  const pipeline::Course& course();
  /// Judges by these rubrics in place of the course's own.
  void use_rubrics(const std::vector<std::filesystem::path>& files);
  const pipeline::Store& store();
  std::filesystem::path store_place() const;  ///< where the store is, or will be
  const Registry& registry() const { return registry_; }

  /// The option --store of every verb.
  std::string store_folder;
  /// The option --handouts of the verbs that write pages.
  std::string handouts_address;
  /// What stands behind two dashes after `run`: for the exercise alone.
  std::vector<std::string> behind_dashes;

 private:
  const Registry& registry_;
  std::optional<pipeline::Course> course_;
  std::optional<pipeline::Store> store_;
};

/// A verb's body: returns the exit status.
using Action = std::function<int()>;

/// Adds a verb to the command line; `chosen` becomes its body when the user asks for it.
void add_check(CLI::App& app, Context& context, Action& chosen);
void add_run(CLI::App& app, Context& context, Action& chosen);
void add_open(CLI::App& app, Action& chosen);
void add_doctor(CLI::App& app, Context& context, Action& chosen);

/// The verbs of those who grade and write, which a student's release does not have: teaching.cmake.
void add_teaching_verbs(CLI::App& app, Context& context, Action& chosen);
void add_grade(CLI::App& app, Context& context, Action& chosen);
void add_gradebook(CLI::App& app, Action& chosen);
void add_similar(CLI::App& app, Context& context, Action& chosen);
/// Adds the formats of grades to the verb that add_export has made.
void add_class_exports(CLI::App& app, Action& chosen);
void add_stats(CLI::App& app, Action& chosen);
void add_pack(CLI::App& app, Context& context, Action& chosen);
void add_completion(CLI::App& app, Context& context, Action& chosen);
void add_man(CLI::App& app, Context& context, Action& chosen);
void add_export(CLI::App& app, Context& context, Action& chosen);
void add_rejudge(CLI::App& app, Context& context, Action& chosen);
void add_diff(CLI::App& app, Context& context, Action& chosen);
void add_store(CLI::App& app, Context& context, Action& chosen);
void add_author(CLI::App& app, Context& context, Action& chosen);
/// `gradescope`, which that platform's run_autograder calls.
void add_gradescope(CLI::App& app, Context& context, Action& chosen);
/// `author release`, which author.cpp adds.
void add_release(CLI::App& author, Context& context, Action& chosen);
void add_demo(CLI::App& app, Context& context, Action& chosen);

/// The program's version, the compilers and the libraries, in a few lines.
std::string version_text();

/// The option --store, the same for every verb.
void add_store_option(CLI::App& verb, Context& context);

/// The option --handouts, the same for every verb that writes pages.
void add_handouts_option(CLI::App& verb, Context& context);

/// The course secret and the run that hidden cases are drawn for.
/// @param file  of the secret; empty = the cache's own, made when first asked for.
pipeline::Draw read_draw(const std::string& file, const std::string& run);

/// @returns the style for what is printed to stdout.
report::TextStyle terminal_style();

/// A line on stderr that the next one overwrites on a terminal; nothing when stderr is not one.
void show_progress(const std::string& text);

/// A submission's name for people: what they typed when that is short, else the last part of the
/// path.
std::string short_name(const std::filesystem::path& submission);

/// Where a student's files are when --dir is not given: ./starter, else here, else the course's
/// starter.
std::filesystem::path default_submission(const pipeline::Course& course);

/// @throws GraderError
void make_folder(const std::filesystem::path& folder);

/// `pset3 grade`, also what the demo does.
/// Every hand-in whose place in the class leaves this rest: what one task of a cluster grades.
struct Share {
  std::size_t rest = 0;
  std::size_t of = 1;
};

struct GradeRequest {
  std::vector<std::filesystem::path> paths;
  std::filesystem::path out;
  pipeline::Draw draw;
  bool public_only = false;
  bool dry_run = false;                     ///< only show who hands in what
  std::set<std::string> parts = {};         ///< short names; empty = all
  std::optional<intake::Shape> shape = {};  ///< how a class was downloaded; empty = guess
  std::filesystem::path roster = {};        ///< empty = none
  pipeline::Several several = pipeline::Several::kLast;
  std::size_t jobs = 0;                     ///< 0 = one more than there are cores
  bool html = false;                        ///< also write pages
  bool staff = false;                       ///< and pages that show hidden checks
  std::filesystem::path compare_with = {};  ///< an earlier run's folder; empty = none
  std::optional<Share> share = {};          ///< grade only these, into the store, and write nothing
};
int grade(Context& context, GradeRequest request);

}  // namespace pset3::app
