#pragma once

#include <cstdint>
#include <string>

#include "grader/intake/intake.hpp"

namespace pset3::intake {

/// Counts what reading a submission has cost so far and refuses to go beyond the limits. Sizes
/// that an archive claims are never trusted: only bytes that came out are counted.
class Budget {
 public:
  /// @param packed_bytes size of the archive; 0 for a folder, whose files are as large as they are.
  Budget(const Limits& limits, std::uint64_t packed_bytes)
      : limits_(limits), packed_bytes_(packed_bytes) {}

  const Limits& limits() const { return limits_; }
  /// @throws Refused
  void count_entry(bool is_ignored);
  /// Bytes that were read out to be kept. @throws Refused
  void count_taken(std::uint64_t bytes);
  /// Bytes that a stream was inflated to, taken or not. @throws Refused
  void count_inflated(std::uint64_t bytes);

 private:
  void require_ratio(std::uint64_t bytes) const;

  Limits limits_;
  std::uint64_t packed_bytes_;
  std::uint64_t taken_ = 0;
  std::uint64_t inflated_ = 0;
  int entries_ = 0;
  int ignored_entries_ = 0;
};

/// "1 MiB", "64 MiB", "1000 bytes".
std::string size_text(std::uint64_t bytes);

}  // namespace pset3::intake
