#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "grader/intake/hand_in.hpp"
#include "grader/intake/roster.hpp"
#include "grader/intake/row_names.hpp"

namespace pset3::intake {

struct CollectOptions {
  std::optional<Shape> shape;    ///< how the class was downloaded; guessed from names when not told
  std::filesystem::path output;  ///< where reports go: never an input
  std::optional<Roster> roster;
  EarlierNames earlier;  ///< rows that are in `output` already
};

/// Finds out who hands in what. Each entry of a class becomes a row, with the reason where nothing
/// of it can be graded, or is named in `skipped`.
///
/// A path is one submission, or a folder or archive of a class. A folder is one submission when a
/// wanted file, a part folder, starter/, solution/, .git or a CMakeLists.txt is directly in it, or
/// when its folders are called as those of one program are (src, docs, question_b, …). It is a
/// class when it has Gradescope's submission_metadata.yml, when most of its entries are called as a
/// platform calls uploads, or when it holds other folders, or several archives. An archive is a
/// class when the same is very clear. A path that does not exist is one submission, so that `take`
/// refuses it with a reason.
Class collect(const std::vector<std::filesystem::path>& paths,
              const std::vector<WantedPart>& wanted, const CollectOptions& options = {});

}  // namespace pset3::intake
