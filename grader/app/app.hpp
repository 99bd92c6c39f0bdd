#pragma once

#include "grader/parts/part.hpp"
#include "grader/pipeline/course.hpp"

namespace pset3::app {

/// What the program knows of parts. Everything else it reads from fixtures/.
struct Registry {
  build::Home home;
  parts::Parts parts;
};

/// The pset3 program. @returns its exit status: 0 done (for `check`: all passed), 1 `check` found a
/// failure, 2 wrong usage or unreadable input, 3 our own fault.
int run(int argc, const char* const* argv, const Registry& registry);

}  // namespace pset3::app
