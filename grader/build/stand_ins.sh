#!/bin/sh
# stand_ins.sh LIBRARY COMPILER OUT: makes in OUT an empty library for each one that LIBRARY is linked with and that
# neither it nor anything else which it loads takes a symbol from. Debian's libtorch_cpu names twenty such, of OpenCV and
# FFmpeg; they bring 200 more, half of the time that loading takes, and most of what each fork copies. A program that
# loads the empty ones first does without the others.
set -eu
compiler=$2
out=$3
cd /tmp
library=$("$compiler" -print-file-name="$1")
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
