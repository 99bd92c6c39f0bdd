#pragma once

#include "grader/box/stub/options.hpp"

namespace pset3::box {

/// What could not be done, and errno. Null `what` = nothing.
struct Failure {
  const char* what = nullptr;
  int error = 0;
};

/// The resource limits of this process and its children.
Failure set_limits(const StubOptions& options);

/// Landlock: nothing of the file system but what the options name, no TCP, no abstract sockets and
/// no signals to processes outside, as far as the kernel knows these.
Failure restrict_files(const StubOptions& options);

/// The seccomp deny list. Nothing can be added or taken off afterwards.
Failure filter_calls(const StubOptions& options);

}  // namespace pset3::box
