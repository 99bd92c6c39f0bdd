#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "grader/parts/cases.hpp"
#include "grader/parts/parameters.hpp"
#include "grader/worlds/random.hpp"

/// What p0's generators share.
namespace pset3::cases::p0 {

using Shape = std::vector<std::int64_t>;

/// Every value in [low, high).
arrays::Array uniform_array(const Shape& shape, double low, double high, worlds::Random& random);
/// From `least` to `most` in magnitude, either sign.
arrays::Array away_from_zero(const Shape& shape, double least, double most, worlds::Random& random);
/// A multiple of 1/8 from 1/8 to `most` in magnitude, either sign.
double eighth(double most, worlds::Random& random);
/// Two whole numbers from `low` to `high` that differ.
std::vector<std::int64_t> two_different(int low, int high, worlds::Random& random);
/// Every number once, in any order.
std::vector<std::int64_t> shuffled(std::int64_t count, worlds::Random& random);

/// A sixth of the values, and at least one, become 0.
void set_some_to_zero(arrays::Array& array, worlds::Random& random);

/// Asks for an F64 array of exactly this shape.
void expect_exactly(CaseData& data, const std::string& name, const Shape& shape);
/// Asks for an F64 array with as many dimensions, up to three times as large each, since the judge
/// has more to say of a wrong shape.
void expect_about(CaseData& data, const std::string& name, const Shape& shape);
/// Asks for own_NAME and own_NAME_known.
void expect_own(CaseData& data, const std::string& name, const Shape& shape);
/// Asks for own_changed: whether a function changed its arguments.
void expect_arguments_kept(CaseData& data);
/// Asks for own_shape and own_shape_known.
void expect_own_shape(CaseData& data);

/// @throws InputError unless all sizes differ.
void require_different(const std::string& generator, std::initializer_list<std::int64_t> sizes);

}  // namespace pset3::cases::p0
