#include "grader/build/build.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <regex>
#include <sstream>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/box/box.hpp"

namespace pset3::build {
namespace {

namespace fs = std::filesystem;

/// A folder that a box can reach, with /src or /obj to read and /out to write.
struct Room {
  Room() : folder(rooms(), 0755) {
    for (const fs::path& inner : {in(), out()}) {
      fs::create_directory(inner);
      fs::permissions(inner, static_cast<fs::perms>(0755));  // whatever the umask says
    }
  }
  static fs::path rooms() {
    const fs::path path = box::cache_folder() / "rooms";
    fs::create_directories(path);
    fs::permissions(path, static_cast<fs::perms>(0755));
    return path;
  }
  fs::path in() const { return folder.path() / "in"; }
  fs::path out() const { return folder.path() / "out"; }

  TemporaryFolder folder;
};

/// Copies what a box made out of its room. The box could have put anything there: a link, a pipe, a
/// device.
void take_output(const fs::path& made, const fs::path& target) {
  const int descriptor = ::open(made.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status {};
  const bool regular =
      descriptor >= 0 && ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  if (descriptor >= 0) ::close(descriptor);
  if (!regular) throw GraderError("the compiler said that all is well but left no file");
  write_file(target, read_file(made));  // copy_file() calls a full disk an input/output error
  fs::permissions(target, static_cast<fs::perms>(0755));
}

box::Limits build_limits() {
  box::Limits limits;
  limits.wall = std::chrono::minutes(5);  // on a busy machine; what counts is the processor's time
  limits.cpu = std::chrono::seconds(60);
  limits.memory_bytes = 3ull << 30;
  limits.file_bytes = 256ull << 20;
  limits.tmp_bytes = 64ull << 20;
  return limits;
}

const char* const kCompilerCrashed =
    "the compiler crashed on this file, which is a fault of its own: write the last thing that you "
    "changed in another way";

Diagnostic whole(const std::string& message) { return {"", 0, 0, "error", message}; }

/// A compiler that finds no room to write to fails like one that is given nonsense.
void blame_full_disk(const Room& room) {
  constexpr std::uintmax_t kEnough = 16u << 20;
  std::error_code error;
  const fs::space_info space = fs::space(room.out(), error);
  if (error || space.available >= kEnough) return;
  throw GraderError(
      fmt::format("no space left for the compiler in {} ({} KiB free); free some and run the same "
                  "command again, "
                  "what is finished will not be done twice",
                  Room::rooms().string(), space.available >> 10));
}

/// The signal that ended the compiler; 0 when none did. The shell around it gives 128 more.
int signal_of(const box::BoxExit& end) {
  if (end.ending == box::Ending::kSignalled) return end.code;
  return end.ending == box::Ending::kExited && end.code > 128 ? end.code - 128 : 0;
}

std::string words_for_signal(int signal_number) {
  switch (signal_number) {
    case SIGXFSZ:
      return "compiling it makes a file of more than 256 MiB: is there a huge array with initial "
             "values?";
    case SIGXCPU:
      return "compiling took longer than a minute";
    case SIGKILL:
      return "compiling took more memory than there is";
    default:
      return kCompilerCrashed;
  }
}

/// A compiler that says nothing that can be read.
std::string words_for_silence(const box::BoxExit& end) {
  if (end.err.find("File too large") != std::string::npos) return words_for_signal(SIGXFSZ);
  if (end.err.find("out of memory") != std::string::npos) return words_for_signal(SIGKILL);
  if (const int signal_number = signal_of(end)) return words_for_signal(signal_number);
  return end.err.substr(0, end.err.find('\n'));
}

bool has_error(const BuildResult& result) {
  return std::any_of(result.diagnostics.begin(), result.diagnostics.end(),
                     [](const Diagnostic& item) { return item.severity == "error"; });
}

/// A box that somebody ended from outside says nothing of what was compiled: once more.
box::BoxExit run_box(const box::BoxSpec& spec) {
  const box::BoxExit end = box::run(spec);
  return end.ending == box::Ending::kBoxFailed ? box::run(spec) : end;
}

BuildResult result_of(const box::BoxExit& end) {
  BuildResult result;
  result.diagnostics = parse_diagnostics(end.err);
  switch (end.ending) {
    case box::Ending::kBoxFailed:
      throw GraderError("the compiler's box failed: " + end.why);
    case box::Ending::kTimeout:
      throw GraderError(
          "the compiler did not get a minute of processor time within five minutes: the machine is "
          "busy; run the same command again when it is less so");
    case box::Ending::kOutOfMemory:
      result.diagnostics.push_back(whole("compiling took more than 3 GB of memory"));
      break;
    case box::Ending::kSignalled:
    case box::Ending::kExited:
      result.ok = end.ending == box::Ending::kExited && end.code == 0;
      if (!result.ok && !has_error(result)) {
        result.diagnostics.push_back(whole(words_for_silence(end)));
      }
  }
  return result;
}

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Where compile() leaves what nm says about an object.
fs::path symbols_file(const fs::path& object) { return fs::path(object) += ".symbols"; }

/// A box without namespaces reads where things are on the host, and the compiler says so.
std::string as_seen_inside(std::string text, const fs::path& host, const std::string& inside) {
  const std::string& path = host.native();
  for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at)) {
    text.replace(at, path.size(), inside);
  }
  return text;
}

/// The precompiled header looks for its own header at the place where it was made, /prefix.
std::vector<box::Bind> toolkit_binds(const Toolkit& toolkit, const Room& room,
                                     const char* input_folder) {
  return {{toolkit.folder, "/pset3"}, {toolkit.prefix, "/prefix"}, {room.in(), input_folder}};
}

/// Libraries of ours that are linked whole: a submitted function of the same name then collides
/// with theirs, and does not quietly take its place.
bool is_linked_whole(const Toolkit& toolkit, const std::string& library) {
  if (toolkit.kind == ProgramKind::kExercise) return library == toolkit.part + "_exercise";
  return library == "inside" || library == toolkit.part + "_adapter";
}

std::vector<std::string> library_arguments(const Toolkit& toolkit) {
  std::vector<std::string> arguments = {"-Wl,--start-group"};
  for (const std::string& name : own_libraries(toolkit.part, toolkit.kind)) {
    const std::string file = "lib/libpset3_" + name + ".a";
    if (!fs::exists(toolkit.folder / file)) continue;
    const bool whole = is_linked_whole(toolkit, name);
    if (whole) arguments.emplace_back("-Wl,--whole-archive");
    arguments.push_back("/pset3/" + file);
    if (whole) arguments.emplace_back("-Wl,--no-whole-archive");
  }
  arguments.emplace_back("-Wl,--end-group");
  return arguments;
}

/// What the linker makes: the exercise is a program; what answers cases is a shared object, which
/// binds to itself, so that opening it takes no time.
std::vector<std::string> form_arguments(const Toolkit& toolkit, Undefined undefined) {
  const bool allowed = undefined == Undefined::kAllowed;
  if (toolkit.kind == ProgramKind::kExercise) {
    if (allowed) return {"-rdynamic", "-Wl,--unresolved-symbols=ignore-all"};
    return {"-rdynamic"};
  }
  std::vector<std::string> arguments = {"-shared", "-Wl,-Bsymbolic-functions"};
  if (!allowed) arguments.emplace_back("-Wl,-z,defs");
  return arguments;
}

/// "pset3::(anonymous namespace)::f(int)" becomes "f".
std::string short_name(std::string function) {
  static const std::string kUnnamed = "(anonymous namespace)::";
  for (auto at = function.find(kUnnamed); at != std::string::npos; at = function.find(kUnnamed)) {
    function.erase(at, kUnnamed.size());
  }
  if (function.find("operator") != std::string::npos) return function;
  function.resize(std::min(function.find_first_of("(<"), function.size()));
  const auto scope = function.rfind("::");
  return scope == std::string::npos ? function : function.substr(scope + 2);
}

}  // namespace

