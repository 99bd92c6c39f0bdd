#include "grader/build/stand_ins.hpp"

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/box/box.hpp"
#include "grader/build/cached.hpp"

namespace pset3::build {
namespace {

namespace fs = std::filesystem;

/// Arguments: the library, the compiler, the folder to write to.
constexpr const char* kScript = R"sh(
set -eu
library_name=$1
compiler=$2
out=$3
cd /tmp
library=$("$compiler" -print-file-name="$library_name")
loader=$(readelf -lW /bin/sh | sed -n 's/.*interpreter: \(.*\)\].*/\1/p')

needed() { readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p'; }
loaded() { "$loader" --list "$1" | awk '$2 == "=>" { print $1, $3 }'; }
# symbols FILE UND|DEF: their names without versions, sorted.
symbols() {
  readelf -W --dyn-syms "$1" | awk -v want="$2" \
    '$1 ~ /^[0-9]+:$/ && NF >= 8 && ($7 == "UND") == (want == "UND") { sub(/@.*/, "", $8); print $8 }' | sort -u
}

loaded "$library" > all
symbols "$library" UND > wanted
: > kept
: > unused
for name in $(needed "$library"); do
  path=$(awk -v name="$name" '$1 == name { print $2 }' all)
  [ -n "$path" ] || continue
  symbols "$path" DEF > defined
  if [ -n "$(comm -12 wanted defined)" ]; then echo "$path" >> kept; else echo "$name" >> unused; fi
done
# What is used may need what LIBRARY does not use itself.
while read -r path; do loaded "$path" | awk '{ print $1 }'; done < kept | sort -u > used
sort -u unused | comm -23 - used | while read -r name; do
  "$compiler" -shared -nostdlib "-Wl,-soname,$name" -o "$out/$name" -x c /dev/null
done
# As ldd -r does: everything is found, or all of it stays as it was.
LD_TRACE_LOADED_OBJECTS=1 LD_WARN=yes LD_BIND_NOW=yes LD_LIBRARY_PATH="$out" "$loader" "$library" > trial 2>&1 || true
if grep -Eq 'undefined symbol|not found|version' trial; then rm -f "$out"/*; fi
)sh";

/// What the box makes is taken whole or not at all.
void make(const LibrarySet& set, const fs::path& target) {
  const TemporaryFolder out(box::cache_folder(), 0755);
  box::BoxSpec spec;
  spec.argv = {"/bin/sh", "-c", kScript, "stand_ins", set.overlinked, compiler(), "/out"};
  spec.writable = {{out.path(), "/out"}};
  spec.environment = {{"PATH", "/usr/bin:/bin"}};
  spec.limits.wall = std::chrono::minutes(5);
  spec.limits.cpu = std::chrono::minutes(1);
  spec.limits.memory_bytes = 3ull << 30;
  spec.limits.tmp_bytes = 64ull << 20;
  const box::BoxExit end = box::run(spec);
  if (end.ending == box::Ending::kBoxFailed) throw GraderError(end.why);
  if (end.ending != box::Ending::kExited || end.code != 0) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(out.path())) {
    const fs::path file = target / entry.path().filename();
    write_file(file, read_file(entry.path()));
    fs::permissions(file, static_cast<fs::perms>(0755));
  }
}

}  // namespace

fs::path prepare_stand_ins(const LibrarySet& set) {
  Hasher hasher;
  hasher.add("stand-ins 1").add(set.overlinked).add(stamp_of(compiler()));
  hasher.add(kScript);
  for (const fs::path& sentinel : set.sentinels) hasher.add(stamp_of(sentinel));
  const fs::path target = box::cache_folder() / "stand_ins" / hasher.hex();
  make_folder(target, [&](const fs::path& folder) {
    if (!set.overlinked.empty()) make(set, folder);
  });
  return target;
}

}  // namespace pset3::build
