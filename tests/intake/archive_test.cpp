#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/intake/archives.hpp"

namespace pset3::intake::testing {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<Item> kHomework = {{"hw3/", "", Item::Type::kFolder},
                                     {"hw3/p1_carving/", "", Item::Type::kFolder},
                                     {"hw3/p1_carving/carve.cpp", "carve"},
                                     {"hw3/report.pdf", std::string(100'000, 'x')},
                                     {"hw3/p1_carving/bounds.cpp", "bounds"}};

void expect_homework(const Submission& submission) {
  ASSERT_EQ(submission.parts.count("p1_carving"), 1u);
  EXPECT_EQ(submission.parts.at("p1_carving").at("carve.cpp"), "carve");
  EXPECT_EQ(submission.parts.at("p1_carving").at("bounds.cpp"), "bounds");
}

TEST(Archive, TakesEveryFormatWhateverItsName) {
  for (const char* name : {"hw3.zip", "hw3.tar.gz", "hw3.TGZ", "hw3.tar"}) {
    SCOPED_TRACE(name);
    for (const std::string& bytes :
         {zip_of(kHomework), tar_of(kHomework), gzipped(tar_of(kHomework))}) {
      const Submission submission = taken(bytes, name);
      expect_homework(submission);
      EXPECT_EQ(submission.name, "hw3");
    }
  }
}

TEST(Archive, TakesWhatPythonsZipfileAndTarfileWrite) {
  const std::string content = R"(
files = {"hw3/p1_carving/carve.cpp": b"carve", "hw3/p1_carving/bounds.cpp": b"bounds"}
)";
  for (const char* method : {"STORED", "DEFLATED", "BZIP2", "LZMA"}) {
    SCOPED_TRACE(method);
    expect_homework(taken(made_by_python("import sys, zipfile" + content +
                                         "with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_" +
                                         method + R"() as z:
    for name, data in files.items(): z.writestr(name, data))")));
  }
  for (const char* format : {"USTAR", "GNU", "PAX"}) {
    SCOPED_TRACE(format);
    expect_homework(taken(made_by_python("import io, sys, tarfile" + content +
                                         "with tarfile.open(sys.argv[1], 'w:gz', format=tarfile." +
                                         format + R"(_FORMAT) as t:
    for name, data in files.items():
        info = tarfile.TarInfo(name); info.size = len(data); t.addfile(info, io.BytesIO(data)))")));
  }
}

TEST(Archive, ReadsBackslashesAsSeparators) {
  const std::string bytes = made_by_python(R"(
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    z.writestr('hw3\\p1_carving\\carve.cpp', 'carve'); z.writestr('hw3\\p1_carving\\bounds.cpp', 'bounds')
)");
  expect_homework(taken(bytes));
}

TEST(Archive, TakesAPrefixWithUmlautsInUtf8AndInOldEncodings) {
  const Submission utf8 = taken(made_by_python(R"(
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z: z.writestr('Übung/p1_carving/carve.cpp', 'carve')
)"));
  EXPECT_EQ(utf8.parts.at("p1_carving").at("carve.cpp"), "carve");
  const Submission old =
      taken(zip_of({{"\x9A"
                     "bung/p1_carving/carve.cpp",
                     "carve"}}));
  EXPECT_EQ(old.parts.at("p1_carving").at("carve.cpp"), "carve");
}

TEST(Archive, TakesABareFileWhoseNameIsClear) {
  EXPECT_EQ(taken("carve", "carve.cpp").parts.at("p1_carving").at("carve.cpp"), "carve");
  const Submission uploaded = taken("carve", "doejane_LATE_12345_67890_carve-1.cpp");
  EXPECT_EQ(uploaded.parts.at("p1_carving").at("carve.cpp"), "carve");
  EXPECT_THAT(refusal_of("carve", "carv.cpp"), HasSubstr("carv.cpp: did you mean carve.cpp?"));
  EXPECT_THAT(refusal_of("main", "main.cpp"), HasSubstr("several parts"));
}

TEST(Archive, SaysWhichFormatsAreTakenForOthers) {
  for (const std::string& start :
       {std::string("Rar!\x1a\7\1\0", 8), std::string("7z\xBC\xAF\x27\x1C"), std::string("BZh9"),
        std::string("\xFD"
                    "7zXZ\0",
                    6),
        std::string("\x28\xB5\x2F\xFD")}) {
    EXPECT_THAT(refusal_of(start + std::string(600, 'x'), "hw3.zip"),
                AllOf(HasSubstr("which is not taken"), HasSubstr("a .zip, a .tar or a .tar.gz")));
  }
  EXPECT_THAT(refusal_of("%PDF-1.5 and so on", "report.pdf"),
              AllOf(HasSubstr("found report.pdf"), HasSubstr("a .zip, a .tar or a .tar.gz")));
  for (const char* name : {"report.pdf", "hw3.tgz"}) {
    EXPECT_THAT(refusal_of(gzipped("int main() {}"), name),
                AllOf(HasSubstr("no tar archive"), HasSubstr("a .zip, a .tar or a .tar.gz")));
  }
  EXPECT_THAT(refusal_of(""), HasSubstr("hw3.zip is empty"));
}

TEST(Archive, RefusesATruncatedOneWithWhatToDo) {
  std::vector<Item> items = kHomework;
  std::string noise;  // does not compress, so that half of the archive is within it
  for (unsigned i = 0, state = 1; i < 100'000; ++i) {
    state = state * 1664525u + 1013904223u;
    noise += static_cast<char>(state >> 24);
  }
  items.push_back({"hw3/noise.bin", noise});
  for (const std::string& whole : {zip_of(items), gzipped(tar_of(items)), tar_of(items)}) {
    for (const std::size_t size : {whole.size() / 2, whole.size() / 2 / 512 * 512}) {
      EXPECT_THAT(refusal_of(whole.substr(0, size)),
                  AllOf(AnyOf(HasSubstr("damaged"), HasSubstr("cut short")),
                        HasSubstr("upload it once more")));
    }
  }
}

TEST(Archive, RefusesATarThatWasCutBetweenTwoFiles) {
  const std::string whole = tar_of({{"p1_carving/carve.cpp", "carve"}, {"carve.md", "x"}});
  EXPECT_EQ(refusal_of(whole), "taken");
  EXPECT_THAT(refusal_of(whole.substr(0, 1024)), HasSubstr("it is cut short"));
}

TEST(Archive, NeverTakesWrongBytesFromATruncatedOrFlippedArchive) {
  const std::vector<Item> items = {{"p1_carving/carve.cpp", "int carve() { return 42; }"},
                                   {"p1_carving/bounds.cpp", "int bounds() { return 7; }"}};
  for (const std::string& whole : {zip_of(items), gzipped(tar_of(items))}) {
    const auto sound = taken(whole).parts;
    const Desk desk;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      std::string flipped = whole;
      flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
      for (const std::string& damaged : {flipped, whole.substr(0, i)}) {
        try {
          const auto parts = take(desk.file("hw3", damaged), two_parts()).parts;
          for (const auto& [part, files] : parts) {
            for (const auto& [name, bytes] : files) {
              EXPECT_EQ(bytes, sound.at(part).at(name)) << "byte " << i;
            }
          }
        } catch (const Refused&) {
        }
      }
    }
  }
}

TEST(Archive, RefusesAnEncryptedOne) {
  EXPECT_THAT(refusal_of(zip_of(kHomework, "secret")), HasSubstr("without a password"));
}

TEST(Archive, SaysToHandInTheInnerArchive) {
  EXPECT_THAT(refusal_of(zip_of({{"hw3.zip", zip_of(kHomework)}})),
              HasSubstr("hand in the inner one (hw3.zip)"));
  EXPECT_THAT(refusal_of(zip_of({{"hw3.rar", "Rar!"}})), HasSubstr("hw3.rar"));
}

TEST(Archive, TakesAnAppendedCopyOnlyWhenItIsEqual) {
  const Item carve{"p1_carving/carve.cpp", "carve"};
  EXPECT_EQ(refusal_of(tar_of({carve, carve})), "taken");
  EXPECT_THAT(refusal_of(tar_of({carve, {carve.path, "other"}})),
              HasSubstr("p1_carving/carve.cpp is in it twice"));
  EXPECT_THAT(refusal_of(zip_of({carve, {"./p1_carving//carve.cpp", "other"}})),
              HasSubstr("twice"));
}

TEST(Archive, RefusesOneAboveTheSizeCap) {
  Limits limits;
  limits.archive_bytes = 1000;
  EXPECT_THAT(refusal_of(std::string(1001, 'x'), "hw3.zip", limits),
              HasSubstr("hw3.zip is larger than 1000 bytes"));
}

TEST(Archive, NeverNamesTheHostsFolders) {
  const Desk desk;
  std::vector<std::string> reasons = {
      refusal(desk.path() / "absent.zip"), refusal(desk.file("bad.zip", "PK\3\4 damaged")),
      refusal(desk.file("bad.tgz", "\x1F\x8B\x08 damaged")), refusal(desk.file("bad.pdf", "%PDF"))};
  for (const std::string& reason : reasons) {
    EXPECT_THAT(reason, Not(HasSubstr(desk.path().string()))) << reason;
    EXPECT_NE(reason, "taken");
  }
  EXPECT_EQ(reasons[0], "absent.zip does not exist");
}

}  // namespace
}  // namespace pset3::intake::testing
