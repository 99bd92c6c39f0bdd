// `memory_bomb KIND MIB` takes and touches that much, then says that nobody minded.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kBlock = 1u << 20;

char* mapped(int flags, int file, int i) {
  void* block = mmap(nullptr, kBlock, PROT_READ | PROT_WRITE, flags, file,
                     file < 0 ? 0 : static_cast<off_t>(kBlock) * i);
  return block == MAP_FAILED ? nullptr : static_cast<char*>(block);
}

char* take(const std::string& kind, int file, int i) {
  if (kind == "malloc") return static_cast<char*>(std::malloc(kBlock));
  if (kind == "private") return mapped(MAP_PRIVATE | MAP_ANONYMOUS, -1, i);
  if (kind == "shared") return mapped(MAP_SHARED | MAP_ANONYMOUS, -1, i);
  if (ftruncate(file, static_cast<off_t>(kBlock) * (i + 1)) != 0) return nullptr;
  return mapped(MAP_SHARED, file, i);
}

void take_and_keep(const std::string& kind, int file, int mib) {
  static std::vector<char*> blocks;
  blocks.reserve(static_cast<std::size_t>(mib));
  for (int i = 0; i < mib; ++i) {
    blocks.push_back(take(kind, file, i));
    if (blocks.back() == nullptr) std::abort();
    std::memset(blocks.back(), i | 1, kBlock);
  }
}

void write_without_mapping(int file, int mib) {
  const std::vector<char> block(kBlock, 'x');
  for (int i = 0; i < mib; ++i) {
    if (write(file, block.data(), block.size()) != static_cast<ssize_t>(kBlock)) std::abort();
  }
}

}  // namespace

int main(int, char** words) {
  const std::string kind = words[1];
  const int mib = std::atoi(words[2]);
  int file = -1;
  if (kind == "memfd") file = memfd_create("bomb", 0);
  if (kind == "tmpfs") file = open("/tmp/bomb", O_RDWR | O_CREAT, 0600);
  if (kind == "tmpfs") {
    write_without_mapping(file, mib);
  } else {
    take_and_keep(kind, file, mib);
  }
  std::puts("survived");
}
