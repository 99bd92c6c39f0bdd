#pragma once

#include <string>

namespace pset3 {

/// A compiler's complaint about a submitted file.
struct Diagnostic {
  std::string file;  ///< the student's own name for it, "carve.cpp"; empty = the whole program
  int line = 0;
  int column = 0;
  std::string severity;  ///< "error", "warning" or "note"
  std::string message;   ///< foreign text, not yet made printable
};

}  // namespace pset3
