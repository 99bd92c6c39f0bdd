#pragma once

#include "grader/run/inside/report.hpp"

namespace pset3::run {

/// From here on a throw anywhere in the process, and SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT,
/// leave their stack in `report`, as addresses in the shared object that is loaded from `object`,
/// and what is known of a signal's cause as its message: "stack overflow", "assertion failed: …",
/// "terminate", "terminate: …" or "damaged memory: …";
/// an exception that nobody catches is described there too.
void watch_for_crashes(Report& report, const char* object);

/// Describes the exception in flight, with its stack.
void record_exception(Report& report);

}  // namespace pset3::run
