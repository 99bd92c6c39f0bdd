#include "grader/run/driver/crashes.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <typeinfo>

#include "starter/common/errors.hpp"

namespace pset3::run {
namespace {

Report* g_report = nullptr;
const char* g_object = nullptr;
void* g_thrown[kMaxFrames];
int g_thrown_count = 0;
std::uintptr_t g_crashed_at = 0;

/// Where the submission's shared object lies in memory.
struct Extent {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
};

int note_extent(dl_phdr_info* info, std::size_t, void* into) {
  if (info->dlpi_name == nullptr || std::strcmp(info->dlpi_name, g_object) != 0) return 0;
  auto& extent = *static_cast<Extent*>(into);
  extent.begin = info->dlpi_addr;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD) continue;
    extent.end =
        std::max<std::uintptr_t>(extent.end, info->dlpi_addr + header.p_vaddr + header.p_memsz);
  }
  return 1;
}

void copy_frames(Report& report, void* const* addresses, int count) {
  Extent object;
  ::dl_iterate_phdr(note_extent, &object);
  report.frames = 0;
  for (int i = 0; i < count; ++i) {
    const auto address = reinterpret_cast<std::uintptr_t>(addresses[i]);
    if (address < object.begin || address >= object.end) continue;
    // All are return addresses, one behind their call, but for the instruction that crashed.
    const std::uintptr_t behind = address == g_crashed_at ? address + 1 : address;
    report.frame[report.frames++] = behind - object.begin;
  }
}

std::uintptr_t instruction_of(const void* context) {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(machine.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return machine.pc;
#else
  return 0;
#endif
}

void record_stack(Report& report) {
  void* addresses[kMaxFrames];
  copy_frames(report, addresses, ::backtrace(addresses, kMaxFrames));
}

void on_signal(int signal_number, siginfo_t*, void* context) {
  if (g_report != nullptr) {
    g_crashed_at = instruction_of(context);
    g_report->said = Said::kSignal;
    record_stack(*g_report);
  }
  ::signal(signal_number, SIG_DFL);
  ::raise(signal_number);
}

/// In a thread, in a destructor, or where the program promised that nothing is thrown.
[[noreturn]] void on_terminate() {
  if (std::current_exception() == nullptr) std::abort();
  record_exception(*g_report);
  ::_exit(0);
}

std::string current_exception_type() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "an exception";
  int status = 0;
  char* name = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
  const std::string text = status == 0 ? name : type->name();
  std::free(name);
  return text;
}

}  // namespace

void record_exception(Report& report) {
  copy_frames(report, g_thrown, g_thrown_count);
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

void watch_for_crashes(Report& report, const char* object) {
  g_report = &report;
  g_object = object;
  static char alternative_stack[64 * 1024];
  stack_t stack{};
  stack.ss_sp = alternative_stack;
  stack.ss_size = sizeof alternative_stack;
  ::sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_SIGINFO;
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    ::sigaction(number, &action, nullptr);
  }
  std::set_terminate(on_terminate);
}

}  // namespace pset3::run

/// Stands before the C++ runtime's own __cxa_throw, for the program and every library in it:
/// remembers where the exception came from and passes it on. The assembler alone is told the name,
/// since GCC and Clang know the function with different types.
extern "C" [[noreturn]] void remember_throw(void* thrown, void* type,
                                            void (*destructor)(void*)) __asm__("__cxa_throw");

extern "C" void remember_throw(void* thrown, void* type, void (*destructor)(void*)) {
  using Throw = void (*)(void*, void*, void (*)(void*));
  static const auto real_throw = reinterpret_cast<Throw>(::dlsym(RTLD_NEXT, "__cxa_throw"));
  pset3::run::g_thrown_count =
      ::backtrace(pset3::run::g_thrown, static_cast<int>(pset3::run::kMaxFrames));
  real_throw(thrown, type, destructor);
  __builtin_unreachable();
}
