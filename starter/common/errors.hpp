#pragma once

#include <stdexcept>
#include <string>

namespace pset3 {

/// A file or folder that is missing, damaged or not what it should be. The message names the path,
/// the place in it, what was expected, what was found and what to do.
struct DataError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Thrown by a stub that nobody has filled yet; the grader reports such a question as "not
/// attempted".
struct NotImplemented : std::logic_error {
  explicit NotImplemented(const char* function_name)
      : std::logic_error(std::string(function_name) + " is not written yet"),
        function(function_name) {}
  std::string function;
};

}  // namespace pset3

/// Stands where your code goes. Replace it.
#define PSET3_TODO() throw ::pset3::NotImplemented(__func__)
