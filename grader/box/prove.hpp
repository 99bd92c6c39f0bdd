#pragma once

#include <string>
#include <vector>

#include "grader/box/box.hpp"

namespace pset3::box {

/// One attempt to get out of a box.
struct Finding {
  std::string tried;  ///< "read a password file of the machine"
  bool held = false;
  std::string detail;  ///< what was reached, or how the box stopped it
};

/// Runs a small program of ours in boxes at `level` that tries to get out in the ways that
/// students' programs have tried: files, environments, descriptors, network, writing, and all
/// limits. Takes a few seconds and about 600 MB; connects to a listener of its own on 127.0.0.1.
/// @throws GraderError when the level cannot be had at all.
std::vector<Finding> prove(Level level);

}  // namespace pset3::box
