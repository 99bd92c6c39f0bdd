#pragma once

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

namespace pset3::run {

/// Bytes that a child process leaves for its parent. Memory and no file: the box may have no place
/// to write to. It is the child's to spoil, so the parent trusts neither size nor content.
class SharedBytes {
 public:
  /// @throws std::bad_alloc
  explicit SharedBytes(std::uint64_t capacity) : capacity_(capacity) {
    void* memory = ::mmap(nullptr, sizeof(std::uint64_t) + capacity, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    memory_ = static_cast<char*>(memory);
  }
  ~SharedBytes() { ::munmap(memory_, sizeof(std::uint64_t) + capacity_); }
  SharedBytes(const SharedBytes&) = delete;
  SharedBytes& operator=(const SharedBytes&) = delete;

  std::uint64_t capacity() const { return capacity_; }

  /// @returns false, and writes nothing, when there is no room for it.
  bool write(const void* from, std::uint64_t count) {
    if (count > capacity_) return false;
    std::memcpy(memory_ + sizeof count, from, count);
    std::memcpy(memory_, &count, sizeof count);
    return true;
  }

  std::string_view read() const {
    std::uint64_t count = 0;
    std::memcpy(&count, memory_, sizeof count);
    return {memory_ + sizeof count, std::min(count, capacity_)};
  }

 private:
  std::uint64_t capacity_;
  char* memory_;
};

}  // namespace pset3::run