BuildResult compile(const Toolkit& toolkit, const std::string& name, const std::string& source,
                    const fs::path& object, Lines lines, const OwnHeaders& beside) {
  const Room room;
  for (const auto& [header, text] : beside) write_file(room.in() / header, text);
  write_file(room.in() / name, source);
  box::BoxSpec spec;
  // One box for both, since a box costs more than a list of names.
  spec.argv = {"/bin/sh",
               "-c",
               "object=$1; names=$2; shift 2; \"$@\" && nm -P \"$object\" >\"$names\"",
               "sh",
               "/out/object.o",
               "/out/symbols",
               compiler()};
  append(spec.argv, common_compile_flags());
  append<std::string>(spec.argv,
                      {"-isystem", "/prefix/include"});  // before the libraries that it stands for
  append(spec.argv, toolkit.libraries->compile_flags);
  // addr2line loses inlined calls in version 5.
  if (lines == Lines::kKnown) append<std::string>(spec.argv, {"-g1", "-gdwarf-4"});
  append<std::string>(
      spec.argv, {"-include-pch", "/prefix/prefix.pch", "-I/pset3/include",
                  "-I/pset3/include/starter/" + toolkit.part_folder, "-fdebug-prefix-map=/src=src",
                  "-fdebug-compilation-dir=/", "-c", "/src/" + name, "-o", "/out/object.o"});
  spec.read_only = toolkit_binds(toolkit, room, "/src");
  spec.writable = {{room.out(), "/out"}};
  spec.environment = {{"PATH", "/usr/bin"}};
  spec.limits = build_limits();
  box::BoxExit end = run_box(spec);
  end.err = as_seen_inside(std::move(end.err), room.in(), "/src");
  if (end.err.rfind("fatal error: malformed or corrupted AST file", 0) == 0) {
    throw GraderError("the precompiled header does not fit; remove " + toolkit.prefix.string());
  }
  BuildResult result = result_of(end);
  for (Diagnostic& diagnostic : result.diagnostics) {
    if (diagnostic.file.empty()) diagnostic.file = name;
  }
  if (!result.ok) blame_full_disk(room);
  if (result.ok) {
    take_output(room.out() / "object.o", object);
    take_output(room.out() / "symbols", symbols_file(object));
  }
  return result;
}

