#include "grader/run/run_cases.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <memory>
#include <optional>
#include <random>

#include "grader/base/error.hpp"
#include "grader/run/protocol.hpp"

namespace pset3::run {
namespace {

using Clock = box::Box::Clock;
using std::chrono::milliseconds;

constexpr milliseconds kStartLimit{60'000};  ///< loading the libraries, not the submission's affair
constexpr milliseconds kGrace{
    1'000};  ///< on top of a case's limit, for the pipe and a busy machine

constexpr const char* kStandIns = "/stand_ins";

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

box::BoxSpec spec_for(const Program& program, const RunOptions& options) {
  const std::string threads = std::to_string(options.threads);
  box::BoxSpec spec;
  spec.argv = {"/driver", "/submission"};
  if (spec.level.value_or(box::probe()) >= box::Level::kNamespaces) {
    spec.argv.emplace_back("--own-pid-namespace");
  }
  spec.read_only = {{program.driver, "/driver"}, {program.object, "/submission"}};
  if (!program.stand_ins.empty()) {
    spec.read_only.push_back({program.stand_ins, kStandIns});
    for (const std::string& name : names_in(program.stand_ins)) {
      spec.argv.push_back(kStandIns + ("/" + name));
    }
  }
  spec.argv.insert(spec.argv.end(), program.libraries.begin(), program.libraries.end());
  spec.environment = {{"PATH", "/usr/bin"},
                      {"OMP_NUM_THREADS", threads},
                      {"OPENBLAS_NUM_THREADS", threads},
                      {"OPENCV_FOR_THREADS_NUM", threads}};
  spec.limits.memory_bytes = options.memory_bytes;
  spec.limits.wall = std::chrono::hours(1);  // each case has its own, and the parent keeps it
  spec.limits.cpu = std::chrono::hours(1);
  return spec;
}

/// What the whole box's end says about the case that was under way.
CaseOutcome outcome_of(const box::BoxExit& end) {
  CaseOutcome outcome;
  outcome.code = end.code;
  outcome.message = end.why.empty() ? end.err : end.why;
  switch (end.ending) {
    case box::Ending::kExited:
      outcome.ended = Ended::kExited;
      break;
    case box::Ending::kSignalled:
      outcome.ended = Ended::kSignalled;
      break;
    case box::Ending::kTimeout:
      outcome.ended = Ended::kTimeout;
      break;
    case box::Ending::kOutOfMemory:
      outcome.ended = Ended::kOutOfMemory;
      break;
    case box::Ending::kBoxFailed:
      outcome.ended = Ended::kBoxFailed;
  }
  return outcome;
}

CaseOutcome trouble(Ended ended, std::string message) {
  CaseOutcome outcome;
  outcome.ended = ended;
  outcome.message = std::move(message);
  return outcome;
}

/// A time or a size that comes from the box: what cannot be one counts as nothing.
double plausible(double number) {
  constexpr double kMost = 1e9;
  return number >= 0.0 && number <= kMost ? number : 0.0;
}

/// Another one for each case, so that no case can answer for the next.
std::uint64_t draw_nonce() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32) | device();
}

/// A driver in its box. Not good for anything after the first trouble.
class Session {
 public:
  Session(const Program& program, const RunOptions& options) : box_(spec_for(program, options)) {}

  /// Waits until the driver has loaded. @returns an outcome, our own fault, when it never will: no
  /// submitted code has run yet.
  std::optional<CaseOutcome> start() {
    std::string bytes;
    const auto received = box_.receive(sizeof kHello, bytes, Clock::now() + kStartLimit);
    std::uint64_t hello = 0;
    if (received == box::Box::Received::kAll) std::memcpy(&hello, bytes.data(), sizeof hello);
    if (received == box::Box::Received::kAll && hello == kHello) return std::nullopt;
    CaseOutcome outcome = give_up(received, "the driver did not start as it should");
    outcome.ended = Ended::kBoxFailed;
    return outcome;
  }

