#pragma once

#include <stdexcept>
#include <string>

namespace pset3 {

/// Something that the person at the keyboard can mend: a missing file, a broken rubric, a wrong
/// option. The message says what was expected, what was found and what to do. Exit status 2.
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Something that is our fault or the machine's: a full disk, a box that cannot be made. Exit
/// status 3; a submission that meets it is never given 0 points for it.
struct GraderError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace pset3
