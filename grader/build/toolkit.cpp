#include "grader/build/toolkit.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <system_error>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/box/box.hpp"
#include "grader/build/cached.hpp"
#include "grader/build/stand_ins.hpp"
#include "grader/build/symbols.hpp"

namespace pset3::build {
namespace {

namespace fs = std::filesystem;

/// Path in the toolkit -> file on disk.
using Manifest = std::map<std::string, fs::path>;

void add_headers(Manifest& manifest, const fs::path& source, const fs::path& folder) {
  if (!fs::is_directory(source / folder)) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(source / folder)) {
    if (entry.path().extension() != ".hpp") continue;
    manifest["include" / folder / entry.path().filename()] = entry.path();
  }
}

Manifest headers_of(const fs::path& source, const std::string& part_folder) {
  Manifest manifest;
  for (const fs::path& folder :
       {fs::path("common"), fs::path(part_folder), part_folder / fs::path("given")}) {
    add_headers(manifest, source, "starter" / folder);
  }
  return manifest;
}

Manifest libraries_of(const fs::path& objects, const std::string& part, ProgramKind kind) {
  Manifest manifest;
  const std::vector<std::string> names = own_libraries(part, kind);
  for (const std::string& name : names) {
    const std::string file = "libpset3_" + name + ".a";
    if (fs::exists(objects / file)) manifest["lib/" + file] = objects / file;
  }
  if (manifest.count("lib/libpset3_" + names.front() + ".a") == 0) {
    throw GraderError("no " + names.front() + " in " + objects.string() +
                      "; build pset3 first (./pset3 does)");
  }
  if (kind == ProgramKind::kDriver) manifest["driver"] = objects / "pset3-driver";
  return manifest;
}

/// Our own headers in the precompiled one, by name.
using OwnHeaders = std::map<std::string, std::string>;

const char* const kEigenAssert = "eigen_assert.hpp";

OwnHeaders own_headers(const LibrarySet& libraries, const fs::path& source) {
  OwnHeaders headers;
  for (const std::string& name : {std::string(kEigenAssert), libraries.instances}) {
    if (!name.empty()) headers[name] = read_file(source / "grader/run/inside" / name);
  }
  return headers;
}

std::string prefix_header(const LibrarySet& libraries) {
  std::string text = fmt::format("#include \"{}\"\n", kEigenAssert);
  for (const std::string& macro : libraries.defined) text += "#define " + macro + "\n";
  for (const std::string& header : libraries.headers) text += "#include <" + header + ">\n";
  for (const std::string& macro : libraries.defined) text += "#undef " + macro + "\n";
  if (!libraries.instances.empty()) text += "#include \"" + libraries.instances + "\"\n";
  return text;
}

std::string libraries_hash(const LibrarySet& libraries, const OwnHeaders& own) {
  Hasher hasher;
  // Below L2 the header is read where it is, else at /prefix.
  hasher.add("pch 6").add(box::probe() < box::Level::kNamespaces ? "host" : "/prefix");
  hasher.add(prefix_header(libraries)).add(stamp_of(compiler()));
  for (const auto& [name, text] : own) hasher.add(name).add(text);
  for (const auto& [name, text] : libraries.stand_ins) hasher.add(name).add(text);
  for (const std::string& flag : common_compile_flags()) hasher.add(flag);
  for (const std::string& flag : libraries.compile_flags) hasher.add(flag);
  for (const std::string& flag : libraries.link_flags) hasher.add(flag);
  for (const std::string& flag : libraries.exercise_link_flags) hasher.add(flag);
  for (const fs::path& sentinel : libraries.sentinels) hasher.add(stamp_of(sentinel));
  return hasher.hex();
}

/// Runs the compiler in a box that sees `folder` as /prefix, and gives what it made in `out`.
void compile_prefix(const LibrarySet& libraries, const fs::path& folder, const fs::path& out,
                    const std::vector<std::string>& arguments) {
  box::BoxSpec spec;
  spec.argv = {compiler()};
  for (const auto& part : {common_compile_flags(), libraries.compile_flags, arguments}) {
    spec.argv.insert(spec.argv.end(), part.begin(), part.end());
  }
  spec.read_only = {{folder, "/prefix"}};
  spec.writable = {{out, "/out"}};
  spec.limits.wall = spec.limits.cpu = std::chrono::minutes(5);
  spec.limits.memory_bytes = 6ull << 30;
  spec.limits.file_bytes = 2ull << 30;
  spec.limits.tmp_bytes = 64ull << 20;
  const box::BoxExit end = box::run(spec);
  if (end.ending != box::Ending::kExited || end.code != 0) {
    throw GraderError("the precompiled header does not compile: " + end.why + end.err);
  }
}

/// Makes `name` in `folder` with the compiler, unless it is there.
void make_prefix(const LibrarySet& libraries, const fs::path& folder, const std::string& name,
                 std::vector<std::string> arguments) {
  if (fs::exists(folder / name)) return;
  const TemporaryFolder out(box::cache_folder(), 0755);
  arguments.insert(arguments.end(), {"-o", "/out/" + name});
  compile_prefix(libraries, folder, out.path(), arguments);
  write_file(folder / name, read_file(out.path() / name));
}

/// Parts that have the same libraries may be prepared at once; one of them compiles the headers.
std::mutex& mutex_of(const std::string& hash) {
  static std::mutex mutex;
  static std::map<std::string, std::mutex> of_each;
  const std::lock_guard lock(mutex);
  return of_each[hash];
}

fs::path prepare_pch(const LibrarySet& libraries, const OwnHeaders& own, const std::string& hash) {
  const std::lock_guard lock(mutex_of(hash));
  const fs::path target = box::cache_folder() / "pch" / hash;
  make_folder(target, [&](const fs::path& folder) {
    write_file(folder / "prefix.hpp", prefix_header(libraries));
    for (const auto& [name, text] : own) write_file(folder / name, text);
    for (const auto& [name, text] : libraries.stand_ins) {
      const fs::path file = folder / "include" / name;
      fs::create_directories(file.parent_path());
      write_file(file, text);
    }
  });
  // Compiled where it stays, since it remembers where its header was.
  std::vector<std::string> header = {"-fpch-instantiate-templates"};
  if (libraries.instances_apart) header.emplace_back("-fpch-codegen");
  header.insert(header.end(), {"-x", "c++-header", "/prefix/prefix.hpp"});
  make_prefix(libraries, target, "prefix.pch", header);
  if (libraries.instances_apart) {
    make_prefix(libraries, target, "prefix.o",
                {"-Wno-unused-command-line-argument", "-c", "/prefix/prefix.pch"});
  }
  return target;
}

/// Lists what the libraries in a toolkit define.
void list_symbols(const fs::path& folder) {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "lib")) {
    files.push_back("/pset3/lib/" + entry.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  box::BoxSpec spec;
  spec.argv = listing_command(files);
  spec.read_only = {{folder, "/pset3"}};
  spec.limits.text_bytes = 64ull << 20;
  const box::BoxExit end = box::run(spec);
  if (end.ending != box::Ending::kExited || end.code != 0) {
    throw GraderError("cannot read the symbols of pset3's own libraries: " + end.why + end.err);
  }
  write_file(folder / kOwnSymbolsFile, end.out);
}

std::string hash_of_files(const char* version, const std::string& pch_hash, const Manifest& files) {
  Hasher hasher;
  hasher.add(version).add(pch_hash);
  for (const auto& [name, file] : files) hasher.add(name).add(read_file(file));
  return hasher.hex();
}

}  // namespace

