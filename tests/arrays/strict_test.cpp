// Headers that somebody wrote by hand: each must be refused before a byte of payload is looked at.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "grader/arrays/safetensors.hpp"

namespace pset3::arrays {
namespace {

using ::testing::HasSubstr;

std::string reason(const std::string& header, std::uint64_t payload_bytes) {
  try {
    parse_header(header, payload_bytes);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "taken";
}

/// {"a": {"dtype": …, "shape": …, "data_offsets": …}}
std::string header(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return R"({"a":{"dtype":)" + dtype + R"(,"shape":)" + shape + R"(,"data_offsets":)" + offsets +
         "}}";
}

TEST(ParseHeader, TakesWhatTheFormatAllows) {
  EXPECT_EQ(reason(header("\"F64\"", "[2,3]", "[0,48]"), 48), "taken");
  EXPECT_EQ(reason(header("\"F64\"", "[]", "[0,8]"), 8), "taken");
  EXPECT_EQ(reason(header("\"F64\"", "[0,3]", "[0,0]"), 0), "taken");
  EXPECT_EQ(reason("{}  ", 0), "taken");
  EXPECT_EQ(reason(R"({"__metadata__":{"format":"pt"}})", 0), "taken");
}

TEST(ParseHeader, RefusesWhatIsNoObjectOfArrays) {
  for (const char* text : {"", "[]", "1", "null", "{", "{\"a\":1}", "{\"a\":{}}", "{\"a\":[]}",
                           "{} {}", "{}x", "\xFF", "{\"\xFF\":1}"}) {
    EXPECT_NE(reason(text, 0), "taken") << text;
  }
  for (const std::size_t size : {3u, 5u}) {
    EXPECT_NE(reason(std::string("{}\0{}", size), 0), "taken");
  }
}

TEST(ParseHeader, RefusesFieldsOfTheWrongKind) {
  EXPECT_THAT(reason(header("1", "[]", "[0,8]"), 8), HasSubstr("needs dtype"));
  EXPECT_THAT(reason(header("\"F64\"", "3", "[0,8]"), 8), HasSubstr("needs dtype"));
  EXPECT_THAT(reason(header("\"F64\"", "[]", "[0,8,9]"), 8), HasSubstr("needs dtype"));
  EXPECT_THAT(reason(header("\"F64\"", "[]", "{\"0\":0,\"1\":8}"), 8), HasSubstr("needs dtype"));
  EXPECT_THAT(reason(R"({"a":{"dtype":"U8","shape":[],"data_offsets":[0,1],"x":1}})", 1),
              HasSubstr("needs dtype"));
}

TEST(ParseHeader, RefusesUnknownTypes) {
  for (const char* dtype : {"F16", "BF16", "f64", "F64 ", "U64", ""}) {
    EXPECT_THAT(reason(header("\"" + std::string(dtype) + "\"", "[1]", "[0,8]"), 8),
                HasSubstr("is not one of"));
  }
}

TEST(ParseHeader, RefusesSizesThatAreNoWholeNumbers) {
  for (const char* size : {"-1", "1.0", "1e0", "\"1\"", "null", "true", "[1]", "-0",
                           "9223372036854775808", "18446744073709551616"}) {
    EXPECT_THAT(reason(header("\"U8\"", "[" + std::string(size) + "]", "[0,1]"), 1),
                HasSubstr("not a whole number"))
        << size;
    EXPECT_NE(reason(header("\"U8\"", "[1]", "[" + std::string(size) + ",1]"), 1), "taken");
    EXPECT_NE(reason(header("\"U8\"", "[1]", "[0," + std::string(size) + "]"), 1), "taken");
  }
}

TEST(ParseHeader, RefusesAProductThatOverflows) {
  const char* kHuge = "9223372036854775807";
  for (const std::string& shape :
       {std::string("[") + kHuge + "]", std::string("[") + kHuge + ",2]",
        std::string("[4294967296,4294967296]"), std::string("[2305843009213693952]")}) {
    EXPECT_THAT(reason(header("\"F64\"", shape, "[0,0]"), 0), HasSubstr("overflows"));
  }
  // 2^61 · 8 wraps to 0 in 64 bits, and a size of 0 may not hide it.
  EXPECT_NE(reason(header("\"F64\"", "[4294967296,4294967296,0]", "[0,0]"), 0), "taken");
}

TEST(ParseHeader, RefusesAShapeOfManyDimensions) {
  EXPECT_EQ(reason(header("\"U8\"", "[1,1,1,1,1,1,1,1]", "[0,1]"), 1), "taken");
  EXPECT_NE(reason(header("\"U8\"", "[1,1,1,1,1,1,1,1,1]", "[0,1]"), 1), "taken");
}

TEST(ParseHeader, RefusesOffsetsThatDoNotFitTheShape) {
  for (const char* offsets : {"[0,7]", "[0,9]", "[8,0]", "[8,16]"}) {
    EXPECT_NE(reason(header("\"F64\"", "[1]", offsets), 8), "taken") << offsets;
  }
}

std::string two(const std::string& first, const std::string& second) {
  return R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + first +
         R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + second + "}}";
}

TEST(ParseHeader, RefusesGapsOverlapsAndTrailingBytes) {
  EXPECT_EQ(reason(two("[0,4]", "[4,8]"), 8), "taken");
  EXPECT_EQ(reason(two("[4,8]", "[0,4]"), 8), "taken");
  EXPECT_THAT(reason(two("[0,4]", "[5,9]"), 9), HasSubstr("overlap or leave a gap"));
  EXPECT_THAT(reason(two("[0,4]", "[3,7]"), 7), HasSubstr("overlap or leave a gap"));
  EXPECT_THAT(reason(two("[0,4]", "[0,4]"), 4), HasSubstr("overlap or leave a gap"));
  EXPECT_THAT(reason(two("[1,5]", "[5,9]"), 9), HasSubstr("overlap or leave a gap"));
  EXPECT_THAT(reason(two("[0,4]", "[4,8]"), 9), HasSubstr("need 8 bytes, 9 are there"));
  EXPECT_THAT(reason(two("[0,4]", "[4,8]"), 7), HasSubstr("need 8 bytes, 7 are there"));
}

TEST(ParseHeader, RefusesAnEmptyArrayInsideAnother) {
  EXPECT_THAT(reason(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},
                         "b":{"dtype":"U8","shape":[0],"data_offsets":[2,2]}})",
                     4),
              HasSubstr("overlap or leave a gap"));
}

