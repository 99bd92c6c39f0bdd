#pragma once

#include <cstdint>

#include "grader/run/protocol.hpp"

namespace pset3::run {

/// What a case's child leaves for the driver: a page of memory that both share. Plain data, so that
/// a signal handler can fill it.
struct Report {
  Said said;
  std::uint32_t message_bytes;
  std::uint32_t function_bytes;
  std::uint32_t frames;
  char message[kMaxMessageBytes];
  char function[kMaxNameBytes];
  std::uint64_t frame[kMaxFrames];
};

/// @returns a zeroed report in memory that children share.
Report* make_shared_report();

void set_message(Report& report, const char* text);
void set_function(Report& report, const char* text);

/// Writes the calling stack into the report, as addresses in the program's own file.
/// Safe enough in a signal handler: backtrace() has been called once before.
void record_stack(Report& report);

/// From here on a throw anywhere in the program, and SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT,
/// leave their stack in `report`, and what is known of their cause as its message: "stack
/// overflow", "assertion failed: …", "terminate: …" or "damaged memory: …".
void watch_for_crashes(Report& report);

/// Ends the process over a condition that does not hold, and leaves both in the report.
/// @param where  the function that asked for it.
[[noreturn]] void give_up(const char* condition, const char* where);

/// Copies the stack of the last throw into the report.
void record_thrown_stack(Report& report);

}  // namespace pset3::run
