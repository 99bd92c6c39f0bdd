#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/intake/intake.hpp"
#include "grader/intake/source.hpp"

namespace pset3::intake {

/// How clearly a place says which part's file it holds, clearest first.
enum class Fit { kInPartFolder, kBelowPartFolder, kElsewhere };

/// A file that may be a wanted one.
struct Candidate {
  std::string path;
  Fit fit = Fit::kElsewhere;
  std::string bytes;
};

/// Sees every entry of a submission once, keeps what may be a wanted file, and then decides.
class Selection {
 public:
  explicit Selection(const std::vector<WantedPart>& wanted) : wanted_(wanted) {}

  /// @throws Refused for a link or device in the place of a wanted file
  void see(const Entry& entry, const ReadBytes& read);
  /// @throws Refused when nothing was found, or when it is not clear which file is meant
  void decide(Submission& submission);

 private:
  void see_file(const Place& place, const ReadBytes& read);
  void see_near_case(const Place& place);
  void require_clear_paths() const;
  void drop_solutions_beside_starters(const std::string& part);
  const Candidate& choose(const std::string& file, std::vector<Candidate>& candidates,
                          Submission& submission) const;
  void take_part(const WantedPart& part, Submission& submission);
  void see_header(const Place& place, const ReadBytes& read);
  void take_headers(const WantedPart& part, const std::set<std::string>& folders,
                    Submission& submission) const;
  void note_other_sources(const WantedPart& part, const std::set<std::string>& folders,
                          std::vector<std::string>& notes) const;
  void note_missing(const WantedPart& part, Submission& submission) const;
  void note_near_misses(const Submission& submission, std::vector<std::string>& notes) const;
  [[noreturn]] void refuse_empty() const;

  const std::vector<WantedPart>& wanted_;
  std::map<std::string, std::map<std::string, std::vector<Candidate>>> candidates_;
  std::set<std::string> candidate_paths_;
  std::map<std::string, std::string> near_case_;  ///< lower-case path -> path as it is written
  std::set<std::string> links_;
  /// Headers that may turn out to lie beside a part file: path -> bytes; nothing when too large.
  std::map<std::string, std::optional<std::string>> headers_;
  std::size_t header_bytes_ = 0;
  std::vector<Place> others_;         ///< files that are not wanted
  std::set<std::string> not_seen_;    ///< ignored folders
  std::vector<std::string> unclear_;  ///< files of a name that several parts have
  bool starter_preferred_ = false;
};

}  // namespace pset3::intake
