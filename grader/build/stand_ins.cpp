#include "grader/build/stand_ins.hpp"

#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/box/box.hpp"
#include "grader/build/toolkit.hpp"

namespace pset3::build {
namespace {

namespace fs = std::filesystem;

/// What the box makes is taken whole or not at all.
void make(const LibrarySet& set, const fs::path& source, const fs::path& target) {
  const TemporaryFolder out(box::cache_folder(), 0755);
  box::BoxSpec spec;
  spec.argv = {"/bin/sh", "/stand_ins.sh", set.overlinked, compiler(), "/out"};
  spec.read_only = {{source / "grader/build/stand_ins.sh", "/stand_ins.sh"}};
  spec.writable = {{out.path(), "/out"}};
  spec.environment = {{"PATH", "/usr/bin:/bin"}};
  spec.limits.wall = std::chrono::minutes(5);
  spec.limits.cpu = std::chrono::minutes(1);
  spec.limits.memory_bytes = 3ull << 30;
  spec.limits.tmp_bytes = 64ull << 20;
  const box::BoxExit end = box::run(spec);
  if (end.ending != box::Ending::kExited || end.code != 0) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(out.path())) {
    const fs::path file = target / entry.path().filename();
    write_file(file, read_file(entry.path()));
    fs::permissions(file, static_cast<fs::perms>(0755));
  }
}

}  // namespace

fs::path prepare_stand_ins(const LibrarySet& set, const fs::path& source) {
  Hasher hasher;
  hasher.add("stand-ins 1").add(set.overlinked).add(stamp_of(compiler()));
  hasher.add(read_file(source / "grader/build/stand_ins.sh"));
  for (const fs::path& sentinel : set.sentinels) hasher.add(stamp_of(sentinel));
  const fs::path target = box::cache_folder() / "stand_ins" / hasher.hex();
  make_folder(target, [&](const fs::path& folder) {
    if (!set.overlinked.empty()) make(set, source, folder);
  });
  return target;
}

}  // namespace pset3::build
