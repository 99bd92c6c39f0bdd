#include "grader/build/library_set.hpp"

#include "grader/base/error.hpp"

namespace pset3::build {
namespace {

/// OpenCV's header for everything asks for modules that no part needs and that are not installed.
const char* const kAllOfOpenCv =
    "#pragma once\n#include <opencv2/core.hpp>\n#include <opencv2/imgproc.hpp>\n"
    "#include <opencv2/imgcodecs.hpp>\n";

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
  LibrarySet with_torch;
  with_torch.name = "torch";
  // What the contracts include takes a third of a file's compilation, if it is not here.
  with_torch.headers = {"filesystem", "random"};
  with_torch.instances = "torch_instances.hpp";  // includes LibTorch
  with_torch.compile_flags = {"-isystem", PSET3_TORCH_INCLUDE};
  with_torch.link_flags = torch_libraries;
  with_torch.loaded_libraries = {"libtorch.so", "libtorch_cpu.so", "libc10.so"};
  with_torch.overlinked = "libtorch_cpu.so";
  with_torch.exercise_link_flags = joined(torch_libraries, drawing_and_data);
  with_torch.sentinels = {torch};

  LibrarySet with_eigen;
  with_eigen.name = "eigen";
  with_eigen.headers = {"Eigen/Dense", "unsupported/Eigen/CXX11/Tensor"};
  with_eigen.instances = "eigen_instances.hpp";
  with_eigen.instances_apart = true;
  with_eigen.compile_flags = {"-isystem", PSET3_EIGEN_INCLUDE};
  with_eigen.exercise_link_flags = drawing_and_data;
  with_eigen.sentinels = {eigen};

  LibrarySet with_opencv;
  with_opencv.name = "opencv";
  // _DEBUG turns cv::Mat::at's range check on: an exception with a place instead of foreign memory.
  with_opencv.defined = {"_DEBUG"};
  with_opencv.headers = {"Eigen/Dense", "opencv2/core.hpp", "opencv2/imgproc.hpp",
                         "opencv2/imgcodecs.hpp"};
  with_opencv.instances = "opencv_instances.hpp";
  with_opencv.instances_apart = true;
  with_opencv.stand_ins = {{"opencv2/opencv.hpp", kAllOfOpenCv}};
  with_opencv.compile_flags = {"-isystem", PSET3_EIGEN_INCLUDE, "-isystem", PSET3_OPENCV_INCLUDE};
  with_opencv.link_flags = drawing_and_data;
  // Not imgcodecs, which brings 120 more: hardly a submission reads or writes pictures.
  with_opencv.loaded_libraries = {"libopencv_imgproc.so", "libopencv_core.so"};
  with_opencv.exercise_link_flags = drawing_and_data;
  with_opencv.sentinels = {eigen, opencv};
  return {with_torch, with_eigen, with_opencv};
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
      // an array that does not fit the stack touches its end at once, and other memory never
      "-fstack-clash-protection",
      // a function that is not written yet uses none
      "-Wno-unused-parameter",
      // what g++ takes with a warning
      "-Wno-error=c++11-narrowing", "-Wno-error=register", "-fPIC", "-fno-color-diagnostics",
      "-fno-caret-diagnostics", "-fmessage-length=0", "-ferror-limit=20",
      "-fconstexpr-steps=2000000", "-ftemplate-depth=512", "-pthread"};
  return kFlags;
}

const std::string& compiler() {
  static const std::string kCompiler = PSET3_CLANG;
  return kCompiler;
}

}  // namespace pset3::build
