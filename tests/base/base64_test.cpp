#include "grader/base/base64.hpp"

#include <gtest/gtest.h>

namespace pset3 {
namespace {

// The test vectors of RFC 4648, section 10, and bytes that are no text.
TEST(Base64, IsThatOfTheStandard) {
  EXPECT_EQ(base64_of(""), "");
  EXPECT_EQ(base64_of("f"), "Zg==");
  EXPECT_EQ(base64_of("fo"), "Zm8=");
  EXPECT_EQ(base64_of("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64_of({"\0\xff\xfe", 3}), "AP/+");
}

}  // namespace
}  // namespace pset3
