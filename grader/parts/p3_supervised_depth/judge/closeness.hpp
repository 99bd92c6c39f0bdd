#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "grader/judge/checks.hpp"

/// What several of p3's judging functions say and compare.
namespace pset3::judge::p3 {

/// "(2, 1, 32, 48)"
std::string shape_text(const std::vector<std::int64_t>& shape);

/// The numbers of an I64 array.
std::vector<std::int64_t> whole_numbers(const arrays::Array& array);

/// The numbers of an F32 or F64 array.
std::vector<double> numbers(const arrays::Array& array);

/// Losses by epoch, "1.2 0.9 0.8", or "none".
std::string curve_text(const std::vector<double>& values);

/// Compares the output called `name`, values in one row and NAME"_shape" beside them, with what it
/// should be.
///
/// @param shapes    that are right, the first of them the one to be named.
/// @param relative  how much a value may be off, of the largest one.
CaseFinding compare_values(const CaseView& view, const std::string& name,
                           const std::string& expected, const std::vector<double>& wanted,
                           const std::vector<std::vector<std::int64_t>>& shapes, double relative);

/// Whether two numbers are equal but for what arithmetic in float does.
bool is_near(double got, double wanted, double relative = 1e-4);

}  // namespace pset3::judge::p3
