#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace pset3::cases {

/// Reads a generator's parameters and says clearly what is wrong with them. Call finish() at the
/// end: a name that nobody asked for is a slip of the pen.
class Parameters {
 public:
  /// @throws InputError unless `params` is an object.
  Parameters(std::string generator, const nlohmann::json& params);

  /// @throws InputError when the parameter is missing, no whole number or out of [low, high].
  int integer(const std::string& name, int low, int high);
  /// @throws InputError when the parameter is missing or neither true nor false.
  bool boolean(const std::string& name);
  /// @throws InputError when the parameter is missing or none of the choices.
  std::string choice(const std::string& name, std::initializer_list<const char*> choices);
  /// The same for a parameter that may be left out; the first choice is then taken.
  std::string optional_choice(const std::string& name, std::initializer_list<const char*> choices);
  /// @throws InputError for a parameter that was never asked for.
  void finish() const;

 private:
  const nlohmann::json& at(const std::string& name);
  [[noreturn]] void refuse(const std::string& name, const std::string& expected) const;

  std::string generator_;
  nlohmann::json params_;
  std::set<std::string> asked_;
};

}  // namespace pset3::cases
