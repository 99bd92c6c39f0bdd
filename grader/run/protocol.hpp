#pragma once

// The two ends of the pipe between the run stage and its driver in the box. Little-endian, fixed
// sizes. Used by both sides, so it is C++17 and knows nothing else.

#include <cstdint>

namespace pset3::run {

inline constexpr std::uint64_t kHello =
    0x3154'4553'5033'0a00;  ///< the driver has loaded its libraries
inline constexpr std::uint64_t kRequest = 0x3154'4553'5033'0a01;
inline constexpr std::uint64_t kReply = 0x3154'4553'5033'0a02;

inline constexpr std::uint32_t kMaxNameBytes = 128;
inline constexpr std::uint32_t kMaxMessageBytes = 4096;
inline constexpr std::uint32_t kMaxFrames = 32;
inline constexpr std::uint32_t kMaxTextBytes = 16 * 1024;

/// The descriptor that replies are written to.
inline constexpr int kReplyDescriptor = 3;

/// Followed by the function's name and the inputs, a safetensors file.
struct RequestHeader {
  std::uint64_t magic = kRequest;
  std::uint64_t nonce = 0;  ///< comes back in the reply: tells mix-ups, proves nothing
  std::uint64_t payload_bytes = 0;
  std::uint64_t output_limit_bytes = 0;
  std::uint32_t cpu_limit_ms = 0;   ///< processor time of the case's process
  std::uint32_t wall_limit_ms = 0;  ///< against those that sleep
  std::uint32_t function_bytes = 0;
  std::uint32_t unused = 0;
};

/// What the child that ran the case said or suffered.
enum class Said : std::uint32_t {
  kNothing = 0,  ///< it ended without a word
  kReturned = 1,
  kNotImplemented = 2,
  kThrew = 3,
  kBadAlloc = 4,
  kSignal = 5,
  kTooLong = 6,     ///< its output is over the limit
  kOverTime = 7,    ///< the driver ended it
  kNoFunction = 8,  ///< there is no such entry: the part's adapter and rubric differ
  kNotLoaded = 9,   ///< the submission's shared object cannot be opened
};

/// Followed by the message, the function's name (of kNotImplemented), the frames (addresses in the
/// submission's shared object), what the case printed, and the outputs.
struct ReplyHeader {
  std::uint64_t magic = kReply;
  std::uint64_t nonce = 0;
  std::uint64_t payload_bytes = 0;
  Said said = Said::kNothing;
  std::int32_t wait_status = 0;
  std::uint32_t message_bytes = 0;
  std::uint32_t function_bytes = 0;
  std::uint32_t frames = 0;
  std::uint32_t text_bytes = 0;
  std::uint32_t while_loading = 0;  ///< not 0: it ended before the function was called
  std::uint32_t unused = 0;
  double cpu_ms = 0.0;
  double peak_mib = 0.0;
};

}  // namespace pset3::run