TEST(ParseHeader, RefusesDuplicateKeysAtEveryDepth) {
  EXPECT_THAT(reason(R"({"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},)"
                     R"("a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}})",
                     1),
              HasSubstr("the key \"a\" twice"));
  EXPECT_THAT(reason(R"({"a":{"dtype":"U8","dtype":"U8","shape":[],"data_offsets":[0,1]}})", 1),
              HasSubstr("the key \"dtype\" twice"));
  EXPECT_THAT(reason(R"({"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},)"
                     R"("\u0061":{"dtype":"U8","shape":[],"data_offsets":[0,1]}})",
                     1),
              HasSubstr("twice"));
}

TEST(ParseHeader, RefusesDeepNestingWithoutRecursingIntoIt) {
  for (const char bracket : {'[', '{'}) {
    std::string text = "{\"__metadata__\":";
    for (int i = 0; i < 10'000; ++i) text += bracket == '[' ? "[" : "{\"a\":";
    EXPECT_THAT(reason(text, 0), HasSubstr("nested too deeply"));
  }
}

TEST(ParseHeader, RefusesTooLongHeadersTooManyArraysAndTooLongNames) {
  EXPECT_EQ(reason("{}" + std::string(kMaxHeaderBytes - 2, ' '), 0), "taken");
  EXPECT_THAT(reason("{}" + std::string(kMaxHeaderBytes - 1, ' '), 0), HasSubstr("too long"));
  std::string many = "{";
  for (int i = 0; i < 1025; ++i) {
    many += (i == 0 ? "\"" : ",\"") + std::to_string(i) +
            R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
  }
  EXPECT_NE(reason(many + "}", 0), "taken");
  const std::string entry = R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}})";
  EXPECT_EQ(reason("{\"" + std::string(256, 'n') + entry, 0), "taken");
  EXPECT_NE(reason("{\"" + std::string(257, 'n') + entry, 0), "taken");
  EXPECT_NE(reason("{\"" + entry, 0), "taken");
}

TEST(Decode, DoesNotBelieveTheLengthOfTheHeader) {
  for (const std::uint64_t length :
       std::initializer_list<std::uint64_t>{~0ull, 1ull << 63, kMaxHeaderBytes + 1, 100, 3}) {
    std::string file(8, '\0');
    std::memcpy(file.data(), &length, sizeof length);
    EXPECT_THROW(decode(file + "{}"), FormatError) << length;
  }
}

TEST(ParseHeader, RefusesATerabyteThatIsNotThere) {
  EXPECT_THAT(reason(header("\"U8\"", "[1099511627776]", "[0,1099511627776]"), 5),
              HasSubstr("5 are there"));
}

TEST(Decode, RefusesABoolThatIsNeitherZeroNorOne) {
  std::string file = encode({{"mask", Array(DType::kBool, {2})}});
  file.back() = 1;
  EXPECT_NO_THROW(decode(file));
  file.back() = 2;
  EXPECT_THROW(decode(file), FormatError);
}

TEST(FormatError, ShowsNoControlCharactersOfAForeignName) {
  EXPECT_THAT(reason("{\"a\\u001b[2J\":{}}", 0), ::testing::Not(HasSubstr("\x1b")));
  EXPECT_THAT(reason(header("\"\\u001b]52;\"", "[]", "[0,1]"), 1),
              ::testing::Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace pset3::arrays
