// The calls of 32-bit programs have other numbers, which a filter for 64 bits does not mean.
int main() {
#if defined(__x86_64__)
  constexpr int kGetpidOf32Bit = 20;
  int result = kGetpidOf32Bit;
  asm volatile("int $0x80" : "+a"(result) : : "memory");
#endif
  return 6;
}
