#include "grader/build/library_set.hpp"

#include "grader/base/error.hpp"

namespace pset3::build {
namespace {

const std::vector<std::string> kStandardHeaders = {
    "algorithm", "array",  "cmath",   "cstdint",  "functional",    "iostream",      "limits",
    "map",       "memory", "numeric", "optional", "random",        "set",           "stdexcept",
    "string",    "thread", "tuple",   "utility",  "unordered_map", "unordered_set", "vector"};

std::vector<std::string> with_standard_headers(std::vector<std::string> headers) {
  headers.insert(headers.begin(), kStandardHeaders.begin(), kStandardHeaders.end());
  return headers;
}

std::vector<std::string> joined(std::vector<std::string> flags,
                                const std::vector<std::string>& more) {
  flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

std::vector<LibrarySet> all_sets() {
  const std::filesystem::path eigen = PSET3_EIGEN_INCLUDE "/Eigen/src/Core/util/Macros.h";
  const std::filesystem::path opencv = PSET3_OPENCV_INCLUDE "/opencv2/core/version.hpp";
  const std::filesystem::path torch = PSET3_TORCH_INCLUDE "/torch/version.h";
  const std::vector<std::string> torch_libraries = {"-ltorch", "-ltorch_cpu", "-lc10", "-lz"};
  // A library that a program takes nothing of is left out by --as-needed.
  const std::vector<std::string> drawing_and_data = {
      "-lopencv_imgcodecs", "-lopencv_imgproc", "-lopencv_core", "-lmatio",
      PSET3_EMBREE_LIBRARY, "-lfreetype",       "-lfmt",         "-lz",
      "-larchive"};
  return {
      {"torch",
       with_standard_headers({"torch/torch.h"}),
       "",
       {"-isystem", PSET3_TORCH_INCLUDE},
       torch_libraries,
       {"libtorch.so", "libtorch_cpu.so", "libc10.so"},
       joined(torch_libraries, drawing_and_data),
       {torch}},
      {"eigen",
       with_standard_headers({"Eigen/Dense", "unsupported/Eigen/CXX11/Tensor"}),
       "eigen_instances.hpp",
       {"-isystem", PSET3_EIGEN_INCLUDE},
       {},
       {},
       drawing_and_data,
       {eigen}},
      {"opencv",
       with_standard_headers(
           {"Eigen/Dense", "opencv2/core.hpp", "opencv2/imgproc.hpp", "opencv2/imgcodecs.hpp"}),
       "",
       // _DEBUG turns cv::Mat::at's range check on: an exception with a place instead of foreign
       // memory.
       {"-isystem", PSET3_EIGEN_INCLUDE, "-isystem", PSET3_OPENCV_INCLUDE, "-D_DEBUG"},
       drawing_and_data,
       {"libopencv_imgcodecs.so", "libopencv_imgproc.so", "libopencv_core.so"},
       drawing_and_data,
       {eigen, opencv}},
  };
}

}  // namespace

const LibrarySet& library_set(const std::string& name) {
  static const std::vector<LibrarySet> kSets = all_sets();
  std::string names;
  for (const LibrarySet& set : kSets) {
    if (set.name == name) return set;
    names += (names.empty() ? "" : ", ") + set.name;
  }
  throw InputError("no library set \"" + name + "\"; there are: " + names);
}

const std::vector<std::string>& common_compile_flags() {
  static const std::vector<std::string> kFlags = {
      "-std=c++17", "-O2", "-fno-omit-frame-pointer", "-D_GLIBCXX_ASSERTIONS", "-Wall", "-Wextra",
      // a function that is not written yet uses none
      "-Wno-unused-parameter", "-fPIC", "-fno-color-diagnostics", "-fno-caret-diagnostics",
      "-fmessage-length=0", "-ferror-limit=20", "-fconstexpr-steps=2000000", "-ftemplate-depth=512",
      "-pthread"};
  return kFlags;
}

const std::string& compiler() {
  static const std::string kCompiler = PSET3_CLANG;
  return kCompiler;
}

}  // namespace pset3::build
