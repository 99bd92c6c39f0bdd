#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/build/toolkit.hpp"

// Ways in which real students' files differ, each with the outcome that it must get. Where nothing
// else is said it is the same as g++'s and clang++'s against the starter alone.

namespace pset3::build {
namespace {

using pset3::testing::carve_with;
using pset3::testing::ReachableFolder;
using pset3::testing::solution;
using pset3::testing::toolkit;
using ::testing::HasSubstr;

enum class Outcome { kClean, kWarns, kRefused };

struct Sample {
  const char* name;
  Outcome outcome;
  std::string source;
  const char* words = "";  ///< in a warning or an error
  OwnHeaders beside = {};
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) { return out << sample.name; }

/// A carve.cpp that is fine but for what stands before its function.
std::string with(const std::string& before) { return carve_with("return voxels;", before); }
/// The same with a statement in the function.
std::string doing(const std::string& statement, const std::string& before = "") {
  return carve_with(statement + "\nreturn voxels;", before);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string utf16(const std::string& text) {
  std::string wide = "\xFF\xFE";
  for (const char c : text) wide += {c, '\0'};
  return wide;
}

constexpr const char* kContract = "#include \"starter/p1_space_carving/space_carving.hpp\"\n";

const std::vector<Sample> kNames = {
    {"StdAndAGlobalMap", Outcome::kClean,
     with("using namespace std;\nstatic cv::Mat map;\nvoid use() { map = cv::Mat(); }\n")},
    {"StdAndOtherNames", Outcome::kClean,
     with("using namespace std;\nint set = 1, thread = 2, optional = 3, random_device = 4;\n"
          "int use() { return set + thread + optional + random_device; }\n")},
    {"StdAndItsOwnName", Outcome::kRefused,
     with("#include <algorithm>\nusing namespace std;\nint count = 0;\nint use() { return ++count; "
          "}\n"),
     "reference to 'count' is ambiguous"},
    {"AFunctionInside", Outcome::kClean,
     doing("if (inside(1, 2)) return voxels;",
           "static bool inside(double u, double v) { return u < v; }\n")},
    {"NamesOfTheGrader", Outcome::kClean,
     doing("return inside + instances + run + arrays + adapter + judge + build + box + entries > 0 "
           "? voxels : voxels;",
           "static int inside, instances, run, arrays, adapter, judge, build, box, entries;\n")},
    {"TypesOfTheGrader", Outcome::kClean,
     with("struct Report {}; struct Entry {}; struct Call {}; struct Array {}; enum Said { kOne "
          "};\n")},
    {"StdAndCv", Outcome::kClean,
     doing("Mat m; vector<Point> p; (void)m; (void)p;",
           "using namespace cv;\nusing namespace std;\n")},
    {"Eigen", Outcome::kClean,
     doing("MatrixXd m = MatrixXd::Zero(2, 2); (void)m;", "using namespace Eigen;\n")},
    {"LettersOfOtherLanguages", Outcome::kClean,
     doing("const double gr\xC3\xB6\xC3\x9F"
           "e = 1; (void)gr\xC3\xB6\xC3\x9F"
           "e;")},
};

const std::vector<Sample> kIncludes = {
    {"TheSolution", Outcome::kClean, solution("carve.cpp")},
    {"TheHeaderWithoutItsFolder", Outcome::kClean,
     replaced(with(""), "starter/p1_space_carving/", "")},
    {"TheHeaderFromAbove", Outcome::kClean, replaced(with(""), "starter/", "../")},
    {"NoHeaderAtAll", Outcome::kRefused, replaced(with(""), kContract, ""), "'Camera'"},
    {"AllOfOpenCv", Outcome::kClean,
     doing("cv::Mat out; cv::blur(camera.silhouette, out, {3, 3});",
           "#include <opencv2/opencv.hpp>\n")},
    {"OpenCvsModules", Outcome::kClean,
     with("#include <opencv2/imgcodecs.hpp>\n#include <opencv2/imgproc.hpp>\n")},
    {"OpenCvsOldNames", Outcome::kClean,
     with("#include <opencv2/core/core.hpp>\n#include <opencv2/imgproc/imgproc.hpp>\n")},
    {"OpenCvsCalibration", Outcome::kRefused, with("#include <opencv2/calib3d.hpp>\n"),
     "of OpenCV there are opencv2/core.hpp, opencv2/imgproc.hpp and opencv2/imgcodecs.hpp"},
    {"OpenCvsWindows", Outcome::kRefused, with("#include <opencv2/highgui/highgui.hpp>\n"),
     "of OpenCV there are"},
    {"AllOfEigen", Outcome::kClean,
     doing("Eigen::Matrix3d m = camera.P.leftCols<3>().inverse(); (void)m;",
           "#include <Eigen/Dense>\n")},
    // These two are more than g++ takes; they add names to the libraries' own namespaces alone.
    {"EigensInverseWithoutItsHeader", Outcome::kClean,
     doing("Eigen::Matrix3d m = camera.P.leftCols<3>().inverse(); (void)m;")},
    {"OpenCvsModulesWithoutTheirHeaders", Outcome::kClean,
     doing("if (voxels.rows() < 0) cv::blur(cv::imread(\"\"), camera.silhouette, {3, 3});")},
    {"EverythingStandard", Outcome::kClean,
     doing("map<int, int> m; (void)m;", "#include <bits/stdc++.h>\nusing namespace std;\n")},
    {"HeadersOfC", Outcome::kClean,
     doing("printf(\"%f\", sqrt(2.0) + fabs(-1.0)); void* p = malloc(strlen(\"a\")); free(p);",
           "#include <math.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n")},
    {"Pi", Outcome::kClean,
     doing("const double a = 2 * M_PI; (void)a;", "#define _USE_MATH_DEFINES\n#include <cmath>\n")},
    {"SortWithoutItsHeader", Outcome::kClean,
     doing("std::vector<int> v; std::sort(v.begin(), v.end());")},
    {"MapWithoutItsHeader", Outcome::kRefused, doing("std::set<int> s; (void)s;"), "'set'"},
    {"ThreadsAndMore", Outcome::kClean,
     doing("std::thread t([] {}); t.join(); std::optional<int> o; std::map<int, int> m; (void)m; "
           "(void)o;",
           "#include <map>\n#include <optional>\n#include <thread>\n")},
    {"TheLibraryOfAnotherPart", Outcome::kRefused, with("#include <torch/torch.h>\n"),
     "'torch/torch.h' file not found"},
    {"AHeaderOfItsOwn",
     Outcome::kClean,
     doing("(void)twice(2);", "#include \"helpers.hpp\"\n"),
     "",
     {{"helpers.hpp", "#pragma once\ninline int twice(int n) { return 2 * n; }\n"}}},
    {"AHeaderThatStayedAtHome", Outcome::kRefused, with("#include \"helpers.hpp\"\n"),
     "in the same folder as the part's files"},
    {"AHeaderWithAMistake",
     Outcome::kRefused,
     with("#include \"helpers.hpp\"\n"),
     "helpers.hpp: unknown type name 'inn'",
     {{"helpers.hpp", "inn x;\n"}}},
    {"AHeaderWithoutAGuard",
     Outcome::kRefused,
     with("#include \"helpers.hpp\"\n#include \"helpers.hpp\"\n"),
     "redefinition of 'Helper'",
     {{"helpers.hpp", "struct Helper {};\n"}}},
    {"AnotherSource", Outcome::kRefused, with("#include \"form_initial_voxels.cpp\"\n"),
     "file not found"},
};

const std::vector<Sample> kBytes = {
    {"AByteOrderMark", Outcome::kClean, "\xEF\xBB\xBF" + with("")},
    {"LineEndsOfWindows", Outcome::kClean, replaced(with("\n// a\n"), "\n", "\r\n")},
    {"ALatin1Comment", Outcome::kClean,
     with("// gr\xF6\xDF"
          "er\n")},
    {"NoNewlineAtTheEnd", Outcome::kClean, with("") + "// the end"},
    {"TabsAndAFormFeed", Outcome::kClean, with("\t\f\n")},
    {"Utf16", Outcome::kRefused, utf16(with("")), ""},
    {"TypographicQuotes", Outcome::kRefused, doing("const char* s = \xE2\x80\x9Ctext\xE2\x80\x9D;"),
     "unexpected character"},
    {"AMergeConflict", Outcome::kRefused, with("<<<<<<< HEAD\nint a;\n=======\n>>>>>>> other\n"),
     "version control conflict marker"},
};

const std::vector<Sample> kFunctions = {
    {"AMain", Outcome::kRefused, with("int main() { return 0; }\n"), "defines main(); remove it"},
    {"AMainForTests", Outcome::kClean, with("#ifdef TEST\nint main() { return 0; }\n#endif\n")},
    {"HelpersOfAllKinds", Outcome::kClean,
     doing("(void)(one() + two() + three());",
           "namespace { int one() { return 1; } }\nstatic int two() { return 2; }\n"
           "namespace pset3::carving { int three() { return 3; } }\n")},
    {"AQualifiedDefinition", Outcome::kClean,
     std::string(kContract) +
         "pset3::carving::Voxels pset3::carving::carve(const Voxels& v, const pset3::Camera&) "
         "{ return v; }\n"},
    {"TheWrongNamespace", Outcome::kRefused,
     std::string(kContract) + "using namespace pset3::carving;\n"
                              "Voxels carve(const Voxels& v, const pset3::Camera&) { return v; }\n",
     "nothing defines pset3::carving::carve("},
    {"OtherArguments", Outcome::kRefused,
     replaced(with(""), "const Camera& camera", "Camera camera"),
     "nothing defines pset3::carving::carve("},
    {"AnInlineFunction", Outcome::kRefused,
     replaced(with(""), "Voxels carve(", "inline Voxels carve("),
     "nothing defines pset3::carving::carve("},
    {"AStaticFunction", Outcome::kRefused,
     replaced(with(""), "Voxels carve(", "static Voxels carve("), "static"},
    {"AnotherNameOfTheFunction", Outcome::kRefused,
     replaced(with(""), "carve(const", "crave(const"), "nothing defines pset3::carving::carve("},
    {"TwoOfTheFunction", Outcome::kRefused, with("") + replaced(with(""), kContract, ""),
     "redefinition of 'carve'"},
    {"AGivenFunctionWrittenAgain", Outcome::kRefused,
     with("namespace pset3::carving { cv::Mat estimate_silhouette(const cv::Mat& m) { return m; } "
          "}\n"),
     "estimate_silhouette(cv::Mat const&), which is given"},
    {"AFunctionOfTheOtherFile", Outcome::kRefused,
     with("namespace pset3::carving { VoxelGrid form_initial_voxels(const Limits&, const Limits&, "
          "const Limits&, int) { return {}; } }\n"),
     "is defined in carve.cpp and in form_initial_voxels.cpp"},
    {"NoReturn", Outcome::kWarns, with("int f() { }\n"), "non-void function"},
};

const std::vector<Sample> kLanguage = {
    {"PragmaOnce", Outcome::kWarns, "#pragma once\n" + with(""), "pragma once"},
    {"PragmasOfOthers", Outcome::kWarns,
     with("#pragma GCC optimize(\"O3\")\n#pragma warning(disable : 4996)\n"), "unknown pragma"},
    {"OpenMp", Outcome::kClean, doing("#pragma omp parallel for\nfor (int i = 0; i < 3; ++i) {}")},
    {"MacrosOfItsOwn", Outcome::kClean,
     doing("const int b = SQUARE(N); (void)b;",
           "#define N 3\n#define SQUARE(x) ((x) * (x))\n#define DEBUG 0\n")},
    {"NothingOfTheDebugBuild", Outcome::kClean,
     with("#ifdef _DEBUG\n#error a debug build\n#endif\n")},
    {"CAsserts", Outcome::kClean, doing("assert(voxels.cols() == 3);", "#include <cassert>\n")},
    {"StateBetweenCalls", Outcome::kClean,
     doing("static int calls = 0; ++calls; seen.push_back(calls);",
           "static std::vector<int> seen = {1, 2};\n")},
    {"AnArrayOfASizeKnownLate", Outcome::kClean,
     doing("double row[voxels.rows() + 1]; row[0] = 1; (void)row;")},
    {"Narrowing", Outcome::kWarns, doing("double x = 1.5; int pixel[] = {x, 2}; (void)pixel;"),
     "narrow"},
    {"Register", Outcome::kWarns, doing("register int i = 0; (void)i;"), "register"},
    {"SignsCompared", Outcome::kWarns,
     doing("std::vector<int> v; for (int i = 0; i < v.size(); ++i) {}"), "signs"},
    {"Modern", Outcome::kClean,
     doing("if (const auto [a, b] = std::pair(1'000, 2); a > b) {}\n"
           "if constexpr (sizeof(int) == 4) {}\nconst char* s = R\"(raw)\"; (void)s;")},
    {"TooModern", Outcome::kRefused, doing("std::span<int> s; (void)s;", "#include <span>\n"),
     "'span'"},
    {"ExtensionsOfGnu", Outcome::kClean,
     doing("__int128 big = 1; int a = ({ 1 + 1; }); (void)big; (void)a;")},
    {"SomethingUnused", Outcome::kWarns, doing("int left_over;"), "unused"},
    {"AMissingSemicolon", Outcome::kRefused, doing("int a = 1"), "expected ';'"},
    {"AnErrorOnPurpose", Outcome::kRefused, with("#error not finished\n"), "not finished"},
};

class Corpus : public ::testing::TestWithParam<Sample> {
 protected:
  /// Builds a whole p1 around a carve.cpp.
  std::vector<Diagnostic> build(const Sample& sample) {
    const std::filesystem::path object = folder_.path() / "carve.o";
    BuildResult result =
        compile(toolkit(), "carve.cpp", sample.source, object, Lines::kUnknown, sample.beside);
    if (!result.ok) return result.diagnostics;
    const BuildResult linked = link(toolkit(),
                                    {{other("form_initial_voxels.cpp"), "form_initial_voxels.cpp"},
                                     {object, "carve.cpp"},
                                     {other("get_voxel_bounds.cpp"), "get_voxel_bounds.cpp"}},
                                    folder_.path() / "program");
    EXPECT_NE(linked.ok, sample.outcome == Outcome::kRefused);
    result.diagnostics.insert(result.diagnostics.end(), linked.diagnostics.begin(),
                              linked.diagnostics.end());
    return result.diagnostics;
  }

  /// The solution's object, made once.
  static std::filesystem::path other(const std::string& name) {
    static const ReachableFolder kShared;
    std::filesystem::path object = kShared.path() / (name + ".o");
    if (!std::filesystem::exists(object)) compile(toolkit(), name, solution(name), object);
    return object;
  }

  ReachableFolder folder_;
};

TEST_P(Corpus, GetsTheOutcomeThatItShould) {
  const std::vector<Diagnostic> found = build(GetParam());
  std::string text;
  bool refused = false;
  for (const Diagnostic& item : found) {
    text += item.file + ": " + item.message + "\n";
    refused |= item.severity == "error";
  }
  EXPECT_EQ(refused, GetParam().outcome == Outcome::kRefused) << text;
  EXPECT_EQ(found.empty(), GetParam().outcome == Outcome::kClean) << text;
  EXPECT_THAT(text, HasSubstr(GetParam().words));
}

std::string name_of(const ::testing::TestParamInfo<Sample>& sample) { return sample.param.name; }

INSTANTIATE_TEST_SUITE_P(Names, Corpus, ::testing::ValuesIn(kNames), name_of);
INSTANTIATE_TEST_SUITE_P(Includes, Corpus, ::testing::ValuesIn(kIncludes), name_of);
INSTANTIATE_TEST_SUITE_P(Bytes, Corpus, ::testing::ValuesIn(kBytes), name_of);
INSTANTIATE_TEST_SUITE_P(Functions, Corpus, ::testing::ValuesIn(kFunctions), name_of);
INSTANTIATE_TEST_SUITE_P(Language, Corpus, ::testing::ValuesIn(kLanguage), name_of);

}  // namespace
}  // namespace pset3::build
