#pragma once

#include "grader/base/descriptor.hpp"

namespace pset3::pipeline {

/// A share of this machine's processors, among all processes of pset3 that use one cache. Runs of
/// cases hold one beside each other; what ran out of time is run again alone.
class MachineShare {
 public:
  enum Kind { kWithOthers, kAlone };

  /// Waits for the others, for a minute at most: a share that cannot be had costs accuracy and
  /// never a grade.
  /// @throws Interrupted
  explicit MachineShare(Kind kind);

 private:
  Descriptor lock_;
};

}  // namespace pset3::pipeline
