#include "grader/run/driver/crashes.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
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
std::uintptr_t g_stack_end = 0;  // the lowest address of the main thread's stack
void* g_thrown_object = nullptr;
const std::type_info* g_thrown_type = nullptr;

/// What glibc says before it aborts, "free(): invalid pointer" for instance.
struct AbortMessage {
  unsigned int size;
  char text[1];
};
AbortMessage** g_abort_message = nullptr;

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

std::uintptr_t stack_pointer_of(const void* context) {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(machine.gregs[REG_RSP]);
#elif defined(__aarch64__)
  return machine.sp;
#else
  return 0;
#endif
}

/// Whether the main thread's stack is used up. One function may ask for much more than is left.
bool is_stack_overflow(const void* context) {
  constexpr std::uintptr_t kNear = 256 << 10;
  constexpr std::uintptr_t kLargestFrame = 256 << 20;
  const std::uintptr_t pointer = stack_pointer_of(context);
  return pointer < g_stack_end + kNear && pointer + kLargestFrame > g_stack_end;
}

/// Writes words of ours, a colon and words of somebody else's, as far as there is room. No
/// allocation: a signal handler calls it.
void set_cause(Report& report, const char* ours, const char* theirs = "") {
  char text[kMaxMessageBytes + 1];
  std::snprintf(text, sizeof text, "%s%s%s", ours, *theirs == '\0' ? "" : ": ", theirs);
  set_message(report, text);
}

/// The judge knows these words: judge/endings.cpp.
void note_cause(Report& report, int signal_number, const void* context) {
  if (report.message_bytes > 0) return;  // whoever gave up has said why
  if (signal_number == SIGSEGV && is_stack_overflow(context)) set_cause(report, "stack overflow");
  if (signal_number != SIGABRT) return;
  const AbortMessage* said = g_abort_message == nullptr ? nullptr : *g_abort_message;
  if (said != nullptr) set_cause(report, "damaged memory", said->text);
}

void record_stack(Report& report) {
  void* addresses[kMaxFrames];
  copy_frames(report, addresses, ::backtrace(addresses, kMaxFrames));
}

void on_signal(int signal_number, siginfo_t*, void* context) {
  if (g_report != nullptr) {
    g_crashed_at = instruction_of(context);
    g_report->said = Said::kSignal;
    note_cause(*g_report, signal_number, context);
    if (g_report->frames == 0) record_stack(*g_report);
  }
  ::signal(signal_number, SIG_DFL);
  ::raise(signal_number);
}

/// The text of an exception that is in flight and that nobody has caught.
const char* text_of_thrown() {
  if (g_thrown_type == nullptr) return "";
  void* object = g_thrown_object;
  const bool is_standard = typeid(std::exception).__do_catch(g_thrown_type, &object, 1);
  return is_standard ? static_cast<const std::exception*>(object)->what() : g_thrown_type->name();
}

/// In a thread, in a destructor, or where the program promised that nothing is thrown; or a
/// std::thread went away unjoined, perhaps since an exception is in flight.
[[noreturn]] void on_terminate() {
  if (std::current_exception() == nullptr) {
    const bool in_flight = std::uncaught_exceptions() > 0;
    set_cause(*g_report, "terminate", in_flight ? text_of_thrown() : "");
    if (in_flight) copy_frames(*g_report, g_thrown, g_thrown_count);
    std::abort();
  }
  record_exception(*g_report);
  ::_exit(0);
}

void find_stack_end() {
  pthread_attr_t attributes;
  if (::pthread_getattr_np(::pthread_self(), &attributes) != 0) return;
  void* lowest = nullptr;
  std::size_t size = 0;
  ::pthread_attr_getstack(&attributes, &lowest, &size);
  ::pthread_attr_destroy(&attributes);
  g_stack_end = reinterpret_cast<std::uintptr_t>(lowest);
}

/// Ends the process over a condition that does not hold.
/// @param where  the function that asked for it.
[[noreturn]] void give_up(const char* condition, const char* where) {
  std::fprintf(stderr, "%s: assertion failed: %s\n", where, condition);
  if (g_report != nullptr) {
    char text[kMaxMessageBytes + 1];
    std::snprintf(text, sizeof text, "%s, in %s", condition, where);
    set_cause(*g_report, "assertion failed", text);
  }
  std::abort();
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
  find_stack_end();
  g_abort_message =
      static_cast<AbortMessage**>(::dlvsym(RTLD_DEFAULT, "__abort_msg", "GLIBC_PRIVATE"));
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
  pset3::run::g_thrown_object = thrown;
  pset3::run::g_thrown_type = static_cast<const std::type_info*>(type);
  static const auto real_throw = reinterpret_cast<Throw>(::dlsym(RTLD_NEXT, "__cxa_throw"));
  pset3::run::g_thrown_count =
      ::backtrace(pset3::run::g_thrown, static_cast<int>(pset3::run::kMaxFrames));
  real_throw(thrown, type, destructor);
  __builtin_unreachable();
}

/// Stand before the C and C++ libraries' own, which print what failed to a place that nobody reads.
extern "C" void __assert_fail(const char* condition, const char*, unsigned int,
                              const char* function) noexcept {
  pset3::run::give_up(condition, function == nullptr ? "" : function);
}

namespace std {
// Newer headers declare it in this way, which [[noreturn]] does not match.
__attribute__((__noreturn__)) void __glibcxx_assert_fail(const char*, int, const char* function,
                                                         const char* condition) noexcept {
  pset3::run::give_up(condition == nullptr ? "" : condition, function == nullptr ? "" : function);
}
}  // namespace std
