#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "grader/base/diagnostic.hpp"
#include "grader/build/symbols.hpp"
#include "grader/build/toolkit.hpp"

namespace pset3::build {

/// What became of one compilation or link.
struct BuildResult {
  bool ok = false;
  std::vector<Diagnostic> diagnostics;
};

/// Whether an object knows which line each instruction comes from. The instructions are the same,
/// and twice as fast to get without: lines are asked for when something has crashed.
enum class Lines { kUnknown, kKnown };

/// Header files of the submission's own, which lie beside the compiled file: name -> bytes.
using OwnHeaders = std::map<std::string, std::string>;

/// Compiles one submitted file in a box of its own.
///
/// @param name    the file's name, e.g. "carve.cpp"; also its name in diagnostics.
/// @param source  its bytes.
/// @param object  where the object file goes, when the result is ok; beside it go the names that it
///                defines and uses, see symbols_of().
/// @throws GraderError when the box fails; what the file does wrong is in the result.
BuildResult compile(const Toolkit& toolkit, const std::string& name, const std::string& source,
                    const std::filesystem::path& object, Lines lines = Lines::kKnown,
                    const OwnHeaders& beside = {});

/// What an object that compile() made defines and uses.
Symbols symbols_of(const std::filesystem::path& object);

/// An object of compile()'s, and the submitted file that it comes from.
struct Object {
  Object(std::filesystem::path made, std::string submitted = "")  // NOLINT: a path is an object
      : file(std::move(made)), name(std::move(submitted)) {
    if (name.empty()) name = file.stem().string();
  }
  std::filesystem::path file;
  std::string name;
};

/// What becomes of a function that no object has: an error, or a call to address 0 when it is made.
enum class Undefined { kRefused, kAllowed };

/// Links objects with what the toolkit is for, the part's adapter or its exercise, in a box of its
/// own. An object that defines a function of ours is refused.
/// @throws GraderError as above.
BuildResult link(const Toolkit& toolkit, const std::vector<Object>& objects,
                 const std::filesystem::path& executable,
                 Undefined undefined = Undefined::kRefused);

/// Reads clang's and mold's messages. Paths below /src/ become the student's own names; others are
/// dropped from view: an error in a library's header is placed where the student's file asked for
/// it, once. Exposed for tests.
std::vector<Diagnostic> parse_diagnostics(const std::string& text);

/// A place in a program: "carve.cpp:42 in carve".
/// @param executable  made of objects that know their lines.
/// @param addresses   of a stack, innermost first, in the program's file.
/// @returns the first place in a submitted file; "" when there is none.
std::string student_frame(const std::filesystem::path& executable,
                          const std::vector<std::uint64_t>& addresses);

}  // namespace pset3::build
