#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pset3::run {

/// How a case ended, as the run stage saw it.
enum class Ended {
  kReturned,        ///< the function returned; `output` holds what it gave
  kNotImplemented,  ///< the stub still throws; `function` is the one
  kThrew,           ///< another exception; `message` says type and text
  kSignalled,       ///< `code` is the signal
  kExited,          ///< the process ended without an answer; `code` is its status
  kTimeout,
  kOutOfMemory,
  kProtocol,   ///< what came back is no answer, or too long
  kNotLoaded,  ///< the program cannot be opened; `message` is the loader's
  kMissing,    ///< the file of the function was not handed in; `message` names it
  kNotBuilt,   ///< a file that the case needs did not compile; `message` names it
  kForbidden,  ///< the file uses what the part bans; `message` says which and what
  kBoxFailed,  ///< our fault
};

/// What came back from the box for one case. Nothing in it is believed beyond being what the
/// submission said: it can only be wrong to the submission's own harm.
struct CaseOutcome {
  Ended ended = Ended::kBoxFailed;
  std::string output;    ///< bytes of a safetensors file, not yet looked at
  std::string message;   ///< foreign text, not yet made printable
  std::string function;  ///< of kNotImplemented
  std::string text;      ///< what it printed, the beginning of it; foreign like `message`
  /// It ended before the function was called: in the constructor of a global variable.
  bool while_loading = false;
  /// The stack of a throw or a signal, innermost first: addresses in the program's file.
  std::vector<std::uint64_t> addresses;
  int code = 0;
  double wall_ms = 0.0;
  double cpu_ms = 0.0;
  double peak_mib = 0.0;
};

}  // namespace pset3::run
