#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "grader/judge/checks.hpp"
#include "grader/judge/rubric.hpp"

namespace pset3::pipeline {

/// fixtures/<part>/mistakes/NAME.patch or variants/NAME.patch: a header of `Key: value` lines, then
/// a unified diff against solution/<part>/.
///
///     Mistake: one line, what is wrong
///     Explain: what the student should read; continued lines are indented
///     Fails: p1.b.survivors p1.c.all_views
///     Blocks: p1.d.better
///     Costs: p1.b
///     Says: same dtype
///     Seen: where such a submission was met
///
/// A variant begins with `Variant:` instead of `Mistake:`, and has no `Fails:` and no `Blocks:`.
/// `Fails:` lists the checks that the mistake is found in, whatever it costs there. The others are
/// optional. `Blocks:` lists the checks that cannot be judged because of the mistake: each is
/// blocked, or passes by the luck of the draw. The list has none of the checks that are
/// not_worth_a_training(). `Costs:` lists the questions (or single checks) that the mistake does
/// not answer at all (the input returned, a constant, an empty loop): it costs all of their points,
/// and not those of its dearest check. `Says:` is in the message of the exception that the mistake
/// ends in: an exception of the same type with another message is another mistake's.
struct Patch {
  std::string name;  ///< the file's, without .patch
  std::string title;
  std::string explanation;
  std::vector<std::string> fails;
  std::vector<std::string> blocks;  ///< checks that are blocked by it
  std::vector<std::string> costs;   ///< what it leaves without an answer: "p1.b"
  std::string seen;
  std::string says;  ///< by its exception
  std::filesystem::path file;
};

/// A further mistake is one that reports name and the selftest does not grade: further/NAME.patch
/// has the header of a mistake, without `Fails:`.
enum class PatchKind { kMistake, kVariant, kFurther };

/// Reads all patches of a kind, in the order of their names.
/// @throws InputError that names the file and the wrong line of its header, or a check that the
/// rubric does not have.
std::vector<Patch> read_patches(const std::filesystem::path& fixtures, PatchKind kind,
                                const judge::Rubric& rubric);

/// Which checks on something learnt (those with a metric) are not worth a training, since it is
/// known beforehand what comes of them: the reference's result where none of the check's files is
/// changed; and where the mistake must fail what the check needs, "blocked", or "passed" if it
/// happens to learn well all the same.
/// @param solution  the solution's files, name -> bytes.
/// @param patched   the same files with the patch applied.
std::set<std::string> not_worth_a_training(const Patch& patch, const judge::Rubric& rubric,
                                           const judge::Checks& checks,
                                           const std::map<std::string, std::string>& solution,
                                           const std::map<std::string, std::string>& patched);

/// @returns the solution's files with the patch applied, name -> bytes.
/// @throws InputError when it does not apply cleanly.
std::map<std::string, std::string> apply_patch(const Patch& patch,
                                               const std::filesystem::path& solution,
                                               const std::vector<std::string>& files);

/// @returns name -> bytes of the files of a folder.
std::map<std::string, std::string> read_files(const std::filesystem::path& folder,
                                              const std::vector<std::string>& files);

}  // namespace pset3::pipeline
