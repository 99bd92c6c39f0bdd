#include "grader/judge/rubric_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grader/base/error.hpp"
#include "grader/base/text.hpp"

namespace pset3::judge {
namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& pointer,
                         const std::string& expected, const std::string& found) {
  throw InputError(fmt::format("{}: at {}: expected {}; found {}", name, pointer, expected, found));
}

void require_unique_cases(const std::string& name, const Rubric& rubric) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < rubric.cases.size(); ++i) {
    if (seen.insert(rubric.cases[i].id).second) continue;
    refuse(name, fmt::format("/cases/{}/id", i), "an id that no other case has",
           "\"" + rubric.cases[i].id + "\" again");
  }
}

void require_unique_checks(const std::string& name, const Rubric& rubric) {
  std::set<std::string> seen;
  const auto look = [&](const char* list, std::size_t i, const std::string& id) {
    const std::string pointer = fmt::format("/{}/{}/id", list, i);
    if (!seen.insert(id).second) {
      refuse(name, pointer, "an id that no other check has", "\"" + id + "\" again");
    }
    if (id.rfind(rubric.part + ".", 0) != 0) {
      refuse(name, pointer, "an id that begins with \"" + rubric.part + ".\"", "\"" + id + "\"");
    }
  };
  for (std::size_t i = 0; i < rubric.checks.size(); ++i) look("checks", i, rubric.checks[i].id);
  for (std::size_t i = 0; i < rubric.manual.size(); ++i) look("manual", i, rubric.manual[i].id);
}

void require_known_files(const std::string& name, const Rubric& rubric) {
  for (std::size_t i = 0; i < rubric.checks.size(); ++i) {
    for (std::size_t j = 0; j < rubric.checks[i].files.size(); ++j) {
      const std::string& file = rubric.checks[i].files[j];
      if (std::find(rubric.files.begin(), rubric.files.end(), file) != rubric.files.end()) continue;
      const std::string near = nearest(file, rubric.files);
      refuse(name, fmt::format("/checks/{}/files/{}", i, j), "a file of the part's \"files\"",
             "\"" + file + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
  }
}

/// Judged in the rubric's order, a check can only be blocked by an earlier one; a hidden one must
/// not show through a public one.
void require_earlier_needs(const std::string& name, const Rubric& rubric) {
  std::vector<std::string> earlier;
  for (std::size_t i = 0; i < rubric.checks.size(); ++i) {
    const CheckSpec& check = rubric.checks[i];
    for (std::size_t j = 0; j < check.needs.size(); ++j) {
      if (std::find(earlier.begin(), earlier.end(), check.needs[j]) != earlier.end()) continue;
      const std::string near = nearest(check.needs[j], earlier);
      refuse(
          name, fmt::format("/checks/{}/needs/{}", i, j), "the id of an earlier public check",
          "\"" + check.needs[j] + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    if (check.visibility == Visibility::kPublic) earlier.push_back(check.id);
  }
}

void require_public_repeats(const std::string& name, const Rubric& rubric) {
  std::vector<std::string> shown;
  for (const CheckSpec& check : rubric.checks) {
    if (check.visibility == Visibility::kPublic) shown.push_back(check.id);
  }
  for (std::size_t i = 0; i < rubric.checks.size(); ++i) {
    const CheckSpec& check = rubric.checks[i];
    if (!check.repeats.empty() && check.visibility == Visibility::kPublic) {
      refuse(name, fmt::format("/checks/{}/repeats", i), "\"repeats\" in hidden checks alone",
             "it in the public check \"" + check.id + "\"");
    }
    for (std::size_t j = 0; j < check.repeats.size(); ++j) {
      if (std::find(shown.begin(), shown.end(), check.repeats[j]) != shown.end()) continue;
      refuse(name, fmt::format("/checks/{}/repeats/{}", i, j), "the id of a public check",
             "\"" + check.repeats[j] + "\"");
    }
  }
}

const CaseSpec& known_case(const std::string& name, const Rubric& rubric, std::size_t check,
                           std::size_t position) {
  const std::string& id = rubric.checks[check].cases[position];
  std::vector<std::string> ids;
  for (const CaseSpec& spec : rubric.cases) {
    if (spec.id == id) return spec;
    ids.push_back(spec.id);
  }
  const std::string near = nearest(id, ids);
  refuse(name, fmt::format("/checks/{}/cases/{}", check, position), "the id of a case",
         "\"" + id + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

/// A public check on a hidden case would tell students about it; a hidden one on a public case
/// could be learnt by heart.
void require_same_visibility(const std::string& name, const std::string& pointer,
                             const CheckSpec& check, const CaseSpec& spec) {
  if (check.visibility == Visibility::kPublic && spec.hidden) {
    refuse(name, pointer, "a public case, since the check is public",
           "the hidden case \"" + spec.id + "\"");
  }
  if (check.visibility == Visibility::kHidden && !spec.hidden) {
    refuse(name, pointer, "a hidden case, since the check is hidden",
           "the public case \"" + spec.id + "\"");
  }
}

void require_cases(const std::string& name, const Rubric& rubric) {
  std::set<std::string> used;
  for (std::size_t i = 0; i < rubric.checks.size(); ++i) {
    std::set<std::string> here;
    for (std::size_t j = 0; j < rubric.checks[i].cases.size(); ++j) {
      const std::string pointer = fmt::format("/checks/{}/cases/{}", i, j);
      const CaseSpec& spec = known_case(name, rubric, i, j);
      require_same_visibility(name, pointer, rubric.checks[i], spec);
      if (!here.insert(spec.id).second) {
        refuse(name, pointer, "each case once", "\"" + spec.id + "\" again");
      }
      used.insert(spec.id);
    }
  }
  for (std::size_t i = 0; i < rubric.cases.size(); ++i) {
    if (used.count(rubric.cases[i].id) > 0) continue;
    refuse(name, fmt::format("/cases/{}", i), "a case that some check uses",
           "\"" + rubric.cases[i].id + "\", which none does");
  }
}

}  // namespace

void require_consistent(const std::string& name, const Rubric& rubric) {
  require_unique_cases(name, rubric);
  require_unique_checks(name, rubric);
  require_known_files(name, rubric);
  require_earlier_needs(name, rubric);
  require_public_repeats(name, rubric);
  require_cases(name, rubric);
}

}  // namespace pset3::judge
