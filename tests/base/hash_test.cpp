#include "grader/base/hash.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pset3 {
namespace {

// Python: hashlib.sha256(b"".join(struct.pack("<Q", len(p)) + p for p in pieces)).hexdigest()
TEST(Hasher, AgreesWithHashlibOnPiecesWithTheirLengths) {
  EXPECT_EQ(Hasher().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash_of(""), "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc");
  EXPECT_EQ(hash_of("abc"), "ce91dc5eec0139adf091900d225971d6ad246a845bad791b5693a9d0d55dd391");
  EXPECT_EQ(Hasher().add("ab").add("c").hex(),
            "43ee655579de01ca739b3f95c1c2d3f46d353b2c0df818064ea594506cdb2617");
  EXPECT_EQ(Hasher().add("a").add("bc").hex(),
            "9a8acca1b6c6c0befd3fbc756aed625da998c998f7252e738c4ef061906b9b21");
  EXPECT_EQ(Hasher().add("").add("").hex(),
            "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb");
}

TEST(Hasher, TakesEveryByteOfALargePiece) {
  std::string piece;  // bytes(range(256)) * 5000
  for (int i = 0; i < 256 * 5000; ++i) piece += static_cast<char>(i);
  EXPECT_EQ(hash_of(piece), "ddd7c4a1b5c06f64712af3ac9bb2b69cc83a959d36e13749db58f2ab2b059e02");
  piece.back() = 0;
  EXPECT_NE(hash_of(piece), "ddd7c4a1b5c06f64712af3ac9bb2b69cc83a959d36e13749db58f2ab2b059e02");
}

// RFC 4231, sections 4.2, 4.3, 4.4 and 4.7.
TEST(Hmac, AgreesWithTheVectorsOfRfc4231) {
  EXPECT_EQ(hmac(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hmac("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac(std::string(20, '\xaa'), std::string(50, '\xdd')),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(
      hmac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

}  // namespace
}  // namespace pset3
