// Asks for more addresses, stack, locked memory, open files and queues than a box gives, without
// using them. Prints what it got.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

namespace {

void try_resource(const char* name, __rlimit_resource_t resource, rlim_t wanted) {
  rlimit limit{};
  getrlimit(resource, &limit);
  if (limit.rlim_max > wanted) std::printf("%s\n", name);
}

}  // namespace

int main() {
  constexpr std::size_t kMib = std::size_t{1} << 20;
  constexpr std::size_t kManyGib = 40 * 1024 * kMib;
  constexpr int kManyFiles = 2000;
  if (mmap(nullptr, kManyGib, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) !=
      MAP_FAILED) {
    std::puts("addresses");
  }
  void* block = mmap(nullptr, kMib, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block != MAP_FAILED && mlock(block, kMib) == 0) std::puts("locked memory");
  int files = 0;
  while (files < kManyFiles && open("/dev/null", O_RDONLY) >= 0) ++files;
  if (files == kManyFiles) std::puts("open files");
  try_resource("core dump", RLIMIT_CORE, 1);
  try_resource("stack", RLIMIT_STACK, 64 * kMib);
  try_resource("message queues", RLIMIT_MSGQUEUE, 0);
}
