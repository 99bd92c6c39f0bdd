#include "grader/run/inside/report.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <typeinfo>

namespace pset3::run {
namespace {

Report* g_report = nullptr;
void* g_thrown[kMaxFrames];
int g_thrown_count = 0;
std::uintptr_t g_program_begin = 0;
std::uintptr_t g_program_end = 0;
std::uintptr_t g_crashed_at = 0;

int note_program(dl_phdr_info* info, std::size_t, void*) {
  g_program_begin = info->dlpi_addr;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD) continue;
    g_program_end =
        std::max<std::uintptr_t>(g_program_end, info->dlpi_addr + header.p_vaddr + header.p_memsz);
  }
  return 1;  // the first one is the program itself
}

void copy_frames(Report& report, void* const* addresses, int count) {
  report.frames = 0;
  for (int i = 0; i < count; ++i) {
    const auto address = reinterpret_cast<std::uintptr_t>(addresses[i]);
    if (address < g_program_begin || address >= g_program_end) continue;
    // All are return addresses, one behind their call, but for the instruction that crashed.
    const std::uintptr_t behind = address == g_crashed_at ? address + 1 : address;
    report.frame[report.frames++] = behind - g_program_begin;
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

void on_signal(int signal_number, siginfo_t*, void* context) {
  if (g_report != nullptr) {
    g_crashed_at = instruction_of(context);
    g_report->said = Said::kSignal;
    record_stack(*g_report);
  }
  ::signal(signal_number, SIG_DFL);
  ::raise(signal_number);
}

}  // namespace

Report* make_shared_report() {
  void* memory =
      ::mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return new (memory) Report();
}

void set_message(Report& report, const char* text) {
  report.message_bytes =
      static_cast<std::uint32_t>(std::min<std::size_t>(std::strlen(text), kMaxMessageBytes));
  std::memcpy(report.message, text, report.message_bytes);
}

void set_function(Report& report, const char* text) {
  report.function_bytes =
      static_cast<std::uint32_t>(std::min<std::size_t>(std::strlen(text), kMaxNameBytes));
  std::memcpy(report.function, text, report.function_bytes);
}

void record_stack(Report& report) {
  void* addresses[kMaxFrames];
  copy_frames(report, addresses, ::backtrace(addresses, kMaxFrames));
}

void watch_for_crashes(Report& report) {
  g_report = &report;
  ::dl_iterate_phdr(note_program, nullptr);
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
}

void record_thrown_stack(Report& report) { copy_frames(report, g_thrown, g_thrown_count); }

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
