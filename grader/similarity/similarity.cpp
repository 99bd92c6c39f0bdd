#include "grader/similarity/similarity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"

namespace pset3::similarity {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = "/usr/bin/sim_c++";

std::string squeezed(std::string_view line) {
  std::string kept;
  for (const char c : line) {
    if (c != ' ' && c != '\t' && c != '\r') kept += c;
  }
  return kept;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// A folder that a box can read.
class Desk {
 public:
  Desk() : folder_(made(box::cache_folder()), 0755) {}

  void put(const std::string& name, const std::string& text) const {
    write_file(folder_.path() / name, text);
    fs::permissions(folder_.path() / name, fs::perms::others_read, fs::perm_options::add);
  }

  /// @param names  of files that were put here. @returns what sim_c++ prints
  std::string run(std::vector<std::string> options, const std::vector<std::string>& names) const {
    box::BoxSpec spec;
    spec.argv = {kProgram};
    spec.argv.insert(spec.argv.end(), options.begin(), options.end());
    spec.argv.emplace_back("-i");  // names come on standard input: there may be thousands
    spec.read_only = {{folder_.path(), "/in"}};
    spec.working_folder = "/in";
    spec.limits.wall = std::chrono::minutes(10);
    spec.limits.cpu = std::chrono::minutes(10);
    spec.limits.text_bytes = 64ULL << 20;
    std::string input;
    for (const std::string& name : names) input += "/in/" + name + "\n";
    const box::BoxExit end = box::run(spec, input);
    if (end.ending == box::Ending::kExited && end.code == 0) return end.out;
    throw GraderError(
        fmt::format("sim_c++ failed: {}", printable(end.why.empty() ? end.err : end.why)));
  }

 private:
  static fs::path made(const fs::path& folder) {
    fs::create_directories(folder);
    return folder;
  }
  TemporaryFolder folder_;
};

std::string all_of(const Files& files, const Files& starter) {
  std::string all;
  for (const auto& [name, text] : files) {
    const auto given = starter.find(name);
    all += without_starter(text, given == starter.end() ? "" : given->second) + "\n";
  }
  return all;
}

/// The work on one part, compared.
class PartComparison {
 public:
  PartComparison(std::vector<const Work*> works, const Files& starter, const Options& options)
      : works_(std::move(works)), starter_(starter), options_(options) {}

  std::vector<Pair> pairs() const {
    const Desk desk;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < works_.size(); ++i) {
      names.push_back(std::to_string(i) + ".cpp");
      desk.put(names.back(), all_of(works_[i]->files, starter_));
    }
    // Each with each, in both directions: else a third copy of the same text is not told.
    const std::string output = desk.run(
        {"-e", "-a", "-s", "-p", "-T", "-t", std::to_string(options_.least_percent)}, names);
    return pairs_of(parse_shares(output));
  }

  /// Finds the places; for those pairs only that are shown.
  void find_runs(Pair& pair) const {
    const Desk desk;
    std::vector<std::string> names;
    const auto put_all = [&](const std::string& submission, const std::string& prefix) {
      for (const Work* work : works_) {
        if (work->submission != submission) continue;
        for (const auto& [name, text] : work->files) {
          const auto given = starter_.find(name);
          names.push_back(prefix + name);
          desk.put(names.back(),
                   without_starter(text, given == starter_.end() ? "" : given->second));
        }
      }
    };
    put_all(pair.first, "first_");
    put_all(pair.second, "second_");
    for (Run& run :
         parse_runs(desk.run({"-n", "-T", "-r", std::to_string(options_.least_tokens)}, names))) {
      if (run.first_file.rfind("second_", 0) == 0) {
        std::swap(run.first_file, run.second_file);
        std::swap(run.first_begin, run.second_begin);
        std::swap(run.first_end, run.second_end);
      }
      const bool is_between =
          run.first_file.rfind("first_", 0) == 0 && run.second_file.rfind("second_", 0) == 0;
      if (!is_between) continue;  // within one submission
      run.first_file.erase(0, 6);
      run.second_file.erase(0, 7);
      pair.runs.push_back(run);
    }
    std::stable_sort(pair.runs.begin(), pair.runs.end(),
                     [](const Run& a, const Run& b) { return a.tokens > b.tokens; });
  }

 private:
  std::vector<Pair> pairs_of(const std::vector<Share>& shares) const {
    std::map<std::pair<std::size_t, std::size_t>, Pair> found;
    for (const Share& share : shares) {
      if (share.first >= works_.size() || share.second >= works_.size()) continue;
      const bool in_order = share.first < share.second;
      const auto key = std::minmax(share.first, share.second);
      Pair& pair = found[{key.first, key.second}];
      pair.part = works_[key.first]->part;
      pair.first = works_[key.first]->submission;
      pair.second = works_[key.second]->submission;
      int& percent = in_order ? pair.first_percent : pair.second_percent;
      percent = std::max(percent, share.percent);
    }
    std::vector<Pair> pairs;
    for (auto& [key, pair] : found) pairs.push_back(std::move(pair));
    return pairs;
  }

  std::vector<const Work*> works_;
  const Files& starter_;
  const Options& options_;
};

}  // namespace

