#include "grader/judge/naming.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pset3::judge {
namespace {

constexpr std::size_t kMostDiagnoses = 3;

bool fails_it(const KnownMistake& mistake, const std::string& check) {
  return std::find(mistake.fails.begin(), mistake.fails.end(), check) != mistake.fails.end();
}

bool is_among(const std::vector<Diagnosis>& diagnoses, const std::string& mistake) {
  return std::any_of(diagnoses.begin(), diagnoses.end(),
                     [&](const Diagnosis& item) { return item.mistake == mistake; });
}

/// @param shown  whether a check that did not pass shows the mistake.
template <typename Shown>
bool explains_with(const KnownMistake& mistake, const std::vector<CheckResult>& results,
                   const Shown& shown) {
  bool found = false;
  for (const CheckResult& result : results) {
    if (!fails_it(mistake, result.check)) continue;
    if (result.verdict == Verdict::kPassed) return false;
    const bool is_shown = shown(result);
    if (!is_shown && can_be_blocked(result.verdict)) return false;
    found |= is_shown;
  }
  return found;
}

bool has_passed_check(const KnownMistake& mistake, const std::vector<CheckResult>& results) {
  return std::any_of(results.begin(), results.end(), [&](const CheckResult& result) {
    return result.verdict == Verdict::kPassed && fails_it(mistake, result.check);
  });
}

/// What speaks for a mistake in the whole of a part.
struct Evidence {
  const KnownMistake* mistake = nullptr;
  bool everywhere = false;  ///< found in all checks that it should be found in
  bool specific = false;
  std::size_t cases = 0;
};

using AllEvidence = std::map<std::string, Evidence>;

AllEvidence gather(const std::vector<KnownMistake>& known,
                   const std::vector<CheckResult>& results) {
  AllEvidence all;
  for (const KnownMistake& mistake : known) {
    Evidence evidence{&mistake, explains(mistake, results)};
    for (const CheckResult& result : results) {
      for (const Diagnosis& diagnosis : result.diagnoses) {
        if (diagnosis.mistake != mistake.name) continue;
        evidence.cases += diagnosis.cases;
        evidence.specific |= diagnosis.specific;
      }
    }
    all[mistake.name] = evidence;
  }
  return all;
}

/// Keeps what has the most of something.
template <typename Measure>
void keep_most(std::vector<Diagnosis>& diagnoses, const Measure& measure) {
  std::size_t most = 0;
  for (const Diagnosis& item : diagnoses) most = std::max<std::size_t>(most, measure(item));
  std::erase_if(diagnoses, [&](const Diagnosis& item) { return measure(item) < most; });
}

void settle(const AllEvidence& all, std::vector<Diagnosis>& diagnoses) {
  keep_most(diagnoses, [&](const Diagnosis& item) {
    return static_cast<std::size_t>(all.at(item.mistake).everywhere);
  });
  keep_most(diagnoses, [&](const Diagnosis& item) { return all.at(item.mistake).cases; });
  // What nobody wrote down says less than what somebody explained.
  keep_most(diagnoses, [](const Diagnosis& item) { return is_slip(item.mistake) ? 0u : 1u; });
  const bool alone = diagnoses.size() == 1 && all.at(diagnoses[0].mistake).everywhere;
  std::erase_if(diagnoses,
                [&](const Diagnosis& item) { return !alone && !all.at(item.mistake).specific; });
  if (diagnoses.size() > kMostDiagnoses) diagnoses.clear();
  std::erase_if(diagnoses, [](const Diagnosis& item) { return item.explanation.empty(); });
}

/// The questions in which something is named that leaves them unanswered.
std::set<std::string> unanswered(const AllEvidence& all, const std::vector<CheckResult>& results) {
  std::set<std::string> questions;
  for (const CheckResult& result : results) {
    for (const Diagnosis& item : result.diagnoses) {
      if (!all.at(item.mistake).mistake->costs.empty()) questions.insert(question_of(result.check));
    }
  }
  return questions;
}

}  // namespace

bool is_slip(const std::string& mistake) { return mistake.rfind(kSlip, 0) == 0; }

bool shows(const CheckResult& result, const std::string& mistake) {
  return is_among(result.diagnoses, mistake);
}

bool fits(const Fitting& fitting, const std::string& check, const std::string& mistake) {
  const auto found = fitting.find(check);
  return found != fitting.end() && is_among(found->second, mistake);
}

bool fits_everywhere(const KnownMistake& mistake, const Fitting& fitting,
                     const std::vector<CheckResult>& results) {
  const bool says_something =
      std::any_of(fitting.begin(), fitting.end(), [&](const auto& of_check) {
        return std::any_of(of_check.second.begin(), of_check.second.end(), [&](const auto& item) {
          return item.mistake == mistake.name && item.specific;
        });
      });
  return says_something && explains_with(mistake, results, [&](const CheckResult& result) {
           return fits(fitting, result.check, mistake.name);
         });
}

bool explains(const KnownMistake& mistake, const std::vector<CheckResult>& results) {
  return explains_with(mistake, results,
                       [&](const CheckResult& result) { return shows(result, mistake.name); });
}

Fitting settle_diagnoses(const std::vector<KnownMistake>& known,
                         std::vector<CheckResult>& results) {
  Fitting fitting;
  std::set<std::string> possible;
  for (const KnownMistake& mistake : known) {
    if (!has_passed_check(mistake, results)) possible.insert(mistake.name);
  }
  for (CheckResult& result : results) {
    std::erase_if(result.diagnoses,
                  [&](const Diagnosis& item) { return possible.count(item.mistake) == 0; });
    if (!result.diagnoses.empty()) fitting[result.check] = result.diagnoses;
  }
  const AllEvidence all = gather(known, results);
  for (CheckResult& result : results) settle(all, result.diagnoses);
  // Zeros may come of a slip; in a question that is not answered at all they do not.
  const std::set<std::string> not_answered = unanswered(all, results);
  for (CheckResult& result : results) {
    if (not_answered.count(question_of(result.check)) == 0 || result.diagnoses.empty()) continue;
    result.diagnoses = fitting.at(result.check);
    std::erase_if(result.diagnoses, [](const Diagnosis& item) { return is_slip(item.mistake); });
    settle(all, result.diagnoses);
  }
  return fitting;
}

}  // namespace pset3::judge
