#include "grader/judge/endings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>

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
     "abort: the program gave up, by calling abort() itself or through a library"},
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
  bool is_about_the_machine = false;
};

/// What the libraries' own messages mean, for those that students meet most.
constexpr std::array<LibraryException, 7> kLibraryExceptions = {{
    {"in function 'at'", "size.p[0]",
     "cv::Mat::at was asked for a row that the image does not have (its first index is the row)"},
    {"in function 'at'", "size.p[1]",
     "cv::Mat::at was asked for a column that the image does not have (its second index is the "
     "column)"},
    {"std::out_of_range", "_M_range_check",
     "std::vector::at was asked for an element beyond its end"},
    {"from the 'CUDA' backend", "Could not run",
     "the program asked for a GPU (CUDA), and there is none here: leave tensors and models on the "
     "CPU",
     true},
    {"not linked with support for cuda", "",
     "the program asked for a GPU (CUDA), and there is none here: leave tensors and models on the "
     "CPU",
     true},
    {"Resource temporarily unavailable", "",
     "the program could start no more threads or processes: it has too many of them already", true},
    {"std::length_error", "",
     "a container was asked to be larger than memory; look at the size you give it"},
}};

const LibraryException* known_exception(const std::string& message) {
  const auto* const found = std::find_if(
      kLibraryExceptions.begin(), kLibraryExceptions.end(), [&](const LibraryException& known) {
        return message.find(known.sign) != std::string::npos &&
               message.find(known.other_sign) != std::string::npos;
      });
  return found == kLibraryExceptions.end() ? nullptr : found;
}

bool is_known_exception(const std::string& message) { return known_exception(message) != nullptr; }

std::string exception_in_words(const std::string& message) {
  const LibraryException* known = known_exception(message);
  return known != nullptr ? known->words
                          : "an exception that nobody caught: " + shown(without_frames(message));
}

/// No GPU, too many threads: what the machine lacks is no sign of a known mistake.
bool is_about_the_machine(const std::string& message) {
  const LibraryException* known = known_exception(message);
  return known != nullptr && known->is_about_the_machine;
}

struct Cause {
  const char* sign;  ///< how the box begins its message, see run/driver/crashes.hpp
  const char* words;
  bool says_more;  ///< what follows in the message is worth reading
};

constexpr std::array<Cause, 4> kCauses = {{
    {"stack overflow",
     "stack overflow: a function calls itself without end, or a local array is larger than the "
     "stack",
     false},
    {"assertion failed", "an assertion failed", true},
    {"terminate: ",
     "an exception left a thread, a destructor or a function that is noexcept, where nobody can "
     "catch it",
     true},
    {"damaged memory",
     "the C++ library found damaged memory: something was written outside of its array, or freed "
     "twice",
     true},
}};

struct LibraryAssertion {
  const char* condition;
  const char* words;
};

/// The conditions that libstdc++ checks, for those that students meet most.
constexpr std::array<LibraryAssertion, 6> kLibraryAssertions = {{
    {"__n < this->size()", "an index is beyond the end of its array"},
    {"__pos <= size()", "an index is beyond the end of its string"},
    {"!this->empty()", "front(), back() or pop_back() was called on something empty"},
    {"this->_M_is_engaged()", "the value of an empty std::optional was asked for"},
    {"_M_get() != nullptr", "an empty std::shared_ptr was followed"},
    {"get() != pointer()", "an empty std::unique_ptr was followed"},
}};

/// "std::vector<double>::operator[]" of a long signature: the type that complains.
std::string container_in(const std::string& message) {
  for (const char* name :
       {"std::vector", "std::array", "std::deque", "std::basic_string_view", "std::basic_string"}) {
    if (message.find(name) != std::string::npos) return fmt::format(" ({})", name);
  }
  return "";
}

std::string assertion_in_words(const std::string& condition) {
  for (const LibraryAssertion& known : kLibraryAssertions) {
    if (condition.rfind(known.condition, 0) == 0) return known.words + container_in(condition);
  }
  return "an assertion failed: " + shown(condition);
}

