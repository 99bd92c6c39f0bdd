#pragma once

#include "grader/base/descriptor.hpp"

namespace pset3::box {

struct Pipe {
  Descriptor read;
  Descriptor write;
};

/// A pipe that no other program inherits, with numbers out of the way of those that a box gives its
/// program. @throws GraderError
Pipe make_pipe();

void set_nonblocking(const Descriptor& descriptor);

}  // namespace pset3::box
