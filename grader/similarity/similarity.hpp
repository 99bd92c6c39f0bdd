#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pset3::similarity {

/// File name -> text.
using Files = std::map<std::string, std::string>;

/// One submission's files of one part.
struct Work {
  std::string submission;
  std::string part;
  Files files;
};

/// Lines from one file that are much like lines from another, whatever things are called in them.
struct Run {
  std::string first_file, second_file;
  std::size_t first_begin = 0, first_end = 0;    ///< lines, from 1, the last one included
  std::size_t second_begin = 0, second_end = 0;  ///< the same
  std::size_t tokens = 0;
};

/// Two submissions that have much in common. A reason to look, and no verdict.
struct Pair {
  std::string part;
  std::string first, second;
  int first_percent = 0;   ///< of the first's own code that the second has too
  int second_percent = 0;  ///< the other way round
  std::vector<Run> runs;   ///< the longest first
};

struct Options {
  int least_percent = 40;  ///< pairs with less in common are left out
  std::size_t most_pairs = 20;
  std::size_t least_tokens = 24;  ///< of a run
};

/// Whether similarity-tester is installed; it looks at tokens, so that names and comments do not
/// matter.
bool is_installed();

/// Lines of a file that the starter has too become empty, so that the others keep their numbers.
std::string without_starter(std::string_view text, std::string_view starter);

/// Compares all submissions of each part with one another. sim_c++ reads them in a box.
/// @param starter  part -> its files
/// @returns pairs, the most similar first.
/// @throws InputError when similarity-tester is not installed, GraderError when it fails.
std::vector<Pair> similar_pairs(const std::vector<Work>& works,
                                const std::map<std::string, Files>& starter,
                                const Options& options = {});

/// What sim_c++ prints, taken apart; exposed for tests.
struct Share {
  std::size_t first = 0, second = 0;  ///< numbers in the files' names
  int percent = 0;
};
std::vector<Share> parse_shares(std::string_view output);
std::vector<Run> parse_runs(std::string_view output);

/// The pairs in a few lines each, with their runs side by side. @param columns  of the terminal
std::string to_text(const std::vector<Pair>& pairs, const std::vector<Work>& works, int columns);

}  // namespace pset3::similarity
