#pragma once

#include <functional>
#include <string>
#include <vector>

#include "grader/judge/checks.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/sampling.hpp"

/// Compares a student's values with what one of several readings of places gives.
namespace pset3::judge::p4 {

/// Pixels: a place that rounding may put on either side of the outermost centre tells nothing.
constexpr double kMarginPx = 0.01;

/// @param array  F32.
std::vector<double> floats_of(const arrays::Array& array);

Picture image_of(const CaseView& view);
Picture disparity_of(const CaseView& view);

/// What is to come out by a reading, and where that counts.
struct Wanted {
  std::vector<double> values;
  std::vector<bool> counts;
};

/// @param shape     of the values.
/// @param readings  the right ones first: it is them that a failure speaks of.
/// @param rule      what is to come out by each of them.
CaseFinding compare(const std::string& expected, const Picture& shape,
                    const std::vector<double>& got, const std::vector<Reading>& readings,
                    const std::function<Wanted(const Reading&)>& rule);

/// Compares with the case's image, sampled at x + sign · disparity.
CaseFinding compare_with_truth(const std::string& expected, const CaseView& view,
                               const std::vector<Reading>& readings, const std::vector<double>& got,
                               double sign = 1.0);

}  // namespace pset3::judge::p4
