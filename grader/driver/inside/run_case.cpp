#include "grader/driver/inside/run_case.hpp"

#include <cxxabi.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <optional>

#include "grader/arrays/safetensors.hpp"
#include "grader/driver/inside/entries.hpp"
#include "starter/common/errors.hpp"

namespace pset3::driver {
namespace {

std::string current_exception_type() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "an exception";
  int status = 0;
  char* name = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
  const std::string text = status == 0 ? name : type->name();
  std::free(name);
  return text;
}

void write_output(const std::string& bytes, SharedBytes& output, Report& report) {
  if (output.write(bytes.data(), bytes.size())) {
    report.said = Said::kReturned;
    return;
  }
  set_message(report, ("the output takes " + std::to_string(bytes.size()) + " bytes, at most " +
                       std::to_string(output.capacity()) + " are expected")
                          .c_str());
  report.said = Said::kTooLong;
}

/// Describes the exception in flight.
void record_exception(Report& report) {
  record_thrown_stack(report);
  try {
    throw;
  } catch (const NotImplemented& error) {
    report.said = Said::kNotImplemented;
    set_function(report, error.function.c_str());
  } catch (const std::bad_alloc&) {
    report.said = Said::kBadAlloc;
    set_message(report, "std::bad_alloc");
  } catch (const std::exception& error) {
    report.said = Said::kThrew;
    set_message(report, (current_exception_type() + ": " + error.what()).c_str());
  } catch (...) {
    report.said = Said::kThrew;
    set_message(report, current_exception_type().c_str());
  }
}

std::optional<Call> find_call(const std::string& function) {
  for (const Entry& entry : entries()) {
    if (function == entry.function) return entry.call;
  }
  return std::nullopt;
}

}  // namespace

void run_case(const std::string& function, const std::string& inputs, SharedBytes& output,
              Report& report) {
  watch_for_crashes(report);
  try {
    if (const std::optional<Call> call = find_call(function)) {
      const arrays::Arrays outputs = (*call)(arrays::decode(inputs));
      write_output(arrays::encode(outputs), output, report);
    } else {
      report.said = Said::kNoFunction;
    }
  } catch (...) {
    record_exception(report);
  }
  ::_exit(0);
}

}  // namespace pset3::driver