bool is_installed() { return fs::exists(kProgram); }

std::string without_starter(std::string_view text, std::string_view starter) {
  std::set<std::string> given;
  for (const std::string& line : lines_of(starter)) given.insert(squeezed(line));
  std::string rest;
  for (const std::string& line : lines_of(text)) {
    rest += (given.count(squeezed(line)) != 0 ? "" : line) + "\n";
  }
  return rest;
}

std::vector<Pair> similar_pairs(const std::vector<Work>& works,
                                const std::map<std::string, Files>& starter,
                                const Options& options) {
  if (!is_installed()) {
    throw InputError(
        "the program sim_c++ is missing; install Debian's package similarity-tester "
        "(Debian 12 has it: apt-get install similarity-tester)");
  }
  std::map<std::string, std::vector<const Work*>> by_part;
  for (const Work& work : works) by_part[work.part].push_back(&work);
  static const Files kNothing;
  const auto comparison = [&](const std::string& part) {
    const auto given = starter.find(part);
    return PartComparison(by_part.at(part), given == starter.end() ? kNothing : given->second,
                          options);
  };
  std::vector<Pair> pairs;
  for (const auto& [part, of_part] : by_part) {
    if (of_part.size() < 2) continue;
    for (Pair& pair : comparison(part).pairs()) pairs.push_back(std::move(pair));
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return a.first_percent + a.second_percent > b.first_percent + b.second_percent;
  });
  if (pairs.size() > options.most_pairs) pairs.resize(options.most_pairs);
  for (Pair& pair : pairs) comparison(pair.part).find_runs(pair);
  return pairs;
}

std::vector<Share> parse_shares(std::string_view output) {
  static const std::regex kLine(
      "/in/(\\d+)\\.cpp consists for (\\d+) % of /in/(\\d+)\\.cpp material");
  std::vector<Share> shares;
  for (const std::string& line : lines_of(output)) {
    std::smatch part;
    if (!std::regex_search(line, part, kLine)) continue;
    shares.push_back({std::stoul(part[1]), std::stoul(part[3]), std::stoi(part[2])});
  }
  return shares;
}

std::vector<Run> parse_runs(std::string_view output) {
  static const std::regex kLine(
      "/in/(\\S+): line (\\d+)-(\\d+)\\s*\\|/in/(\\S+): line (\\d+)-(\\d+)\\s*\\[(\\d+)\\]");
  std::vector<Run> runs;
  for (const std::string& line : lines_of(output)) {
    std::smatch part;
    if (!std::regex_search(line, part, kLine)) continue;
    runs.push_back({part[1], part[4], std::stoul(part[2]), std::stoul(part[3]), std::stoul(part[5]),
                    std::stoul(part[6]), std::stoul(part[7])});
  }
  return runs;
}

}  // namespace pset3::similarity
