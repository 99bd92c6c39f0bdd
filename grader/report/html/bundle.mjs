// node bundle.mjs WEB OUTPUT: bundles the pages with the libraries in WEB/node_modules and writes them, with the
// hashes that their content-security policy names, as a C++ file.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [web, output] = process.argv.slice(2);
const esbuild = createRequire(join(web, "package.json"))("esbuild");
const sources = join(dirname(fileURLToPath(import.meta.url)), "src");

/** One file with all that it imports, as text. */
async function bundled(name) {
  const result = await esbuild.build({
    entryPoints: [join(sources, name)],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2020",
    jsx: "automatic",
    jsxImportSource: "preact",
    nodePaths: [join(web, "node_modules")],
    legalComments: "none",
    logLevel: "warning",
  });
  return result.outputFiles[0].text.trim();
}

/** A C++ expression for a text: in pieces, since compilers need not take a literal of more than 65536 bytes. */
function literal(text) {
  const pieces = [];
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; at += 16384) {
    let piece = "";
    for (const byte of bytes.subarray(at, at + 16384)) {
      const plain = byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 && byte !== 63;
      piece += plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
    }
    pieces.push(`"${piece}"`);
  }
  return `std::string()\n    .append(${pieces.join(")\n    .append(")})`;
}

const hashOf = (text) => `"sha256-${createHash("sha256").update(text, "utf8").digest("base64")}"`;

const files = ["report.tsx", "class.tsx", "voxels.ts", "style.css"];
const texts = await Promise.all(files.map(bundled));
writeFileSync(
  output,
  `// Written by grader/report/html/bundle.mjs.
#include "grader/report/html/assets.hpp"

#include <array>
#include <string>

namespace pset3::report::html {

const Assets& assets() {
  static const std::array<std::string, ${texts.length}> kTexts = {
    ${texts.map(literal).join(",\n    ")}};
  static const Assets kAssets = {${texts.map((text, i) => `{kTexts[${i}], ${hashOf(text)}}`).join(", ")}};
  return kAssets;
}

}  // namespace pset3::report::html
`,
);
console.log(files.map((name, i) => `${name} ${(Buffer.byteLength(texts[i]) / 1000).toFixed(0)} kB`).join(", "));
