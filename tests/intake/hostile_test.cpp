// The rows A1 to A5 of the threat table: what a hostile archive may hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "tests/intake/archives.hpp"
#include "tests/sanitized.hpp"
#include "tests/utf8.hpp"

namespace pset3::intake::testing {
namespace {

using pset3::testing::utf8;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Type = Item::Type;

const Item kCarve{"p1_carving/carve.cpp", "carve"};

/// The refusals of the same entries in each format that can hold them.
std::vector<std::string> refusals_of(const std::vector<Item>& items) {
  return {refusal_of(zip_of(items)), refusal_of(gzipped(tar_of(items)))};
}

struct Cost {
  std::string reason;
  long cpu_ms = 0;
  long peak_kB = 0;  ///< above what the process had before
};

long cpu_ms(const rusage& usage) {
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/// Takes the archive in a process of its own, whose peak no other test has raised. Processor time,
/// since a busy machine makes the time on the clock say nothing.
Cost cost_of_taking(const std::string& bytes) {
  const Desk desk;
  const auto path = desk.file("bomb", bytes);
  struct Report {
    std::array<char, 200> reason;
    rusage before;
    rusage after;
  };
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    Report report{};
    ::getrusage(RUSAGE_SELF, &report.before);
    refusal(path).copy(report.reason.data(), report.reason.size() - 1);
    ::getrusage(RUSAGE_SELF, &report.after);
    ::_exit(::write(ends[1], &report, sizeof report) == sizeof report ? 0 : 1);
  }
  ::close(ends[1]);
  Report report{};
  const ssize_t count = ::read(ends[0], &report, sizeof report);
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  if (count != sizeof report) throw std::runtime_error("the child died");
  return {report.reason.data(), cpu_ms(report.after) - cpu_ms(report.before),
          report.after.ru_maxrss - report.before.ru_maxrss};
}

TEST(HostileArchive, IsRefusedForNamesThatLeadOut) {
  for (const char* name : {"../p1_carving/carve.cpp", "p1_carving/../../carve.cpp", "../../x",
                           "build/../../x", "..\\p1_carving\\carve.cpp", "hw3/.."}) {
    SCOPED_TRACE(name);
    EXPECT_THAT(refusal_of(gzipped(tar_of({kCarve, {name, "x"}}))),
                HasSubstr("leads out of the submission"));
    EXPECT_THAT(refusal_of(zip_of({kCarve, {name, "x"}})),
                HasSubstr("leads out of the submission"));
  }
}

TEST(HostileArchive, IsRefusedForAbsoluteNames) {
  for (const char* name : {"/etc/passwd", "/p1_carving/carve.cpp", "C:\\p1_carving\\carve.cpp",
                           "\\\\host\\share\\carve.cpp"}) {
    SCOPED_TRACE(name);
    for (const std::string& reason : refusals_of({kCarve, {name, "x"}})) {
      EXPECT_THAT(reason, HasSubstr("is an absolute name"));
    }
  }
}

TEST(HostileArchive, IsRefusedForLinksAndDevicesInPlaceOfAPartFile) {
  for (const Type type : {Type::kSymlink, Type::kHardlink, Type::kFifo, Type::kDevice}) {
    for (const char* name : {"p1_carving/bounds.cpp", "p1_carving"}) {
      const std::string reason = refusal_of(gzipped(tar_of({kCarve, {name, "/etc/passwd", type}})));
      EXPECT_THAT(reason, HasSubstr("hand in the file itself")) << name;
    }
  }
  EXPECT_THAT(refusal_of(zip_of({kCarve, {"p1_carving/bounds.cpp", "carve.cpp", Type::kSymlink}})),
              HasSubstr("p1_carving/bounds.cpp is a link"));
}

TEST(HostileArchive, IsRefusedForAFileBelowALink) {
  EXPECT_THAT(refusal_of(tar_of({{"src", "/etc", Type::kSymlink}, {"src/carve.cpp", "carve"}})),
              HasSubstr("src/carve.cpp is below the link src"));
}

TEST(HostileArchive, IsTakenWithLinksElsewhere) {
  EXPECT_EQ(refusal_of(tar_of({kCarve,
                               {"data", "/srv/dino", Type::kSymlink},
                               {"notes.md", "p1_carving/carve.cpp", Type::kHardlink},
                               {"pipe", "", Type::kFifo}})),
            "taken");
}

TEST(HostileArchive, IsRefusedForControlCharactersAboutAPartFile) {
  const std::vector<std::string> folders = {"a\nb", "\x1b[2J", "\x07", "x" + utf8(0x202E) + "y",
                                            "a\tb"};
  for (const std::string& folder : folders) {
    const std::string reason = refusal_of(tar_of({{folder + "/p1_carving/carve.cpp", "carve"}}));
    EXPECT_THAT(reason, HasSubstr("control characters"));
    EXPECT_THAT(reason, Not(HasSubstr(folder + "/")));
  }
}

TEST(HostileArchive, NeverTakesANameThatIsOnlyLikeAWantedOne) {
  const std::vector<std::string> names = {"carve.cpp\n",   "carve.cpp ",
                                          "-carve.cpp",    "carve.cpp;id",
                                          "$(id).cpp",     "carve" + utf8(0x202E) + ".cpp",
                                          "\"carve.cpp\"", "CARVE.CPP"};
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    const std::string reason = refusal_of(tar_of({{"p1_carving/" + name, "x"}}));
    EXPECT_THAT(reason, HasSubstr("no file of the assignment in it"));
    EXPECT_THAT(reason, Not(AnyOf(HasSubstr("\n"), HasSubstr("\x1b"))));
  }
}

TEST(HostileArchive, CutsANameAtANulByteAsEveryUnpackerDoes) {
  const std::string bytes = made_by_python(R"(
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z: z.writestr('p1_carving/carve.cppXevil', 'carve')
data = open(sys.argv[1], 'rb').read().replace(b'cppX', b'cpp\0'); open(sys.argv[1], 'wb').write(data)
)");
  const Submission submission = taken(bytes);
  EXPECT_EQ(submission.parts.at("p1_carving").at("carve.cpp"), "carve");
}

TEST(HostileArchive, IsRefusedForOverlongNamesAndDeepNesting) {
  const std::string long_name(256, 'n');
  EXPECT_THAT(refusal_of(tar_of({kCarve, {"a/" + long_name, ""}})), HasSubstr("at most 255"));
  EXPECT_EQ(refusal_of(tar_of({kCarve, {"a/" + long_name.substr(1), ""}})), "taken");
  std::string deep;
  for (int i = 0; i < 16; ++i) deep += "d/";
  EXPECT_EQ(refusal_of(tar_of({{deep + "carve.cpp", ""}})), "taken");
  EXPECT_THAT(refusal_of(tar_of({kCarve, {deep + "d/x", ""}})), HasSubstr("more than 16 deep"));
  for (int i = 0; i < 10'000; ++i) deep += "d/";
  EXPECT_THAT(refusal_of(tar_of({kCarve, {deep + "x", ""}})), HasSubstr("a path of"));
}

TEST(HostileArchive, IsRefusedForThousandsOfEntriesButNotForABuildTree) {
  std::vector<Item> many = {kCarve};
  for (int i = 0; i < 2000; ++i) many.push_back({"junk/" + std::to_string(i), ""});
  for (const std::string& reason : refusals_of(many)) {
    EXPECT_THAT(reason, HasSubstr("more than 2000 files"));
  }
  for (std::size_t i = 1; i < many.size(); ++i) many[i].path = "hw3/build/" + many[i].path;
  for (const std::string& reason : refusals_of(many)) EXPECT_EQ(reason, "taken");
}

TEST(HostileArchive, OfAMillionEntriesIsRefusedSoon) {
  const std::string bytes = made_by_python(R"(
import struct, sys
local = struct.pack('<4s5H3I2H', b'PK\3\4', 20, 0, 0, 0, 0x21, 0, 0, 0, 7, 0)
n = 600000
out = bytearray()
for i in range(n): out += local + b'%07d' % i
start = len(out)
for i in range(n): out += struct.pack('<4s6H3I5H2I', b'PK\1\2', 20, 20, 0, 0, 0, 0x21, 0, 0, 0, 7, 0, 0, 0, 0, 0, i * 37) + b'%07d' % i
size = len(out) - start
out += struct.pack('<4s4H2IH', b'PK\5\6', 0, 0, 65535, 65535, size, start, 0)
open(sys.argv[1], 'wb').write(out)
)");
  const Cost cost = cost_of_taking(bytes);
  EXPECT_THAT(cost.reason, HasSubstr("more than 2000 files"));
  if (kSanitized) GTEST_SKIP() << "skipped: refused, but the time is the sanitizers'";
  EXPECT_LT(cost.cpu_ms, 2000);
}

struct Bomb {
  const char* name;
  std::string bytes;
};

/// 42 kB and more that claim or unpack to 10 GB, in every way that our formats offer.
std::vector<Bomb> bombs() {
  const std::string tar_header = R"(
import gzip, io, sys, tarfile, zlib, zipfile
info = tarfile.TarInfo(NAME); info.size = 10 << 30
header = info.tobuf(tarfile.GNU_FORMAT)
zeros = gzip.compress(bytes(40 << 20))
)";
  const auto gz = [&](const std::string& name, const std::string& repeats) {
    return made_by_python("NAME = '" + name + "'" + tar_header +
                          "open(sys.argv[1], 'wb').write(gzip.compress(header) + zeros * " +
                          repeats + ")");
  };
  const auto zip = [&](const std::string& method) {
    return made_by_python("import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w', zipfile." +
                          method + ") as z: z.writestr('p1_carving/carve.cpp', bytes(40 << 20))");
  };
  return {{"a wanted file in a gzip of 42 kB", gz("p1_carving/carve.cpp", "1")},
          {"a skipped file in a gzip of 42 kB", gz("data.bin", "1")},
          {"a file in a build tree", gz("build/data.bin", "1")},
          {"a skipped file of 10 GB", gz("data.bin", "256")},
          {"a deflated wanted file", zip("ZIP_DEFLATED")},
          {"a wanted file in bzip2", zip("ZIP_BZIP2")},
          {"a wanted file in LZMA", zip("ZIP_LZMA")},
          {"a zip that claims little", made_by_python(R"(
import struct, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('p1_carving/carve.cpp', bytes(40 << 20))
data = open(sys.argv[1], 'rb').read().replace(struct.pack('<I', 40 << 20), struct.pack('<I', 100))
open(sys.argv[1], 'wb').write(data)
)")},
          {"a gzip in a gzip in a gzip",
           made_by_python("import gzip, sys\nd = bytes(40 << 20)\nfor i in range(3): d = "
                          "gzip.compress(d)\nopen(sys.argv[1], 'wb').write(d)")}};
}

TEST(HostileArchive, ThatIsABombStopsWithinASecondAndWithoutMuchMemory) {
  for (const Bomb& bomb : bombs()) {
    SCOPED_TRACE(bomb.name);
    const Cost cost = cost_of_taking(bomb.bytes);
    EXPECT_THAT(cost.reason,
                AnyOf(HasSubstr("unpacks to more than"), HasSubstr("is larger than 1 MiB"),
                      HasSubstr("damaged"), HasSubstr("no tar archive")));
    if (kSanitized) continue;
    EXPECT_LT(cost.cpu_ms, 1000);
    EXPECT_LT(cost.peak_kB, 32 * 1024);
  }
}

TEST(HostileArchive, IsRefusedWhenItsPartFilesAreTooLargeTogether) {
  std::vector<Item> items;
  items.reserve(20);
  for (int i = 0; i < 20; ++i) {
    items.push_back({"p1_carving/" + std::to_string(i) + "/carve.cpp", std::string(1 << 20, ' ')});
  }
  EXPECT_THAT(refusal_of(tar_of(items)), HasSubstr("larger than 16 MiB together"));
  EXPECT_THAT(refusal_of(zip_of(items)), HasSubstr("200 times its size"));
}

}  // namespace
}  // namespace pset3::intake::testing
