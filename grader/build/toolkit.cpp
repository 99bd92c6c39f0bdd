#include "grader/build/toolkit.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>
#include <system_error>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/box/box.hpp"

namespace pset3::build {
namespace {

namespace fs = std::filesystem;

/// Path in the toolkit -> file on disk.
using Manifest = std::map<std::string, fs::path>;

void add_headers(Manifest& manifest, const fs::path& source, const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(source / folder)) {
    if (entry.path().extension() != ".hpp") continue;
    manifest["include" / folder / entry.path().filename()] = entry.path();
  }
}

void add_library(Manifest& manifest, const fs::path& objects, const std::string& name) {
  const std::string file = "libpset3_" + name + ".a";
  if (fs::exists(objects / file)) manifest["lib/" + file] = objects / file;
}

/// Libraries that a part does not have are left out: not every part has an exercise, for instance.
void add_libraries(Manifest& manifest, const fs::path& objects, const std::string& part) {
  for (const char* kind : {"_driver", "_given", "_exercise", "_exercise_steps"}) {
    add_library(manifest, objects, part + kind);
  }
  for (const char* shared : {"inside", "arrays_inside", "common", "drawing", "training"}) {
    add_library(manifest, objects, shared);
  }
  if (manifest.count("lib/libpset3_" + part + "_driver.a") == 0) {
    throw GraderError("no driver of " + part + " in " + objects.string() +
                      "; build pset3 first (./pset3 does)");
  }
}

std::string prefix_header(const LibrarySet& libraries) {
  std::string text = "#include \"eigen_assert.hpp\"\n";
  for (const std::string& header : libraries.headers) text += "#include <" + header + ">\n";
  return text;
}

std::string stamp_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    throw GraderError(file.string() + " is missing; run ./pset3 doctor");
  }
  return fmt::format("{} {} {}.{}", file.string(), status.st_size, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec);
}

std::string libraries_hash(const LibrarySet& libraries, const std::string& eigen_assert) {
  Hasher hasher;
  // Below L2 the header is read where it is, else at /prefix.
  hasher.add("pch 4").add(box::probe() < box::Level::kNamespaces ? "host" : "/prefix");
  hasher.add(prefix_header(libraries)).add(eigen_assert).add(stamp_of(kCompiler));
  for (const std::string& flag : common_compile_flags()) hasher.add(flag);
  for (const std::string& flag : libraries.compile_flags) hasher.add(flag);
  for (const std::string& flag : libraries.link_flags) hasher.add(flag);
  for (const std::string& flag : libraries.exercise_link_flags) hasher.add(flag);
  for (const fs::path& sentinel : libraries.sentinels) hasher.add(stamp_of(sentinel));
  return hasher.hex();
}

void compile_prefix(const LibrarySet& libraries, const fs::path& folder, const fs::path& out) {
  box::BoxSpec spec;
  spec.argv = {kCompiler};
  spec.argv.insert(spec.argv.end(), common_compile_flags().begin(), common_compile_flags().end());
  spec.argv.insert(spec.argv.end(), libraries.compile_flags.begin(), libraries.compile_flags.end());
  for (const char* argument : {"-fpch-instantiate-templates", "-x", "c++-header",
                               "/prefix/prefix.hpp", "-o", "/out/prefix.pch"}) {
    spec.argv.emplace_back(argument);
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

/// Runs `fill` on a fresh folder beside `target` and renames it there; somebody else may be first.
template <typename Fill>
void make_folder(const fs::path& target, Fill fill) {
  if (fs::exists(target)) return;
  fs::create_directories(target.parent_path());
  TemporaryFolder beside(target.parent_path(), 0755);
  fill(beside.path());
  std::error_code error;
  fs::rename(beside.path(), target, error);
  if (!error) {
    beside.release();
  } else if (!fs::exists(target)) {
    throw GraderError("cannot make " + target.string() + ": " + error.message());
  }
}

fs::path prepare_pch(const LibrarySet& libraries, const std::string& eigen_assert,
                     const std::string& hash) {
  const fs::path target = box::cache_folder() / "pch" / hash;
  make_folder(target, [&](const fs::path& folder) {
    write_file(folder / "prefix.hpp", prefix_header(libraries));
    write_file(folder / "eigen_assert.hpp", eigen_assert);
  });
  // Compiled where it stays, since it remembers where its header was.
  if (!fs::exists(target / "prefix.pch")) {
    const TemporaryFolder out(box::cache_folder(), 0755);
    compile_prefix(libraries, target, out.path());
    write_file(target / "prefix.pch", read_file(out.path() / "prefix.pch"));
  }
  return target;
}

}  // namespace

Toolkit prepare_toolkit(const Home& home, const std::string& part, const std::string& part_folder,
                        const std::string& libraries) {
  const LibrarySet& set = library_set(libraries);
  const std::string eigen_assert = read_file(home.source / "grader/driver/inside/eigen_assert.hpp");
  const std::string pch_hash = libraries_hash(set, eigen_assert);
  Manifest manifest;
  add_headers(manifest, home.source, "starter/common");
  add_headers(manifest, home.source, fs::path("starter") / part_folder);
  add_libraries(manifest, home.objects, part);
  Hasher hasher;
  hasher.add("toolkit 2").add(pch_hash);
  for (const auto& [name, file] : manifest) hasher.add(name).add(read_file(file));
  const fs::path pch = prepare_pch(set, eigen_assert, pch_hash);
  Toolkit toolkit{{}, pch, hasher.hex(), part, part_folder, &set};
  toolkit.folder = box::cache_folder() / "toolkit" / toolkit.hash;
  make_folder(toolkit.folder, [&](const fs::path& folder) {
    for (const auto& [name, file] : manifest) {
      fs::create_directories((folder / name).parent_path());
      fs::copy_file(file, folder / name);
    }
  });
  return toolkit;
}

}  // namespace pset3::build
