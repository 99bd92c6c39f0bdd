#pragma once

#include <sys/types.h>

#include <optional>

#include "grader/base/descriptor.hpp"

namespace pset3::box {

/// The user that a box runs as. For root: one of 256 that no account has and no other box uses now,
/// since limits on processes count by user. For others there is none: a box runs as they do.
class ServiceUid {
 public:
  /// @throws GraderError when all are in use or none exists in this container.
  static ServiceUid acquire();
  std::optional<uid_t> value() const { return value_; }

 private:
  std::optional<uid_t> value_;
  Descriptor lock_;
};

}  // namespace pset3::box
