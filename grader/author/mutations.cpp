#include "grader/author/mutations.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <tuple>

#include "grader/author/mutator.hpp"

namespace pset3::author {
namespace {

std::string on_one_line(const std::string& text) {
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
  return line;
}

/// What the mutant is known by: the lines that it changes.
void set_lines(const std::string& source, Mutation& mutation) {
  const std::size_t before = source.rfind('\n', mutation.begin == 0 ? 0 : mutation.begin - 1);
  const std::size_t first = before == std::string::npos ? 0 : before + 1;
  const std::size_t last = std::min(source.find('\n', mutation.end), source.size());
  mutation.line =
      1 + static_cast<int>(std::count(
              source.begin(), source.begin() + static_cast<std::ptrdiff_t>(mutation.begin), '\n'));
  mutation.removed = on_one_line(source.substr(mutation.begin, mutation.end - mutation.begin));
  mutation.before = on_one_line(source.substr(first, last - first));
  mutation.after = on_one_line(source.substr(first, mutation.begin - first) + mutation.replacement +
                               source.substr(mutation.end, last - mutation.end));
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> solution_blocks(const std::string& source) {
  const std::string begin = "// BEGIN SOLUTION";
  std::vector<std::pair<std::size_t, std::size_t>> blocks;
  for (auto at = source.find(begin); at != std::string::npos; at = source.find(begin, at + 1)) {
    blocks.emplace_back(at + begin.size(), source.find("// END SOLUTION", at));
  }
  return blocks;
}

std::vector<Mutation> mutations_of(const std::string& file, const std::string& source,
                                   const SyntaxTree& tree) {
  std::vector<Mutation> all = Mutator(source, tree).mutations();
  std::set<std::tuple<std::size_t, std::size_t, std::string>> seen;
  std::vector<Mutation> once;
  for (Mutation& mutation : all) {
    mutation.file = file;
    set_lines(source, mutation);
    const bool is_new = seen.insert({mutation.begin, mutation.end, mutation.replacement}).second;
    if (is_new && mutation.before != mutation.after) once.push_back(std::move(mutation));
  }
  std::stable_sort(once.begin(), once.end(),
                   [](const Mutation& a, const Mutation& b) { return a.begin < b.begin; });
  return once;
}

std::string mutated(const Mutation& mutation, const std::string& source) {
  return source.substr(0, mutation.begin) + mutation.replacement + source.substr(mutation.end);
}

}  // namespace pset3::author
