#pragma once

#include <string>
#include <vector>

#include "starter/common/drawing/plot.hpp"

namespace pset3::drawing {

/// @param values  one an epoch, the first one first.
Series series_of_epochs(const std::string& label, const std::vector<double>& values);

/// @returns an empty chart over epochs, from 0 upwards, with at most a dozen ticks.
/// @param what  is measured: the label of the y axis.
Chart chart_of_epochs(const std::string& what, std::size_t epochs);

}  // namespace pset3::drawing
