// The run stage with a box that answers what the fuzzer thinks of.
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "grader/arrays/safetensors.hpp"
#include "grader/box/box.hpp"
#include "grader/run/protocol.hpp"
#include "grader/run/run_cases.hpp"
#include "tests/fuzz/readers.hpp"

namespace pset3 {
namespace {

/// What the next boxes will write to descriptor 3. A second box gets what the first one has left.
std::string_view answers;

constexpr std::uint64_t kOutputLimit = 4096;

}  // namespace

namespace box {

struct Box::State {
  std::uint64_t nonce = 0;
};

Box::Box(const BoxSpec&) : state_(std::make_unique<State>()) {}
Box::~Box() = default;

bool Box::send(std::string_view bytes, Clock::time_point) {
  run::RequestHeader request;
  if (bytes.size() >= sizeof request) {
    std::memcpy(&request, bytes.data(), sizeof request);
    if (request.magic == run::kRequest) state_->nonce = request.nonce;
  }
  return true;
}

Box::Received Box::receive(std::size_t count, std::string& bytes, Clock::time_point) {
  if (count > sizeof(run::ReplyHeader) + run::kMaxMessageBytes + run::kMaxNameBytes +
                  8 * run::kMaxFrames + run::kMaxTextBytes + kOutputLimit) {
    std::abort();  // no more than the limits allow may ever be waited for
  }
  if (answers.size() < count) return Received::kEnd;
  std::string taken(answers.substr(0, count));
  answers.remove_prefix(count);
  // No fuzzer would guess it. All ones stand for a wrong one.
  constexpr std::size_t kNonceAt = offsetof(run::ReplyHeader, nonce);
  if (count == sizeof(run::ReplyHeader) && taken[kNonceAt] != '\xff') {
    std::memcpy(taken.data() + kNonceAt, &state_->nonce, sizeof state_->nonce);
  }
  bytes += taken;
  return Received::kAll;
}

BoxExit Box::finish(Clock::time_point) { return {}; }
BoxExit Box::kill() { return {}; }
Level probe() { return Level::kLimits; }

}  // namespace box

namespace fuzz {

void read_reply(std::string_view bytes) {
  answers = bytes;
  const run::RunCase one = {"a", "carve", "", kOutputLimit, std::chrono::milliseconds(100)};
  const std::vector<run::CaseOutcome> outcomes = run::run_cases({}, {one, one, one}, {});
  if (outcomes.size() != 3) std::abort();
  for (const run::CaseOutcome& outcome : outcomes) {
    for (const double number : {outcome.wall_ms, outcome.cpu_ms, outcome.peak_mib}) {
      if (!std::isfinite(number) || number < 0.0) std::abort();
    }
    if (outcome.output.size() > kOutputLimit || outcome.addresses.size() > run::kMaxFrames) {
      std::abort();
    }
    try {
      arrays::decode(outcome.output);
    } catch (const arrays::FormatError&) {
    }
  }
}

}  // namespace fuzz
}  // namespace pset3
