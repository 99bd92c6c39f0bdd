#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace pset3::report {

/// How much of a foreign text a report keeps, in bytes.
inline constexpr std::size_t kLineBytes = 400;
inline constexpr std::size_t kMessageBytes = 1000;
inline constexpr std::size_t kBlockBytes = 4000;

/// Foreign text as one line of printable UTF-8: line ends and tabs become spaces, ends are trimmed.
std::string one_line(std::string_view text, std::size_t max_bytes = kLineBytes);

/// Foreign text as printable UTF-8 that keeps its lines; tabs become spaces, the end is trimmed.
std::string block(std::string_view text, std::size_t max_bytes = kBlockBytes);

/// A foreign JSON value with every key and string made printable, every number finite (else null)
/// and nothing deeper than 16 levels; a string has at most `max_bytes`.
nlohmann::json clean(const nlohmann::json& value, std::size_t max_bytes = kBlockBytes);

/// @returns the number, or 0 where it is not finite or negative: for times and sizes, which are
/// only ever shown.
double measure(double value);

/// @returns points as they are. @throws std::invalid_argument when not finite; `what` says whose.
double points(double value, std::string_view what);

/// @returns a sum of points rounded to 1e-6, so that three thirds make a whole.
double total(double sum);

}  // namespace pset3::report
