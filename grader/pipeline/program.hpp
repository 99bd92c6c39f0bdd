#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/build/build.hpp"
#include "grader/pipeline/course.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::pipeline {

/// What the programs of one part are built from, and the store that keeps them.
struct PartContext {
  const Course& course;
  const judge::Rubric& rubric;
  const build::Toolkit& toolkit;
  const Store& store;
  /// For programs of our own files alone: one box for public and hidden cases saves the start of
  /// another driver. Nothing that was handed in may share one.
  bool one_box = false;
  bool may_run = true;  ///< otherwise what the store does not have is NotStored
};

/// Whose files a program is built from: ours may be built and run where a submission's may not.
enum class Whose { kSubmission, kOurs };

/// A submission's files of one part, built.
struct BuiltProgram {
  std::filesystem::path executable;  ///< empty when it does not link
  std::string key;                   ///< of the executable in the store
  std::vector<std::string> missing;  ///< files that were not handed in
  /// Files that do not compile, or do not link with the others; all of them when nothing links.
  std::vector<std::string> broken;
  std::vector<Diagnostic> diagnostics;
  std::map<std::string, std::string> forbidden;  ///< file -> what it uses that the part bans
  std::vector<std::string> flags;  ///< for a TA: "carve.cpp:12 uses fork", in no student's view
  std::map<std::string, std::string> files;  ///< name -> bytes, as handed in

  /// A file that is missing or broken was replaced by the starter's stub, so that the others can be
  /// judged.
  bool has(const std::string& file) const;
};

/// Compiles each file, puts the starter's stub where one is missing or does not compile, and links.
/// Where the starter has no stub that compiles, the program lacks that file's functions. Every step
/// is looked up in the store first.
/// @throws NotStored where the part may not run.
/// @param files  name -> bytes, as handed in.
BuiltProgram build_program(const PartContext& part,
                           const std::map<std::string, std::string>& files);

/// Builds a program once more, from objects that know their lines. It has the same instructions at
/// the same addresses.
/// @returns the executable in the store; empty when it does not link.
std::filesystem::path build_with_lines(const PartContext& part, const BuiltProgram& program);

}  // namespace pset3::pipeline
