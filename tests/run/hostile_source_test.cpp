// Sources that attack while they are compiled, and programs that look around in their process.

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/run/programs.hpp"

namespace pset3::run {
namespace {

using pset3::testing::carve_case;
using pset3::testing::carve_with;
using pset3::testing::CarveProgram;
using pset3::testing::ReachableFolder;
using pset3::testing::survivors;
using pset3::testing::toolkit;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class HostileSource : public ::testing::Test {
 protected:
  build::BuildResult compile(const std::string& source) {
    return build::compile(toolkit(), "carve.cpp", source, object_);
  }
  static std::string words(const build::BuildResult& result) {
    std::string text;
    for (const Diagnostic& item : result.diagnostics) text += item.message + "\n";
    return text;
  }
  /// The answer of a carve() that returns `number`, computed by statements of C++.
  static double answer(const std::string& statements, const std::string& before) {
    const CarveProgram program(
        carve_with(statements + "\nVoxels out(1, 3);\nout << number, 0, 0;\nreturn out;", before));
    const CaseOutcome outcome = program.run({carve_case()}).at(0);
    EXPECT_EQ(outcome.ended, Ended::kReturned) << outcome.message;
    return outcome.ended == Ended::kReturned ? survivors(outcome).at(0) : -1.0;
  }

  ReachableFolder folder_;
  std::filesystem::path object_ = folder_.path() / "object.o";
};

TEST_F(HostileSource, LearnsNothingByAskingForFiles) {
  const std::string there = std::string(PSET3_SOURCE_DIR) + "/LICENSE";
  for (const std::string& path : {std::string("/etc/passwd"), there}) {
    EXPECT_TRUE(compile("#if __has_include(\"" + path + "\")\n#error it is there\n#endif\n").ok)
        << path;
    EXPECT_FALSE(compile("#pragma GCC dependency \"" + path + "\"\n").ok) << path;
  }
}

TEST_F(HostileSource, EndsWhenItIncludesADevice) {
  for (const char* device : {"/dev/zero", "/dev/urandom", "/dev/stdin"}) {
    const build::BuildResult result = compile("#include <" + std::string(device) + ">\n#error\n");
    EXPECT_FALSE(result.ok) << device;
    EXPECT_FALSE(result.diagnostics.empty()) << device;
  }
}

TEST_F(HostileSource, EndsWhenItsMacrosExplode) {
  std::string source = "#define M0 1+1+1+1+1+1+1+1+\n";
  for (int i = 1; i <= 9; ++i) {
    const std::string before = "M" + std::to_string(i - 1) + " ";
    source += "#define M" + std::to_string(i) + " ";
    for (int j = 0; j < 8; ++j) source += before;
    source += "\n";
  }
  const build::BuildResult result = compile(source + "int x = M9 1;\n");
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.diagnostics.empty());
}

TEST_F(HostileSource, PrintsFewOfManyErrors) {
  std::string source;
  for (int i = 0; i < 20'000; ++i)
    source += "int f" + std::to_string(i) + "() { return \x1b[31m; }\n";
  const build::BuildResult result = compile(source);
  EXPECT_FALSE(result.ok);
  EXPECT_LT(words(result).size(), 100'000u);
}

TEST_F(HostileSource, LoadsNoPluginIntoTheCompiler) {
  const build::BuildResult result =
      compile("#pragma GCC optimize(\"-fplugin=/tmp/evil.so\")\nint x;\n");
  EXPECT_TRUE(result.ok) << "an unknown pragma is no error: " << words(result);
  EXPECT_THAT(words(result), Not(HasSubstr("evil.so: cannot open")));
}

TEST_F(HostileSource, CrashesAloneByAnUnknownInstruction) {
  const CarveProgram program(carve_with("__asm__ volatile(\"ud2\");\nreturn voxels;"));
  const auto outcomes = program.run({carve_case(), carve_case()});
  ASSERT_EQ(outcomes.size(), 2u);
  for (const CaseOutcome& outcome : outcomes) EXPECT_EQ(outcome.ended, Ended::kSignalled);
}

TEST_F(HostileSource, IsTheSameWhereverItIsBuilt) {
  const std::string source = "const char* place() { return __FILE__ __BASE_FILE__; }\n";
  const ReachableFolder elsewhere;
  ASSERT_TRUE(compile(source).ok);
  ASSERT_TRUE(build::compile(toolkit(), "carve.cpp", source, elsewhere.path() / "object.o").ok);
  const std::string bytes = read_file(object_);
  EXPECT_EQ(read_file(elsewhere.path() / "object.o"), bytes);
  EXPECT_THAT(bytes, Not(HasSubstr(folder_.path().string())));
}

TEST_F(HostileSource, FindsNoReferenceInItsProcess) {
  EXPECT_EQ(answer("int number = 1;\n"
                   "void* own = reinterpret_cast<void*>(&pset3::carving::carve);\n"
                   "Dl_info info{};\n"
                   "dladdr(own, &info);\n"
                   "const char* name = info.dli_sname == nullptr ? \"carve\" : info.dli_sname;\n"
                   "void* other = dlsym(RTLD_DEFAULT, name);\n"
                   "if (other != nullptr && other != own) number = 2;\n"
                   "std::ifstream maps(\"/proc/self/maps\");\n"
                   "for (std::string line; std::getline(maps, line);)\n"
                   "  for (const char* word : {\"solution\", \"judge\"})\n"
                   "    if (line.find(word) != std::string::npos) number = 3;\n",
                   "#include <dlfcn.h>\n#include <fstream>\n"),
            1.0);
}

TEST_F(HostileSource, LoadsNoLibraryOfItsOwn) {
  EXPECT_EQ(
      answer(
          "int number = 1;\n"
          "for (const char* name : {\"LD_PRELOAD\", \"LD_LIBRARY_PATH\", \"LD_AUDIT\"})\n"
          "  if (getenv(name) != nullptr) number = 2;\n"
          "for (const char* folder : {\"/tmp\", \"/dev/shm\", \"/var/tmp\", \".\"}) {\n"
          "  const std::string copy = std::string(folder) + \"/own.so\";\n"
          "  std::ofstream(copy, std::ios::binary)\n"
          "      << std::ifstream(\"/lib/x86_64-linux-gnu/libm.so.6\", std::ios::binary).rdbuf();\n"
          "  if (dlopen(copy.c_str(), RTLD_NOW) != nullptr) number = 3;\n}\n",
          "#include <dlfcn.h>\n#include <cstdlib>\n#include <fstream>\n"),
      1.0);
}

/// A case has inputs and nothing to compare with: neither mapped, nor open, nor in a variable.
TEST_F(HostileSource, FindsNoExpectedValueInItsMemory) {
  ::setenv("PSET3_SECRET_OF_THE_TEST", "expected", 1);
  const double found = answer(
      "int number = 1;\n"
      "for (int i = 3; i < 1024; ++i) {\n"
      "  struct stat status;\n"
      "  if (fstat(i, &status) == 0 && S_ISREG(status.st_mode)) number = 100 + i;\n"
      "}\n"
      "std::ifstream maps(\"/proc/self/maps\");\n"
      "for (std::string line; std::getline(maps, line);)\n"
      "  for (const char* word : {\"expected\", \"fixtures\", \"rubric\"})\n"
      "    if (line.find(word) != std::string::npos) number = 2;\n"
      "for (char** word = environ; *word != nullptr; ++word)\n"
      "  if (std::string(*word).find(\"SECRET\") != std::string::npos) number = 3;\n",
      "#include <sys/stat.h>\n#include <unistd.h>\n#include <fstream>\n");
  ::unsetenv("PSET3_SECRET_OF_THE_TEST");
  EXPECT_EQ(found, 1.0);
}

}  // namespace
}  // namespace pset3::run
