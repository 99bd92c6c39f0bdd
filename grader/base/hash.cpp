#include "grader/base/hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdint>

#include "grader/base/error.hpp"

namespace pset3 {
namespace {

std::string hex_of(const unsigned char* bytes, std::size_t count) {
  return to_hex({reinterpret_cast<const char*>(bytes), count});
}

EVP_MD_CTX* context_of(void* pointer) { return static_cast<EVP_MD_CTX*>(pointer); }

}  // namespace

std::string to_hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text += kDigits[static_cast<unsigned char>(byte) >> 4];
    text += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

Hasher::Hasher() : context_(EVP_MD_CTX_new()) {
  if (context_ == nullptr || EVP_DigestInit_ex(context_of(context_), EVP_sha256(), nullptr) != 1) {
    throw GraderError("libcrypto has no SHA-256");
  }
}

Hasher::~Hasher() { EVP_MD_CTX_free(context_of(context_)); }

Hasher& Hasher::add(std::string_view piece) {
  const std::uint64_t size = piece.size();
  EVP_DigestUpdate(context_of(context_), &size, sizeof size);
  EVP_DigestUpdate(context_of(context_), piece.data(), piece.size());
  return *this;
}

std::string Hasher::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context_of(context_), digest.data(), &size);
  return hex_of(digest.data(), size);
}

std::string sha256_of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw GraderError("libcrypto has no SHA-256");
  }
  return hex_of(digest.data(), size);
}

std::string hash_of(std::string_view piece) { return Hasher().add(piece).hex(); }

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return hex_of(digest.data(), size);
}

std::string hmac(std::string_view key, std::string_view message) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(),
       &size);
  return hex_of(digest.data(), size);
}

}  // namespace pset3
