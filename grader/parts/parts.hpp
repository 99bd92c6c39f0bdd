#pragma once

#include "grader/parts/part.hpp"

namespace pset3::parts {

/// Every part of the problem set. A new part adds a line to parts.cpp.
const Parts& all();

}  // namespace pset3::parts
