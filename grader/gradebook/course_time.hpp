#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace pset3::gradebook {

using Instant = std::chrono::sys_seconds;

inline Instant this_instant() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// A time zone by its IANA name, "America/Los_Angeles".
class Zone {
 public:
  /// @throws InputError for a name that this machine's time zone data does not have.
  explicit Zone(std::string name = "UTC");

  const std::string& name() const { return name_; }

  /// Of two moments with the same local time.
  enum class OfTwo { kEarlier, kLater };

  /// Reads a time as platforms and people write it: "2026-11-20 23:59", "2026-11-20T23:59:10Z",
  /// "2026-11-20 23:59:10 -0800", "2026-11-20-23-59-10". Without an offset it is this zone's.
  ///
  /// Where clocks are set, a local time may not exist or exist twice. One that does not exist is
  /// taken as the moment of the leap.
  /// @throws InputError for anything else.
  Instant read(std::string_view text, OfTwo which) const;

  /// The same local time that many calendar days later, whatever the clocks do meanwhile.
  Instant days_later(Instant from, int days) const;

  /// "2026-11-20 23:59:10"; the seconds only where there are any.
  std::string text(Instant at) const;

 private:
  std::string name_;
};

/// "1 day 1 h 11 min", "45 s".
std::string duration_text(std::chrono::seconds duration);

}  // namespace pset3::gradebook