std::vector<std::string> own_libraries(const std::string& part, ProgramKind kind) {
  if (kind == ProgramKind::kDriver) {
    return {part + "_adapter", part + "_given", "inside", "data", "common", "arrays_inside"};
  }
  // The exercise takes from "inside" what Eigen's assertions call.
  return {part + "_exercise", part + "_exercise_steps",
          part + "_given",    "inside",
          "exercise_common",  "training",
          "drawing",          "data",
          "common",           "arrays_inside"};
}

Toolkit prepare_toolkit(const Home& home, const std::string& part, const std::string& part_folder,
                        const std::string& libraries, ProgramKind kind) {
  const LibrarySet& set = library_set(libraries);
  const OwnHeaders own = own_headers(set, home.source);
  const std::string pch_hash = libraries_hash(set, own);
  Manifest manifest = headers_of(home.source, part_folder);
  Toolkit toolkit;
  toolkit.part = part;
  toolkit.part_folder = part_folder;
  toolkit.kind = kind;
  toolkit.libraries = &set;
  toolkit.headers_hash = hash_of_files("headers 1", pch_hash, manifest);
  manifest.merge(libraries_of(home.objects, part, kind));
  toolkit.hash = hash_of_files("toolkit 4", pch_hash, manifest);
  toolkit.prefix = prepare_pch(set, own, pch_hash);
  toolkit.stand_ins = prepare_stand_ins(set);
  toolkit.folder = box::cache_folder() / "toolkit" / toolkit.hash;
  make_folder(toolkit.folder, [&](const fs::path& folder) {
    for (const auto& [name, file] : manifest) {
      fs::create_directories((folder / name).parent_path());
      fs::copy_file(file, folder / name);
    }
    list_symbols(folder);
  });
  return toolkit;
}

}  // namespace pset3::build
