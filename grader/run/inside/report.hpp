#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "grader/run/protocol.hpp"

namespace pset3::run {

/// What a case's process leaves for the driver: a page of memory that both share. Plain data, so
/// that a signal handler can fill it.
struct Report {
  Said said;
  std::uint32_t while_loading;
  std::uint32_t message_bytes;
  std::uint32_t function_bytes;
  std::uint32_t frames;
  char message[kMaxMessageBytes];
  char function[kMaxNameBytes];
  std::uint64_t frame[kMaxFrames];
};

inline void set_message(Report& report, const char* text) {
  report.message_bytes =
      static_cast<std::uint32_t>(std::min<std::size_t>(std::strlen(text), kMaxMessageBytes));
  std::memcpy(report.message, text, report.message_bytes);
}

inline void set_function(Report& report, const char* text) {
  report.function_bytes =
      static_cast<std::uint32_t>(std::min<std::size_t>(std::strlen(text), kMaxNameBytes));
  std::memcpy(report.function, text, report.function_bytes);
}

}  // namespace pset3::run
