#!/bin/sh
# Makes pages of the handouts: a folder that opens without a network, and on request one PDF of them all.
#   handouts/make_site.sh FOLDER              index.html and one page for each part, with their figures and contract headers
#   handouts/make_site.sh FOLDER --pdf        also FOLDER/pset3.pdf
#   handouts/make_site.sh FOLDER --teaching   also the teaching notes, which students should not get
# Needs pandoc, and chromium for the PDF (Debian: pandoc, chromium).
set -eu

usage() {
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
home=$(dirname "$here")
out=
pdf=0
teaching=0
for word in "$@"; do
  case $word in
    --pdf) pdf=1 ;;
    --teaching) teaching=1 ;;
    -*) usage ;;
    *) if [ -n "$out" ]; then usage; fi; out=$word ;;
  esac
done
if [ -z "$out" ]; then usage; fi
if ! command -v pandoc >/dev/null; then
  echo "make_site.sh: pandoc is not installed. On Debian and Ubuntu: apt-get install pandoc" >&2
  exit 2
fi
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ $pdf = 1 ] && [ -z "$browser" ]; then
  echo "make_site.sh: the PDF needs chromium, which is not installed. On Debian: apt-get install chromium" >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out/figures"
cp "$here/site/style.css" "$out/"
cp "$here"/figures/* "$out/figures/"

title_of() { sed -n '1s/^# //p' "$1"; }

# The teaching notes have figures and rubrics of no part of their own, so they are one page more.
pages="$here/index.md $here/p?_*.md"
if [ $teaching = 1 ]; then pages="$pages $here/teaching_notes.md"; fi

{
  echo '<nav class="parts" aria-label="Pages"><ul>'
  for page in $pages; do
    name=$(basename "$page" .md)
    echo "<li><a href=\"$name.html\">$(title_of "$page")</a></li>"
  done
  echo '</ul></nav>'
} >"$work/parts.html"

# to_html MARKDOWN ARGUMENT…: of a handout, with the checks of its rubric.
to_html() {
  page=$1
  shift
  rubric=$home/fixtures/$(basename "$page" .md)/rubric.json
  if [ -e "$rubric" ]; then set -- --metadata-file "$rubric" "$@"; fi
  pandoc --from gfm+tex_math_dollars --to html5 --mathml --lua-filter "$here/site/site.lua" \
    --metadata pagetitle="$(title_of "$page")" "$@" --output "$work/page" "$page"
  # pandoc lets every bracket grow. Without a font for mathematics, browsers make even small ones too tall.
  sed 's/stretchy="true"/stretchy="false"/g' "$work/page"
}

to_page() {
  page=$1
  shift
  to_html "$page" --standalone --template "$here/site/page.html" --include-before-body "$work/parts.html" \
    --highlight-style monochrome "$@"
}

for page in $pages; do
  to_page "$page" --toc --toc-depth 2 >"$out/$(basename "$page" .md).html"
done

# What students include, and the two READMEs that handouts point to.
cd "$home"
for file in starter/README.md starter/common/README.md starter/common/camera.hpp starter/p?_*/*.hpp; do
  name=$(echo "$file" | tr / _)
  case $file in
    *.md) to_page "$file" >"$out/${name%.md}.html" ;;
    *)
      { printf '# %s\n\n```cpp\n' "$file"; cat "$file"; printf '```\n'; } >"$work/$name.md"
      to_page "$work/$name.md" >"$out/$name.html" ;;
  esac
done

if [ $pdf = 1 ]; then
  {
    echo '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>pset3</title>'
    echo '<link rel="stylesheet" href="style.css"></head><body><main>'
    for page in $pages; do
      name=$(basename "$page" .md)
      to_html "$page" --metadata print=1 --id-prefix "${name%%_*}-"
    done
    echo '</main></body></html>'
  } >"$out/print.html"
  "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$work/browser" \
    --print-to-pdf-no-header --no-pdf-header-footer --print-to-pdf="$out/pset3.pdf" \
    "file://$(cd "$out" && pwd)/print.html" 2>"$work/browser.log" || true
  rm "$out/print.html"
  if [ ! -s "$out/pset3.pdf" ]; then
    cat "$work/browser.log" >&2
    exit 3
  fi
fi
echo "$out/index.html"
