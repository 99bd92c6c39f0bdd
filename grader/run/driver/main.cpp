// The driver: what runs in the box and is not the submission. It starts once, loads the libraries,
// and forks a child for each case, in which the submission is opened and called; so a crash, a leak
// or an endless loop ends one case, and nothing submitted ever runs in the process that forks. What
// it says is not believed: what it does about time and crashes is for speed and good messages, the
// parent does it again.
//
//     driver OBJECT [--own-pid-namespace] [LIBRARY…]

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstring>
#include <new>
#include <string>
#include <string_view>

#include "grader/run/driver/case_memory.hpp"
#include "grader/run/driver/case_process.hpp"
#include "grader/run/driver/run_case.hpp"
#include "grader/run/protocol.hpp"

namespace {

using namespace pset3::run;

bool read_exactly(void* into, std::size_t count) {
  auto* position = static_cast<char*>(into);
  while (count > 0) {
    const ssize_t got = ::read(STDIN_FILENO, position, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    position += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_exactly(const void* from, std::size_t count) {
  const auto* position = static_cast<const char*>(from);
  while (count > 0) {
    const ssize_t written = ::write(pset3::run::kReplyDescriptor, position, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    position += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

/// What is asked for: the function's name and the inputs.
struct Request {
  explicit Request(const RequestHeader& asked)
      : header(asked), function(asked.function_bytes), payload(asked.payload_bytes) {}
  bool read() {
    return read_exactly(function.bytes(), header.function_bytes) &&
           read_exactly(payload.bytes(), header.payload_bytes);
  }

  RequestHeader header;
  CaseMemory function;
  CaseMemory payload;
};

bool read_header(RequestHeader& header) {
  return read_exactly(&header, sizeof header) && header.magic == pset3::run::kRequest &&
         header.function_bytes <= pset3::run::kMaxNameBytes;
}

/// A report in memory that a child shares. Another one for each case: what is left of a case must
/// not write into the next one's.
class SharedReport {
 public:
  SharedReport()
      : memory_(::mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                       -1, 0)) {
    if (memory_ == MAP_FAILED) throw std::bad_alloc();
  }
  ~SharedReport() { ::munmap(memory_, sizeof(Report)); }
  SharedReport(const SharedReport&) = delete;
  SharedReport& operator=(const SharedReport&) = delete;
  Report& get() { return *static_cast<Report*>(memory_); }

 private:
  void* memory_;
};

/// Copies the child's report, with lengths that fit whatever the child wrote there.
void copy_checked(const Report& shared, Report& report) {
  report = shared;
  if (report.message_bytes > kMaxMessageBytes) report.message_bytes = 0;
  if (report.function_bytes > kMaxNameBytes) report.function_bytes = 0;
  if (report.frames > kMaxFrames) report.frames = 0;
}

bool send_reply(const Request& request, const CaseEnd& end, std::string_view text,
                const Report& report, std::string_view output) {
  if (report.said != Said::kReturned) output = {};
  ReplyHeader header;
  header.nonce = request.header.nonce;
  header.payload_bytes = output.size();
  header.said = report.said;
  header.wait_status = end.wait_status;
  header.message_bytes = report.message_bytes;
  header.function_bytes = report.function_bytes;
  header.frames = report.frames;
  header.text_bytes = static_cast<std::uint32_t>(text.size());
  header.while_loading = report.while_loading;
  header.cpu_ms = end.cpu_ms;
  header.peak_mib = end.peak_mib;
  return write_exactly(&header, sizeof header) &&
         write_exactly(report.message, report.message_bytes) &&
         write_exactly(report.function, report.function_bytes) &&
         write_exactly(report.frame, report.frames * sizeof report.frame[0]) &&
         write_exactly(text.data(), text.size()) && write_exactly(output.data(), output.size());
}

struct Options {
  const char* object = nullptr;
  bool own_pid_namespace = false;
};

/// Overwrites what earlier calls left on the stack below: numbers of earlier cases, which the
/// driver sent on. Anything that a case can make as it likes, a length, would be a message to the
/// next one.
[[gnu::noinline]] void wipe_stack() {
  constexpr std::size_t kDeepest = 256 * 1024;
  char room[kDeepest];
  ::explicit_bzero(room, sizeof room);
}

/// A call of its own, so that all that it knows of the case lies where wipe_stack() wipes.
[[gnu::noinline]] bool finish(const Options& options, const Request& request, pid_t child,
                              TextPipe& text, SharedReport& shared, const SharedBytes& output) {
  const CaseEnd end = wait_for(child, {request.header.cpu_limit_ms, request.header.wall_limit_ms},
                               options.own_pid_namespace, text);
  CaseMemory memory(sizeof(Report));
  Report& report = memory.as<Report>();
  copy_checked(shared.get(), report);
  if (!end.in_time) report.said = Said::kOverTime;
  return send_reply(request, end, text.text(), report, output.read());
}

bool serve(const Options& options, const Request& request) {
  SharedReport shared;
  SharedBytes output(request.header.output_limit_bytes);
  TextPipe text;
  if (!text.works()) return false;
  const pid_t child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);
    ::close(kReplyDescriptor);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    text.become_output();
    wipe_stack();
    run_case(options.object, std::string(request.function.view()), request.payload.view(), output,
             shared.get());
  }
  if (child < 0) return false;
  ::setpgid(child, child);
  text.close_write_end();
  return finish(options, request, child, text, shared, output);
}

/// A library that is not there is the affair of the submission that asks for it.
void load_libraries(int count, char** names) {
  for (int i = 0; i < count; ++i) ::dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 1;
  // No case can read or write the memory of this process.
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  Options options;
  options.object = words[1];
  options.own_pid_namespace = count > 2 && std::strcmp(words[2], "--own-pid-namespace") == 0;
  const int used = options.own_pid_namespace ? 3 : 2;
  load_libraries(count - used, words + used);
  void* warm_up[1];
  ::backtrace(warm_up, 1);  // loads libgcc now, since a signal handler must not
  if (!write_exactly(&kHello, sizeof kHello)) return 1;
  RequestHeader header;
  while (read_header(header)) {
    Request request(header);
    if (!request.read() || !serve(options, request)) return 1;
  }
  return 0;
}
