#include "grader/run/inside/run_case.hpp"

#include <cxxabi.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>

#include "grader/arrays/safetensors.hpp"
#include "grader/run/inside/entries.hpp"
#include "starter/common/errors.hpp"

namespace pset3::run {
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

const Entry* find_entry(const std::string& function) {
  for (const Entry& entry : entries()) {
    if (function == entry.function) return &entry;
  }
  return nullptr;
}

}  // namespace

void run_case(const std::string& function, const std::string& inputs, SharedBytes& output,
              Report& report) {
  watch_for_crashes(report);
  try {
    if (const Entry* entry = find_entry(function)) {
      const arrays::Arrays arguments = arrays::decode(inputs);
      if (entry->twice) entry->call(arguments);
      write_output(arrays::encode(entry->call(arguments)), output, report);
    } else {
      report.said = Said::kNoFunction;
    }
  } catch (...) {
    record_exception(report);
  }
  ::_exit(0);
}

}  // namespace pset3::run
