#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grader/gradebook/statistics.hpp"
#include "grader/judge/verdict.hpp"
#include "grader/report/document.hpp"

namespace pset3::gradebook {

inline constexpr std::size_t kVerdicts = 12;

/// The letter of a verdict in class.json's strips, "p" for passed; '-' is no verdict.
char letter_of(judge::Verdict verdict);
/// @throws InputError for a letter that is no verdict's.
judge::Verdict verdict_of(char letter);

/// Gathers results.json documents into class.json, one after the other.
///
/// Of each submission only a small row is kept, so that ten thousand of them fit easily. The result
/// does not depend on the order in which they were added. Not for several threads at once.
class ClassSummary {
 public:
  /// @param run what is to be known of the run (time, version, seeds): copied into class.json.
  explicit ClassSummary(const nlohmann::json& run = nlohmann::json::object());

  /// @param results one submission's results.json.
  /// @param results_path where it is, as class.json should name it.
  /// @param hand_in what hand_in.json says of it: whose it is.
  /// @throws InputError when it is no results file of this program.
  void add(const nlohmann::json& results, std::string_view results_path,
           const nlohmann::json& hand_in = nlohmann::json::object());
  /// The same of a document that has been read already.
  void add(const report::Document& document, std::string_view results_path,
           const nlohmann::json& hand_in = nlohmann::json::object());

  /// @returns class.json, see class.schema.json.
  nlohmann::json finish() const;

 private:
  struct PartPoints {
    std::uint32_t part = 0;  ///< index into part_names_
    double points = 0.0;     ///< extra credit too
    double max_points = 0.0;
    double extra = 0.0;
  };
  struct Row {
    std::string name;
    std::string results;
    std::string refused;
    double score = 0.0;  ///< extra credit too
    double max = 0.0;
    double extra = 0.0;
    bool grader_error = false;
    nlohmann::json hand_in;  ///< what class.json repeats of hand_in.json
    std::vector<PartPoints> parts;
    std::string letters;        ///< a verdict for each index into checks_
    std::vector<float> points;  ///< the same
    std::vector<Flag> flags;
    std::vector<std::uint32_t> mistakes;  ///< indices into mistake_names_
  };
  struct CheckCounts {
    std::string part;
    std::string id;
    std::string title;
    std::size_t place = 0;  ///< in the rubric's order
    double max_points = 0.0;
    double points = 0.0;
    std::array<std::size_t, kVerdicts> verdicts{};
  };

  void add_part(const report::Document& document, const report::PartEntry& part, Row& row);
  void add_check(const report::CheckEntry& check, std::size_t place, Row& row);
  void add_mistakes(const report::CheckEntry& check, Row& row);
  std::optional<double> discrimination_of(std::size_t check) const;
  std::vector<std::size_t> checks_in_order() const;
  std::vector<const Row*> rows_in_order() const;
  nlohmann::json submission_json(const Row& row, const std::vector<std::size_t>& order) const;
  nlohmann::json checks_json(const std::vector<std::size_t>& order) const;
  nlohmann::json mistakes_json(const std::vector<const Row*>& rows) const;

  nlohmann::json run_;
  std::vector<Row> rows_;
  std::vector<CheckCounts> checks_;
  std::map<std::string, std::uint32_t> check_indices_;
  std::vector<std::string> part_names_;
  std::vector<std::string> mistake_names_;
  std::map<std::string, std::uint32_t> mistake_indices_;
};

}  // namespace pset3::gradebook
