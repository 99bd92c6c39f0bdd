#!/usr/bin/env python3
"""Draws texts that students and TAs read, to be read aloud by somebody who has nothing else at hand.

    handouts/draw_texts.py [SEED] [--count 10] [--kind KIND]

A text that is not understood at the first reading is rewritten; then draw with another seed.
"""
import argparse
import json
import random
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def paragraphs(file):
    block = re.compile(r"\n\s*\n")
    in_code = False
    for text in block.split(file.read_text()):
        in_code ^= text.count("```") % 2 == 1
        if not in_code and len(text.split()) >= 8 and not text.startswith(("    ", "|", "```", "![")):
            yield text.strip()


def handouts():
    for file in tracked("handouts/*.md"):
        for text in paragraphs(file):
            yield file, text


def readmes():
    for file in tracked("*README.md", "CONTRIBUTING.md"):
        for text in paragraphs(file):
            yield file, text


def contracts():
    for file in tracked("starter/*/*.hpp", "starter/common/*.hpp"):
        for match in re.finditer(r"(?:^ *///.*\n)+.*\n", file.read_text(), re.M):
            yield file, match.group().rstrip()


def rubric_texts():
    for file in tracked("fixtures/*/rubric.json"):
        for check in json.loads(file.read_text())["checks"]:
            yield file, f"{check['id']}: {check['title']}. Hint: {check.get('hint', '')}"


def explanations():
    for file in tracked("fixtures/*/mistakes/*.patch"):
        yield file, file.read_text().split("\n---", 1)[0].strip()


def messages():
    literal = re.compile(r'"((?:[^"\\\n]|\\.)*)"(?:\s*\n?\s*"((?:[^"\\\n]|\\.)*)")*')
    for file in tracked("grader/*.cpp", "starter/*.cpp"):
        for match in literal.finditer(file.read_text()):
            text = re.sub(r'"\s*"', "", match.group())
            if len(text.split()) >= 6:
                yield file, text


KINDS = {"handout": handouts, "readme": readmes, "contract": contracts, "hint": rubric_texts,
         "mistake": explanations, "message": messages}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--kind", choices=KINDS)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    pools = {name: list(KINDS[name]()) for name in KINDS if options.kind in (None, name)}
    names = list(pools)
    for number in range(options.count):
        # A kind first, so that the many messages do not crowd out the rest.
        name = names[number % len(names)]
        file, text = chance.choice(pools[name])
        print(f"--- {name}, {file.relative_to(ROOT)}\n{text}\n")


if __name__ == "__main__":
    main()
