#pragma once

#include <nlohmann/json.hpp>

#include "grader/judge/checks.hpp"
#include "grader/pipeline/picture_rules.hpp"
#include "grader/pipeline/stand_ins.hpp"

namespace pset3::pipeline {

/// What an HTML report draws of the checks that did not pass: check id -> a list of pictures, see
/// grader/report/html/src/model.ts. Of each such check the first case that did not pass and
/// returned arrays; of its arrays those that differ from the expected ones, made smaller until they
/// fit into a page.
/// @param results  those of `judged`, in its order.
nlohmann::json pictures_of(const PreparedPart& part, const PictureRules& rules,
                           const JudgedPart& judged,
                           const std::vector<judge::CheckResult>& results);

/// The pictures of one case. Pure.
nlohmann::json pictures_of_case(const PictureRules& rules, const judge::CaseView& view);

}  // namespace pset3::pipeline
