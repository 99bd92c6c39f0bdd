#pragma once

namespace pset3::box {

/// One thing that holds a box together.
enum class Defence {
  kSeccomp,           ///< the filter
  kDescriptors,       ///< closing what is inherited
  kNetworkNamespace,  ///< a network of its own
  kPidNamespace,      ///< processes of its own
  kRemount,           ///< / and /dev read only
  kHiddenStub,        ///< pid 1 cannot be read
  kServiceUser,       ///< another user than the parent's
  kMemoryLimit,       ///< in the cgroup
};

namespace for_tests {

/// Takes one defence off all boxes that are made while it lives, so that a test can show that
/// another test would notice. Never anywhere but in tests; not for two threads.
class Without {
 public:
  explicit Without(Defence defence);
  ~Without();
  Without(const Without&) = delete;
  Without& operator=(const Without&) = delete;
};

}  // namespace for_tests

/// Whether a defence is to be put up: always, but for the above.
bool has(Defence defence);

}  // namespace pset3::box
