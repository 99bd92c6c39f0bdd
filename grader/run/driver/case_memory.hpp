#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <string_view>
#include <type_traits>

namespace pset3::run {

/// Memory of the driver's for one case, given back to the kernel when the case is over. The next
/// case's process is a copy of the driver's: what freed memory of the heap still held would be
/// there to read.
class CaseMemory {
 public:
  /// All zeros. @throws std::bad_alloc
  explicit CaseMemory(std::size_t size)
      : size_(size),
        memory_(
            ::mmap(nullptr, size + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) throw std::bad_alloc();
  }
  ~CaseMemory() { ::munmap(memory_, size_ + 1); }
  CaseMemory(const CaseMemory&) = delete;
  CaseMemory& operator=(const CaseMemory&) = delete;

  char* bytes() { return static_cast<char*>(memory_); }
  std::string_view view() const { return {static_cast<const char*>(memory_), size_}; }
  /// As a T, which is plain data.
  template <typename T>
  T& as() {
    static_assert(std::is_trivially_copyable_v<T>);
    return *static_cast<T*>(memory_);
  }

 private:
  std::size_t size_;
  void* memory_;
};

}  // namespace pset3::run
