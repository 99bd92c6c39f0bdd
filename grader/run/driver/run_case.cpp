#include "grader/run/driver/run_case.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "grader/run/driver/crashes.hpp"
#include "grader/run/inside/submission.hpp"

namespace pset3::run {
namespace {

/// From here on the process is the submission's. @returns null, and why in the report, when it
/// cannot be opened.
CallFunction open_submission(const char* object, Report& report) {
  report.while_loading = 1;
  void* const handle = ::dlopen(object, RTLD_LAZY | RTLD_LOCAL);
  void* const symbol = handle != nullptr ? ::dlsym(handle, kCallSymbol) : nullptr;
  if (symbol == nullptr) {
    report.said = Said::kNotLoaded;
    set_message(report, ::dlerror());
    return nullptr;
  }
  report.while_loading = 0;
  return reinterpret_cast<CallFunction>(symbol);
}

}  // namespace

void run_case(const char* object, const std::string& function, std::string_view inputs,
              SharedBytes& output, Report& report) {
  watch_for_crashes(report, object);
  try {
    if (const CallFunction call = open_submission(object, report)) {
      call(function, inputs, output, report);
    }
  } catch (...) {
    record_exception(report);
  }
  std::fflush(stdout);  // so that the text of a case is whole
  ::_exit(0);
}

}  // namespace pset3::run