/// Why a signal came, where the box could tell; else what such a signal means.
std::string signal_in_words(const CaseOutcome& outcome) {
  const std::string& message = outcome.message;
  if (message == "terminate") {
    return "std::terminate() was called: often a std::thread that was neither joined nor detached";
  }
  for (const Cause& cause : kCauses) {
    if (message.rfind(cause.sign, 0) != 0) continue;
    const auto colon = message.find(": ");
    const std::string more = colon == std::string::npos ? "" : message.substr(colon + 2);
    if (cause.sign == std::string_view("assertion failed")) return assertion_in_words(more);
    if (cause.sign == std::string_view("terminate: ") && is_known_exception(more)) {
      return exception_in_words(more);
    }
    return cause.says_more ? fmt::format("{} ({})", cause.words, shown(more)) : cause.words;
  }
  return signal_meaning(outcome.code);
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
  if (!own) return blocked(name, fmt::format("needs {}, which is not written yet", name));
  return finding(Verdict::kNotAttempted, name + " written", name + " still is the stub");
}

/// Reported like a stub: a question that was left alone may be handed in either way.
CaseFinding missing(const CheckSpec& spec) { return not_implemented(spec, spec.functions.at(0)); }

CaseFinding not_built(const CheckSpec& spec, const std::string& file) {
  const std::string name = shown(file);
  if (spec.files.empty() || file != spec.files.front()) {
    return blocked(name, fmt::format("needs {}, which is missing or does not compile", name));
  }
  return finding(Verdict::kBuildFailed, name + " compiles", name + " is missing or does not");
}

std::string not_loaded_in_words(const std::string& message) {
  for (const char* sign : {"failed to map", "annot allocate memory", "annot map"}) {
    if (message.find(sign) == std::string::npos) continue;
    return "the program was not started: its global variables take more memory than the limit";
  }
  return "the program could not be opened: " + shown(message);
}

/// Constructors of global variables run before anything else of the program.
CaseFinding crashed(const CaseOutcome& outcome, const std::string& student_frame, std::string got) {
  if (outcome.while_loading) {
    got = "while a global variable was made, before the function was called: " + got;
  }
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
      return crashed(outcome, student_frame, exception_in_words(outcome.message));
    case Ended::kSignalled:
      return crashed(outcome, student_frame, signal_in_words(outcome));
    case Ended::kExited:
      return crashed(outcome, student_frame,
                     fmt::format("the program ended itself with status {} before it "
                                 "answered",
                                 outcome.code));
    case Ended::kTimeout:
      return finding(Verdict::kTimeout, "an answer within the time limit",
                     fmt::format("none after {:.1f} s", outcome.wall_ms / 1000));
    case Ended::kOutOfMemory:
      return finding(Verdict::kOutOfMemory, "an answer within the memory limit",
                     fmt::format("the limit was reached: {:.0f} MiB were in use when the program "
                                 "asked for more",
                                 outcome.peak_mib));
    case Ended::kProtocol: {
      CaseFinding result = finding(Verdict::kInvalidOutput, "the function's result",
                                   "a result that is damaged, or far larger than any right answer");
      result.detail = shown(outcome.message);
      return result;
    }
    case Ended::kNotLoaded:
      return crashed({}, "", not_loaded_in_words(outcome.message));
    case Ended::kMissing:
      return missing(spec);
    case Ended::kNotBuilt:
      return not_built(spec, outcome.message);
    case Ended::kForbidden:
      return finding(Verdict::kForbidden, "an answer without what the part bans",
                     shown(outcome.message));
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
      return "threw " + shown(outcome.message.substr(0, outcome.message.find(": "))) +
             (is_about_the_machine(outcome.message) ? ", which the machine lacks" : "");
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
    case Ended::kNotLoaded:
      return "not loaded";
    case Ended::kMissing:
      return "missing: " + shown(outcome.message);
    case Ended::kNotBuilt:
      return "not built: " + shown(outcome.message);
    case Ended::kForbidden:
      return "forbidden: " + shown(outcome.message);
    case Ended::kBoxFailed:
      return "box failed";
  }
  throw GraderError("no name for this ending");
}

}  // namespace pset3::judge
