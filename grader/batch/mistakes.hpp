#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/judge/rubric.hpp"

namespace pset3::batch {

/// fixtures/<part>/mistakes/NAME.patch or variants/NAME.patch: a header of `Key: value` lines, then
/// a unified diff against solution/<part>/.
///
///     Mistake: one line, what is wrong                       (or `Variant:`)
///     Explain: what the student should read; continued lines are indented
///     Fails: p1.b.survivors p1.b.hidden                      (mistakes only)
///     Blocks: p1.d.better                                    (optional: cannot be judged because
///                                                             of it; hidden ones may pass by the
///                                                             luck of the draw)
///     Seen: where such a submission was met                   (optional)
struct Patch {
  std::string name;  ///< the file's, without .patch
  std::string title;
  std::string explanation;
  std::vector<std::string> fails;
  std::vector<std::string> blocks;  ///< checks that are blocked by it
  std::string seen;
  std::filesystem::path file;
};

enum class PatchKind { kMistake, kVariant };

/// Reads all patches of a kind, in the order of their names.
/// @throws InputError that names the file and the line of the header that is wrong, or a check that
/// the
///         rubric does not have.
std::vector<Patch> read_patches(const std::filesystem::path& fixtures, PatchKind kind,
                                const judge::Rubric& rubric);

/// @returns the solution's files with the patch applied, name -> bytes.
/// @throws InputError when it does not apply cleanly.
std::map<std::string, std::string> apply_patch(const Patch& patch,
                                               const std::filesystem::path& solution,
                                               const std::vector<std::string>& files);

/// @returns name -> bytes of the files of a folder.
std::map<std::string, std::string> read_files(const std::filesystem::path& folder,
                                              const std::vector<std::string>& files);

}  // namespace pset3::batch
