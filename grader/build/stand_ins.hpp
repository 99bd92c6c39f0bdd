#pragma once

#include <filesystem>

#include "grader/build/library_set.hpp"

namespace pset3::build {

/// Makes empty libraries in place of those that a set's overlinked library names and that neither
/// it nor anything else which it loads takes a symbol from; or finds them in the cache. Debian's
/// libtorch_cpu names twenty such, of OpenCV and FFmpeg; they bring 200 more, half of the time that
/// loading takes, and most of what each fork copies. A program that loads the empty ones first,
/// which are named as what they stand for, does without the others.
/// @throws GraderError when the box fails.
/// @returns their folder, which the box's uid can read. It is empty when there are none, or when
/// they cannot be made: programs then load the real ones, and run as well.
std::filesystem::path prepare_stand_ins(const LibrarySet& set);

}  // namespace pset3::build