  /// Runs one case. `usable` tells whether the session can take another.
  CaseOutcome run(const RunCase& run_case, bool& usable) {
    usable = false;
    const auto begin = Clock::now();
    const auto deadline = begin + wall_limit(run_case.time_limit) + kGrace;
    RequestHeader request;
    nonce_ = draw_nonce();
    request.nonce = nonce_;
    request.payload_bytes = run_case.input.size();
    request.output_limit_bytes = run_case.output_limit_bytes;
    request.cpu_limit_ms = static_cast<std::uint32_t>(run_case.time_limit.count());
    request.wall_limit_ms = static_cast<std::uint32_t>(wall_limit(run_case.time_limit).count());
    request.function_bytes = static_cast<std::uint32_t>(run_case.function.size());
    std::string message(reinterpret_cast<const char*>(&request), sizeof request);
    message += run_case.function;
    CaseOutcome outcome;
    if (!box_.send(message, deadline) || !box_.send(run_case.input, deadline)) {
      outcome = give_up(
          Clock::now() < deadline ? box::Box::Received::kEnd : box::Box::Received::kDeadline,
          "it did not read its input");
    } else {
      outcome = receive_reply(run_case, deadline, usable);
    }
    outcome.wall_ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    return outcome;
  }

 private:
  CaseOutcome give_up(box::Box::Received received, const std::string& what) {
    if (received == box::Box::Received::kDeadline) {
      box_.kill();
      return trouble(Ended::kTimeout, what);
    }
    if (received == box::Box::Received::kEnd) {
      return outcome_of(box_.finish(Clock::now() + kGrace));
    }
    box_.kill();
    return trouble(Ended::kProtocol, what);
  }

  CaseOutcome receive_reply(const RunCase& run_case, Clock::time_point deadline, bool& usable) {
    std::string bytes;
    const auto received = box_.receive(sizeof(ReplyHeader), bytes, deadline);
    if (received != box::Box::Received::kAll) return give_up(received, "no answer in time");
    ReplyHeader reply;
    std::memcpy(&reply, bytes.data(), sizeof reply);
    if (reply.magic != kReply || reply.nonce != nonce_ || reply.message_bytes > kMaxMessageBytes ||
        reply.function_bytes > kMaxNameBytes || reply.frames > kMaxFrames ||
        reply.text_bytes > kMaxTextBytes || reply.payload_bytes > run_case.output_limit_bytes) {
      return give_up(box::Box::Received::kAll, "what came back is not an answer");
    }
    std::string rest;
    const std::size_t rest_bytes = reply.message_bytes + reply.function_bytes +
                                   reply.frames * sizeof(std::uint64_t) + reply.text_bytes +
                                   reply.payload_bytes;
    const auto received_rest = box_.receive(rest_bytes, rest, deadline + kGrace);
    if (received_rest != box::Box::Received::kAll) {
      return give_up(received_rest, "the answer is incomplete");
    }
    usable = true;
    return read_reply(reply, rest);
  }

  CaseOutcome read_reply(const ReplyHeader& reply, const std::string& rest) {
    CaseOutcome outcome;
    std::size_t position = 0;
    const auto take = [&](std::size_t count) {
      position += count;
      return rest.substr(position - count, count);
    };
    outcome.message = take(reply.message_bytes);
    outcome.function = take(reply.function_bytes);
    outcome.addresses.resize(reply.frames);
    const std::string address_bytes = take(reply.frames * sizeof(std::uint64_t));
    std::copy_n(address_bytes.data(), address_bytes.size(),
                reinterpret_cast<char*>(outcome.addresses.data()));
    outcome.text = take(reply.text_bytes);
    outcome.output = take(reply.payload_bytes);
    outcome.while_loading = reply.while_loading != 0;
    outcome.cpu_ms = plausible(reply.cpu_ms);
    outcome.peak_mib = plausible(reply.peak_mib);
    set_ending(outcome, reply);
    return outcome;
  }

