#include "grader/parts/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "grader/base/error.hpp"

namespace pset3::cases {

Parameters::Parameters(std::string generator, const nlohmann::json& params)
    : generator_(std::move(generator)), params_(params) {
  if (params_.is_object()) return;
  throw InputError(fmt::format("generator {}: its parameters must be an object, but are {}",
                               generator_, params_.dump()));
}

const nlohmann::json& Parameters::at(const std::string& name) {
  asked_.insert(name);
  const auto found = params_.find(name);
  if (found != params_.end()) return *found;
  throw InputError(
      fmt::format("generator {}: the parameter \"{}\" is missing; add it", generator_, name));
}

void Parameters::refuse(const std::string& name, const std::string& expected) const {
  throw InputError(fmt::format("generator {}: the parameter \"{}\" must be {}, but is {}",
                               generator_, name, expected, params_.at(name).dump()));
}

int Parameters::integer(const std::string& name, int low, int high) {
  const nlohmann::json& value = at(name);
  const bool fits =
      value.is_number_integer() && value.get<double>() >= low && value.get<double>() <= high;
  if (!fits) refuse(name, fmt::format("a whole number from {} to {}", low, high));
  return value.get<int>();
}

bool Parameters::boolean(const std::string& name) {
  const nlohmann::json& value = at(name);
  if (!value.is_boolean()) refuse(name, "true or false");
  return value.get<bool>();
}

std::string Parameters::choice(const std::string& name,
                               std::initializer_list<const char*> choices) {
  const nlohmann::json& value = at(name);
  const bool known =
      value.is_string() && std::any_of(choices.begin(), choices.end(), [&](const char* choice) {
        return value.get<std::string>() == choice;
      });
  if (!known) refuse(name, fmt::format("one of {}", fmt::join(choices, ", ")));
  return value.get<std::string>();
}

std::string Parameters::optional_choice(const std::string& name,
                                        std::initializer_list<const char*> choices) {
  return params_.contains(name) ? choice(name, choices) : *choices.begin();
}

void Parameters::finish() const {
  for (const auto& [name, value] : params_.items()) {
    if (asked_.contains(name)) continue;
    throw InputError(fmt::format("generator {} has no parameter \"{}\"; it has {}", generator_,
                                 name, fmt::join(asked_, ", ")));
  }
}

}  // namespace pset3::cases
