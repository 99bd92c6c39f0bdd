#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/verdict.hpp"

namespace pset3::gradebook {

/// What class.json says, with types and printable names.
struct ClassView {
  struct PartPoints {
    std::string part;
    double points = 0.0;  ///< without extra credit
    double max_points = 0.0;
    double extra = 0.0;
  };
  struct Submission {
    std::string name;
    std::string refused;
    double score = 0.0;  ///< without extra credit
    double max = 0.0;
    double extra = 0.0;
    bool grader_error = false;
    bool is_late = false;
    std::string disguised;  ///< the name that was replaced, where it would have misled a reader
    std::vector<PartPoints> parts;
    /// A verdict for each check; nothing where it was not judged.
    std::vector<std::optional<judge::Verdict>> verdicts;
    std::vector<std::string> mistakes;
    std::vector<std::string> flags;  ///< what a person should look at

    /// @returns how many checks have the verdict.
    std::size_t count(judge::Verdict verdict) const;
    /// @returns how many checks have any verdict.
    std::size_t judged() const;
  };
  struct Check {
    std::string id;
    std::string title;
    std::optional<double> pass_rate;
  };
  struct Mistake {
    std::string name;
    std::size_t count = 0;
  };

  std::vector<Submission> submissions;
  std::vector<Check> checks;
  std::vector<Mistake> mistakes;
};

/// @throws InputError when it is no class.json of this program.
ClassView read_class(const nlohmann::json& class_json);

}  // namespace pset3::gradebook
