#include "grader/box/pipe.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "grader/base/error.hpp"

namespace pset3::box {
namespace {

constexpr int kOutOfTheWay = 10;

Descriptor moved_up(Descriptor low) {
  return Descriptor(::fcntl(low.get(), F_DUPFD_CLOEXEC, kOutOfTheWay));
}

}  // namespace

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) == 0) {
    Descriptor read(ends[0]);
    Descriptor write(ends[1]);
    Pipe pipe{moved_up(std::move(read)), moved_up(std::move(write))};
    if (pipe.read && pipe.write) return pipe;
  }
  throw GraderError(std::string("cannot make a pipe to a box: ") + std::strerror(errno));
}

void set_nonblocking(const Descriptor& descriptor) {
  ::fcntl(descriptor.get(), F_SETFL, ::fcntl(descriptor.get(), F_GETFL) | O_NONBLOCK);
}

}  // namespace pset3::box
