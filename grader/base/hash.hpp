#pragma once

#include <string>
#include <string_view>

namespace pset3 {

/// SHA-256 over length-prefixed pieces, so that ("ab", "c") and ("a", "bc") differ.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hasher& add(std::string_view piece);
  /// @returns 64 hexadecimal digits. The hasher is spent afterwards.
  std::string hex();

 private:
  void* context_;
};

/// @returns the SHA-256 of the bytes alone, as sha256sum prints it.
std::string sha256_of(std::string_view bytes);
/// @returns the hexadecimal digits of some bytes.
std::string to_hex(std::string_view bytes);

/// @returns the hash of one piece, as 64 hexadecimal digits.
std::string hash_of(std::string_view piece);

/// The plain SHA-256 of some bytes, as sha256sum prints it.
std::string sha256(std::string_view bytes);

/// HMAC-SHA-256. @returns 64 hexadecimal digits.
std::string hmac(std::string_view key, std::string_view message);

}  // namespace pset3
