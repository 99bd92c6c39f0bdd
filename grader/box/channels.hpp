#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grader/base/text.hpp"
#include "grader/box/path_names.hpp"
#include "grader/box/pipe.hpp"
#include "grader/box/stub/message.hpp"

namespace pset3::box {

/// Our ends of a box's pipes. Whatever we wait for, what the program prints is read meanwhile, so
/// that it never waits for us; none of it is believed. Waiting throws Interrupted when the user
/// wants us to end.
class Channels {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param text_bytes of stdout and of stderr that are kept. @param relay copies them to ours,
  /// @param names with these paths.
  Channels(std::uint64_t text_bytes, bool relay, const PathNames& names)
      : text_bytes_(text_bytes), relay_(relay), shown_out_(names), shown_err_(names) {}

  /// Makes the pipes. @returns the ends that the box gets, as its descriptors 0, 1, ….
  std::vector<Descriptor> open();

  bool send(std::string_view bytes, Clock::time_point deadline);
  void close_input() { input_.reset(); }
  /// Results are read and thrown away from now on.
  void drop_results() { ahead_bytes_ = 0; }

  enum class Got { kAll, kEnd, kDeadline };
  Got receive(std::size_t count, std::string& bytes, Clock::time_point deadline);

  /// Waits until the stub and all in its box is gone and `process` has ended.
  /// @returns false at the deadline.
  bool wait_for_end(const Descriptor& process, Clock::time_point deadline);
  /// Asks the stub to kill all and to report.
  void cut_lifeline() {
    lifeline_.reset();
    heeds_interrupts_ = false;  // what is being ended has to be seen to its end
  }

  const std::vector<StubMessage>& messages() const { return messages_; }
  std::string out;
  std::string err;

 private:
  struct Wish {
    bool input = false;
    bool result = false;
    int process = -1;
  };
  struct Ready {
    bool input = false;
    bool result = false;
    bool process = false;
    bool deadline = false;
  };
  Ready wait(const Wish& wish, Clock::time_point deadline);
  void drain_text(Descriptor& from, std::string& text, RelayedText& shown, PrintableStream& safe,
                  int ours);
  void drain_status();
  /// Reads what is there of the result pipe, at most `count`. @returns false at its end.
  bool read_result(std::string& bytes, std::size_t count);
  void read_ahead();

  std::uint64_t text_bytes_;
  bool relay_;
  RelayedText shown_out_, shown_err_;
  PrintableStream safe_out_, safe_err_;
  Descriptor input_, out_, err_, result_, status_, lifeline_;
  std::string ahead_;                     ///< results that came while we were sending
  std::size_t ahead_bytes_ = 1ull << 20;  ///< how many are kept; 0 = none, and all are read
  std::vector<StubMessage> messages_;
  bool heeds_interrupts_ = true;
};

}  // namespace pset3::box
