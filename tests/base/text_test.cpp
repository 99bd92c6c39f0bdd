#include "grader/base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/utf8.hpp"

namespace pset3 {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;
using testing::utf8;

TEST(Trimmed, TakesSpacesTabsAndCarriageReturnsFromTheEnds) {
  EXPECT_EQ(trimmed(" \ta b\t \r"), "a b");
  EXPECT_EQ(trimmed(" \r"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Printable, LeavesOrdinaryTextAlone) {
  for (const char* text :
       {"", "plain", "two\nlines\tand a tab", "Übergröße", "日本語", "🦕", "e\u0301", "\u00A0",
        "\u07FF", "\u0800", "\uFFFD", "\U00010000", "\U0010FFFD"}) {
    EXPECT_EQ(printable(text), text);
  }
}

TEST(Printable, EscapesTerminalControls) {
  EXPECT_EQ(printable("\x1b[2J\x1b]52;c;aGk=\x07"), "\\x1b[2J\\x1b]52;c;aGk=\\x07");
  EXPECT_EQ(printable("100%\rfail"), "100%\\x0dfail");
  EXPECT_EQ(printable("a\bb\x7F"), "a\\x08b\\x7f");
  EXPECT_EQ(printable(std::string("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("\xC2\x9B"
                      "2J"),
            "\\x9b2J");  // the one-character form of ESC [
}

TEST(Printable, EscapesWhatAltersTheOrderOfText) {
  EXPECT_EQ(printable(utf8(0x202E) + "gnp.exe"), "\\u{202e}gnp.exe");
  for (const char32_t mark : {U'\u202A', U'\u202D', U'\u2066', U'\u2069', U'\u200E', U'\u200F'}) {
    EXPECT_THAT(printable(utf8(mark)), StartsWith("\\u{"));
  }
  for (const char* mark : {"\u061C", "\uFEFF", "\u2028", "\u2029"}) {
    EXPECT_THAT(printable(mark), StartsWith("\\u{"));
  }
}

TEST(Printable, EscapesEachByteThatIsNoUtf8) {
  EXPECT_EQ(printable("caf\xE9"), "caf\\xe9");
  EXPECT_EQ(printable("\x80"), "\\x80");
  EXPECT_EQ(printable("\xC0\x80"), "\\xc0\\x80");                    // NUL in two bytes
  EXPECT_EQ(printable("\xE0\x9F\xBF"), "\\xe0\\x9f\\xbf");           // U+07FF in three
  EXPECT_EQ(printable("\xF0\x8F\xBF\xBF"), "\\xf0\\x8f\\xbf\\xbf");  // U+FFFF in four
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
  EXPECT_EQ(printable("\xF5\x80\x80\x80"), "\\xf5\\x80\\x80\\x80");
  EXPECT_EQ(printable("\xFF"), "\\xff");
}

TEST(Printable, EscapesATextThatEndsWithinACharacter) {
  EXPECT_EQ(printable("\xE6\x97"), "\\xe6\\x97");
  EXPECT_EQ(printable("\xF0\x9F\xA6"), "\\xf0\\x9f\\xa6");
  EXPECT_EQ(printable("\xC3"
                      "A"),
            "\\xc3A");  // and does not swallow what follows
}

TEST(Printable, CutsALongTextWithANote) {
  EXPECT_EQ(printable("12345", 5), "12345");
  EXPECT_EQ(printable("123456", 5), "12345\n[1 more bytes cut]");
  const std::string cut = printable("日本語", 4);
  EXPECT_THAT(cut, StartsWith("日本\n"));
  EXPECT_THAT(cut, EndsWith("[3 more bytes cut]"));
  EXPECT_LT(printable(std::string(1 << 20, '\x01')).size(), 4200u);
}

TEST(PrintableStream, EscapesAllButWhatProgressBarsNeedHoweverItIsCut) {
  const std::string text =
      "a\x1b]52;c;aGk=\x07 \x1b[2J\r 50 % \xE2\x96\x88\x1b[K\n\x1b[Kcaf\xE9 \xE2\x80\xAE"
      "b\x1b";
  const std::string expected =
      "a\\x1b]52;c;aGk=\\x07 \\x1b[2J\r 50 % \xE2\x96\x88\x1b[K\n\x1b[Kcaf\\xe9 \\u{202e}b\\x1b";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    PrintableStream stream;
    std::string shown;
    for (std::size_t at = 0; at < text.size(); at += size)
      shown += stream.add(text.substr(at, size));
    EXPECT_EQ(shown + stream.rest(), expected) << size;
  }
}

TEST(ValidUtf8Bytes, CountsUpToTheFirstWrongByte) {
  EXPECT_EQ(valid_utf8_bytes(""), 0u);
  EXPECT_EQ(valid_utf8_bytes("Übung"), 6u);
  EXPECT_EQ(valid_utf8_bytes("caf\xE9 au lait"), 3u);
  EXPECT_EQ(valid_utf8_bytes("a\xE6\x97"), 1u);
}

TEST(Nearest, FindsASlip) {
  const std::vector<std::string> names = {"carve", "bounds", "voxels"};
  EXPECT_EQ(nearest("carve", names), "carve");
  EXPECT_EQ(nearest("crave", names), "carve");
  EXPECT_EQ(nearest("voxel", names), "voxels");
  EXPECT_EQ(nearest("bound", names), "bounds");
}

TEST(Nearest, FindsNothingFarAway) {
  EXPECT_EQ(nearest("silhouette", {"carve", "bounds"}), "");
  EXPECT_EQ(nearest("carve", {}), "");
  EXPECT_EQ(nearest("", {"carve"}), "");
}

TEST(Nearest, TakesNoWordThatSharesNoLetter) {
  EXPECT_EQ(nearest("p3", {"x7"}), "");
  EXPECT_EQ(nearest("a", {"b"}), "");
  EXPECT_EQ(nearest("", {"p1"}), "");
  EXPECT_EQ(nearest("p3", {"p1", "p2"}), "p1");
}

TEST(Counted, AddsAnSUnlessThereIsOne) {
  EXPECT_EQ(counted(0, "check"), "0 checks");
  EXPECT_EQ(counted(1, "check"), "1 check");
  EXPECT_EQ(counted(2, "check"), "2 checks");
}

}  // namespace
}  // namespace pset3
