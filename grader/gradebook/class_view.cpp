#include "grader/gradebook/class_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grader/base/error.hpp"
#include "grader/gradebook/class_summary.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

using nlohmann::json;

std::string line_in(const json& object, const char* key) {
  return report::one_line(object.value(key, ""), 2000);
}

ClassView::PartPoints points_in(const json& entry, const std::string& name) {
  const double extra = report::points(entry.value("extra", 0.0), name);
  return {line_in(entry, "part"), report::total(report::points(entry.at("points"), name) - extra),
          report::points(entry.at("max_points"), name), extra};
}

ClassView::Submission submission_in(const json& entry) {
  ClassView::Submission submission;
  submission.name = line_in(entry, "name");
  submission.refused = line_in(entry, "refused");
  submission.extra = report::points(entry.value("extra", 0.0), submission.name);
  submission.score =
      report::total(report::points(entry.at("score"), submission.name) - submission.extra);
  submission.max = report::points(entry.at("max"), submission.name);
  submission.grader_error = entry.at("grader_error");
  const json hand_in = entry.value("hand_in", json::object());
  submission.is_late = hand_in.value("late", false);
  if (hand_in.value("disguised", false)) submission.disguised = line_in(hand_in, "called");
  for (const json& part : entry.at("parts")) {
    submission.parts.push_back(points_in(part, submission.name));
  }
  for (const char letter : entry.at("strip").get_ref<const std::string&>()) {
    submission.verdicts.push_back(letter == '-' ? std::optional<judge::Verdict>()
                                                : verdict_of(letter));
  }
  for (const json& mistake : entry.at("mistakes")) {
    submission.mistakes.push_back(report::one_line(mistake.get<std::string>()));
  }
  for (const json& flag : entry.value("flags", json::array())) {
    submission.flags.push_back(line_in(flag, "kind"));
  }
  return submission;
}

ClassView view_of(const json& class_json) {
  ClassView view;
  for (const json& entry : class_json.at("submissions")) {
    view.submissions.push_back(submission_in(entry));
  }
  for (const json& entry : class_json.at("checks")) {
    const json& rate = entry.at("pass_rate");
    view.checks.push_back(
        {line_in(entry, "id"), line_in(entry, "title"),
         rate.is_null() ? std::optional<double>() : report::points(rate, "a pass rate")});
  }
  for (const json& entry : class_json.at("mistakes")) {
    view.mistakes.push_back({line_in(entry, "name"), entry.at("count")});
  }
  for (ClassView::Submission& submission : view.submissions) {
    submission.verdicts.resize(view.checks.size());
  }
  return view;
}

}  // namespace

std::size_t ClassView::Submission::count(judge::Verdict verdict) const {
  return static_cast<std::size_t>(std::count(verdicts.begin(), verdicts.end(), verdict));
}

std::size_t ClassView::Submission::judged() const {
  return static_cast<std::size_t>(std::count_if(
      verdicts.begin(), verdicts.end(), [](const auto& verdict) { return verdict.has_value(); }));
}

ClassView read_class(const json& class_json) {
  const json version = class_json.is_object() ? class_json.value("version", json()) : json();
  if (version.is_null() || class_json.value("schema", json()) != "pset3-class" ||
      (version != 1 && version != 2 && version != 3)) {
    throw InputError(
        "not a class file of this pset3: expected schema \"pset3-class\" and version 1, 2 or 3");
  }
  try {
    return view_of(class_json);
  } catch (const json::exception& error) {
    throw InputError(
        fmt::format("damaged class file: {}; grade again to write it anew", error.what()));
  }
}

}  // namespace pset3::gradebook
