#pragma once

#include "grader/author/fixtures.hpp"
#include "grader/pipeline/calibration.hpp"
#include "grader/pipeline/course.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::author {

struct CalibrateOptions {
  int reference_draws = 20;
  int mistake_draws = 5;
};

/// Measures every check with a metric: the reference and the mistakes that must fail it, on draws
/// of their own of the check's case. The threshold lies so low that with 95 % confidence at
/// least 99.9 % of right runs are above it; and lower still where the mistakes are far away, for
/// right solutions that learn otherwise: half-way down to the best mistake, but not where that
/// mistake would get above it more often than a right solution below.
/// @throws InputError for such a check with several cases.
pipeline::Calibration calibrate(const pipeline::Course& course, const judge::Rubric& rubric,
                                const pipeline::Store& store, const CalibrateOptions& options,
                                const Progress& progress);

/// @returns mean, deviation of a sample of at least one.
pipeline::Measured measured(std::vector<double> values);

/// The factor k for which mean − k · deviation of a normal sample lies below `coverage` of the
/// population with `confidence`. Source: Natrella, Experimental Statistics, 1963, section 2-5.
/// @param count  of the sample, at least 5.
double tolerance_factor(std::size_t count, double coverage = 0.999, double confidence = 0.95);

/// Chooses the threshold and states the chances; see calibrate().
void choose_threshold(pipeline::CheckCalibration& check);

/// The table for a terminal.
std::string to_text(const pipeline::Calibration& calibration);

}  // namespace pset3::author
