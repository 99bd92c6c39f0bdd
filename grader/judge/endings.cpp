#include "grader/judge/endings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "grader/base/error.hpp"
#include "grader/base/text.hpp"

namespace pset3::judge {
namespace {

using run::CaseOutcome;
using run::Ended;

constexpr std::size_t kLongestMessage = 600;

struct SignalWords {
  int code;
  const char* name;
  const char* meaning;
};

constexpr std::array<SignalWords, 10> kSignals = {{
    {SIGSEGV, "SIGSEGV", "segmentation fault: memory outside of an array was read or written"},
    {SIGBUS, "SIGBUS", "bus error: memory that does not exist was read or written"},
    {SIGABRT, "SIGABRT",
     "abort: an assertion failed, or the C++ library found damaged memory and gave up"},
    {SIGFPE, "SIGFPE", "arithmetic error: a whole number was divided by zero"},
    {SIGILL, "SIGILL",
     "illegal instruction: often a function that should return a value and does not"},
    {SIGTRAP, "SIGTRAP", "trap: the program met a breakpoint or a check that the compiler added"},
    {SIGKILL, "SIGKILL", "the program was killed"},
    {SIGXCPU, "SIGXCPU", "the processor time was used up"},
    {SIGXFSZ, "SIGXFSZ", "a file grew too large"},
    {SIGSYS, "SIGSYS", "the program asked the system for something that no part needs"},
}};

std::string signal_name(int code) {
  for (const SignalWords& words : kSignals) {
    if (words.code == code) return words.name;
  }
  return fmt::format("signal {}", code);
}

std::string signal_meaning(int code) {
  for (const SignalWords& words : kSignals) {
    if (words.code == code) return fmt::format("{} ({})", words.meaning, words.name);
  }
  return fmt::format("the program was ended by signal {}", code);
}

std::string shown(const std::string& foreign) { return printable(foreign, kLongestMessage); }

/// A message of LibTorch without the places in its own code, which come in lines of their own.
std::string without_frames(const std::string& message) {
  return message.substr(0, message.find("\nException raised from "));
}

struct LibraryException {
  const char* sign;  ///< both are in the message
  const char* other_sign;
  const char* words;
};

/// What the libraries' own messages mean, for those that students meet most.
constexpr std::array<LibraryException, 4> kLibraryExceptions = {{
    {"in function 'at'", "size.p[0]",
     "cv::Mat::at was asked for a row that the image does not have (its first index is the row)"},
    {"in function 'at'", "size.p[1]",
     "cv::Mat::at was asked for a column that the image does not have (its second index is the "
     "column)"},
    {"std::out_of_range", "_M_range_check",
     "std::vector::at was asked for an element beyond its end"},
    {"std::length_error", "",
     "a container was asked to be larger than memory; look at the size you give it"},
}};

std::string exception_in_words(const std::string& message) {
  for (const LibraryException& known : kLibraryExceptions) {
    if (message.find(known.sign) != std::string::npos &&
        message.find(known.other_sign) != std::string::npos) {
      return known.words;
    }
  }
  return "an exception that nobody caught: " + shown(without_frames(message));
}

CaseFinding finding(Verdict verdict, std::string expected, std::string got) {
  CaseFinding result;
  result.verdict = verdict;
  result.expected = std::move(expected);
  result.got = std::move(got);
  return result;
}

CaseFinding blocked(std::string by, std::string got) {
  CaseFinding result = finding(Verdict::kBlocked, "an answer to judge", std::move(got));
  result.blocked_by = std::move(by);
  return result;
}

CaseFinding not_implemented(const CheckSpec& spec, const std::string& function) {
  const std::string name = shown(function);
  const bool own =
      std::find(spec.functions.begin(), spec.functions.end(), function) != spec.functions.end();
  if (!own) return blocked(name, fmt::format("blocked by {}: it is not written yet", name));
  return finding(Verdict::kNotAttempted, name + " written", name + " still is the stub");
}

/// Reported like a stub: a question that was left alone may be handed in either way.
CaseFinding missing(const CheckSpec& spec) { return not_implemented(spec, spec.functions.at(0)); }

CaseFinding not_built(const CheckSpec& spec, const std::string& file) {
  const std::string name = shown(file);
  if (spec.files.empty() || file != spec.files.front()) {
    return blocked(name, fmt::format("blocked by {}: it is missing or does not compile", name));
  }
  return finding(Verdict::kBuildFailed, name + " compiles", name + " is missing or does not");
}

CaseFinding crashed(const std::string& student_frame, std::string got) {
  CaseFinding result = finding(Verdict::kCrashed, "an answer", std::move(got));
  if (!student_frame.empty()) result.detail = "at " + shown(student_frame);
  return result;
}

}  // namespace

CaseFinding finding_of_ending(const CheckSpec& spec, const CaseOutcome& outcome,
                              const std::string& student_frame) {
  switch (outcome.ended) {
    case Ended::kReturned:
      break;
    case Ended::kNotImplemented:
      return not_implemented(spec, outcome.function);
    case Ended::kThrew:
      return crashed(student_frame, exception_in_words(outcome.message));
    case Ended::kSignalled:
      return crashed(student_frame, signal_meaning(outcome.code));
    case Ended::kExited:
      return crashed(student_frame, fmt::format("the program ended itself with status {} before it "
                                                "answered",
                                                outcome.code));
    case Ended::kTimeout:
      return finding(Verdict::kTimeout, "an answer within the time limit",
                     fmt::format("none after {:.1f} s", outcome.wall_ms / 1000));
    case Ended::kOutOfMemory:
      return finding(Verdict::kOutOfMemory, "an answer within the memory limit",
                     fmt::format("more memory was asked for than the limit ({:.0f} MiB in use)",
                                 outcome.peak_mib));
    case Ended::kProtocol: {
      CaseFinding result = finding(Verdict::kInvalidOutput, "the function's result",
                                   "bytes that are no result, or too many of them");
      result.detail = shown(outcome.message);
      return result;
    }
    case Ended::kMissing:
      return missing(spec);
    case Ended::kNotBuilt:
      return not_built(spec, outcome.message);
    case Ended::kBoxFailed:
      return finding(Verdict::kGraderError, "a run of the function",
                     "the grader could not run it: " + shown(outcome.message));
  }
  throw GraderError("a case that returned has no ending to report");
}

std::string ending_name(const CaseOutcome& outcome) {
  switch (outcome.ended) {
    case Ended::kReturned:
      return "returned";
    case Ended::kNotImplemented:
      return "not implemented: " + shown(outcome.function);
    case Ended::kThrew:
      // The text behind the type often holds numbers that differ from run to run.
      return "threw " + shown(outcome.message.substr(0, outcome.message.find(": ")));
    case Ended::kSignalled:
      return signal_name(outcome.code);
    case Ended::kExited:
      return fmt::format("exit {}", outcome.code);
    case Ended::kTimeout:
      return "timeout";
    case Ended::kOutOfMemory:
      return "out of memory";
    case Ended::kProtocol:
      return "no answer";
    case Ended::kMissing:
      return "missing: " + shown(outcome.message);
    case Ended::kNotBuilt:
      return "not built: " + shown(outcome.message);
    case Ended::kBoxFailed:
      return "box failed";
  }
  throw GraderError("no name for this ending");
}

}  // namespace pset3::judge