Symbols symbols_of(const fs::path& object) {
  return parse_symbols(read_file(symbols_file(object)));
}

BuildResult link(const Toolkit& toolkit, const std::vector<Object>& objects,
                 const fs::path& executable, Undefined undefined) {
  BuildResult refused;
  for (const Object& object : objects) {
    append(refused.diagnostics,
           own_definitions_of_ours(toolkit, object.name, symbols_of(object.file)));
  }
  if (!refused.diagnostics.empty()) return refused;
  const Room room;
  box::BoxSpec spec;
  // Objects that know their lines have some more unwind information. Code begins at a round address
  // behind it, so that it lies where it does in a program without lines.
  spec.argv = {compiler(),        "-fuse-ld=mold",        "-pthread",
               "-Wl,--as-needed", "-Wl,-z,separate-code", "-Wl,-z,max-page-size=65536"};
  append(spec.argv, form_arguments(toolkit, undefined));
  for (const Object& object : objects) {
    write_file(room.in() / (object.name + ".o"), read_file(object.file));
    spec.argv.push_back("/obj/" + object.name + ".o");
  }
  if (toolkit.libraries->instances_apart) spec.argv.emplace_back("/prefix/prefix.o");
  append(spec.argv, library_arguments(toolkit));
  append(spec.argv, toolkit.kind == ProgramKind::kDriver ? toolkit.libraries->link_flags
                                                         : toolkit.libraries->exercise_link_flags);
  append<std::string>(spec.argv, {"-ldl", "-o", "/out/program"});
  spec.read_only = toolkit_binds(toolkit, room, "/obj");
  spec.writable = {{room.out(), "/out"}};
  spec.environment = {{"PATH", "/usr/bin"}};
  spec.limits = build_limits();
  const BuildResult result = result_of(run_box(spec));
  if (!result.ok) blame_full_disk(room);
  if (result.ok) take_output(room.out() / "program", executable);
  return result;
}

std::string student_frame(const fs::path& executable, const std::vector<std::uint64_t>& addresses) {
  if (addresses.empty()) return "";
  box::BoxSpec spec;
  // Inlined calls too: the range check of vector::at() is a line of a header in the student's own.
  spec.argv = {"/usr/bin/addr2line", "-i", "-f", "-C", "-e", "/program"};
  // A return address points behind the call: one less is inside of it.
  for (const std::uint64_t address : addresses)
    spec.argv.push_back(fmt::format("{:#x}", address - 1));
  spec.read_only = {{executable, "/program"}};
  spec.limits.wall = std::chrono::seconds(10);
  const box::BoxExit end = box::run(spec);
  std::istringstream lines(end.out);
  static const std::regex kStudentPlace(R"(^/+src/([^:]+):(\d+).*$)");
  std::string function;
  for (std::string place; std::getline(lines, function) && std::getline(lines, place);) {
    std::smatch match;
    if (!std::regex_match(place, match, kStudentPlace)) continue;
    return fmt::format("{}:{} in {}", match[1].str(), match[2].str(), short_name(function));
  }
  return "";
}

}  // namespace pset3::build