  static void set_ending(CaseOutcome& outcome, const ReplyHeader& reply) {
    const bool signalled = WIFSIGNALED(reply.wait_status);
    outcome.code = signalled ? WTERMSIG(reply.wait_status) : WEXITSTATUS(reply.wait_status);
    switch (reply.said) {
      case Said::kReturned:
        outcome.ended = Ended::kReturned;
        return;
      case Said::kNotImplemented:
        outcome.ended = Ended::kNotImplemented;
        return;
      case Said::kThrew:
        outcome.ended = Ended::kThrew;
        return;
      case Said::kBadAlloc:
        outcome.ended = Ended::kOutOfMemory;
        return;
      case Said::kTooLong:
        outcome.ended = Ended::kProtocol;
        return;
      case Said::kOverTime:
        outcome.ended = Ended::kTimeout;
        return;
      case Said::kNoFunction:
        // Were it true, the reference would have met it too; a submission can only pretend.
        outcome.ended = Ended::kProtocol;
        outcome.message = "the part's adapter does not have the function that the rubric names";
        return;
      case Said::kNotLoaded:
        outcome.ended = Ended::kNotLoaded;
        return;
      case Said::kSignal:
      case Said::kNothing:
        break;
    }
    outcome.ended = signalled ? Ended::kSignalled : Ended::kExited;
    // Nobody but the kernel's memory guard sends SIGKILL to a child that is within its time.
    if (signalled && outcome.code == SIGKILL) outcome.ended = Ended::kOutOfMemory;
  }

  box::Box box_;
  std::uint64_t nonce_ = 0;
};

/// Opens a session. A box that fails is tried once more, since a busy machine can be the reason.
/// @returns nothing when it cannot be had, and why in `failure`.
std::unique_ptr<Session> open_session(const Program& program, const RunOptions& options,
                                      CaseOutcome& failure) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      auto session = std::make_unique<Session>(program, options);
      const std::optional<CaseOutcome> trouble_at_start = session->start();
      if (!trouble_at_start) return session;
      failure = *trouble_at_start;
    } catch (const GraderError& error) {
      failure = trouble(Ended::kBoxFailed, error.what());
    }
    if (failure.ended != Ended::kBoxFailed) break;
  }
  return nullptr;
}

/// Runs cases one by one, with a new session after each trouble.
class Runner {
 public:
  Runner(const Program& program, const RunOptions& options)
      : program_(program), options_(options) {}

  /// @returns nothing when no session can be had; failure() says why.
  std::optional<CaseOutcome> run(const RunCase& run_case) {
    CaseOutcome outcome;
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (session_ == nullptr) session_ = open_session(program_, options_, failure_);
      if (session_ == nullptr) return std::nullopt;
      bool usable = false;
      outcome = session_->run(run_case, usable);
      if (!usable) session_.reset();
      if (outcome.ended != Ended::kBoxFailed) break;
    }
    return outcome;
  }
  const CaseOutcome& failure() const { return failure_; }

 private:
  const Program& program_;
  const RunOptions& options_;
  std::unique_ptr<Session> session_;
  CaseOutcome failure_;
};

}  // namespace

const char* const kBudgetUsedUp = "the time for all cases of this part was used up before";

milliseconds wall_limit(milliseconds time_limit) { return 3 * time_limit + milliseconds(1000); }

double cost_ms(const CaseOutcome& outcome) {
  constexpr double kBusy = 4.0;
  if (outcome.ended == Ended::kTimeout) return outcome.wall_ms;
  return std::max(outcome.cpu_ms, outcome.wall_ms / kBusy);
}

std::vector<CaseOutcome> run_cases(const Program& program, const std::vector<RunCase>& cases,
                                   const RunOptions& options) {
  std::vector<CaseOutcome> outcomes;
  Runner runner(program, options);
  auto left_ms = static_cast<double>(options.budget.count());
  for (const RunCase& next : cases) {
    std::optional<CaseOutcome> outcome =
        left_ms > 0 ? runner.run(next) : trouble(Ended::kTimeout, kBudgetUsedUp);
    if (!outcome) {
      // It never gets to a case: there is no use in trying it once a case.
      outcomes.resize(cases.size(), runner.failure());
      break;
    }
    left_ms -= cost_ms(*outcome);
    outcomes.push_back(std::move(*outcome));
  }
  return outcomes;
}

}  // namespace pset3::run
