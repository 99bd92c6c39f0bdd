#!/usr/bin/env python3
"""Writes a class of made-up students, for pictures of reports: some have p1's solution, some one of its known mistakes.

    handouts/write_class.py FOLDER [--students 40] [--seed 1]
    ./pset3 grade FOLDER/submissions --roster FOLDER/class.csv --parts p1 --staff --out out/class
    handouts/make_figures.sh class out/class
"""
import argparse
import random
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PART = "p1_space_carving"
FIRST = "Ada Ben Cleo Dov Eva Finn Gita Hugo Ines Jonas Kira Liam Mina Noor Otto Pia Quentin Rosa Sami Tara".split()
LAST = "Adler Brandt Costa Diaz Engel Fischer Gupta Horn Ito Jansen Klein Lopez Moreau Novak Okoye Park Rossi Sato".split()


def apply_patch(patch, folder):
    diff = patch.read_text()
    diff = diff[diff.index("--- a/"):]
    subprocess.run(["patch", "-s", "-p3"], input=diff, text=True, cwd=folder, check=True)


def write_student(folder, mistake):
    shutil.copytree(ROOT / "solution" / PART, folder)
    if mistake:
        apply_patch(mistake, folder)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--students", type=int, default=40)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    draw = random.Random(chosen.seed)
    mistakes = sorted((ROOT / "fixtures" / PART / "mistakes").glob("*.patch"))
    names = draw.sample([f"{first} {last}" for first in FIRST for last in LAST], chosen.students)
    rows = ["id,name,email,section"]
    for number, name in enumerate(sorted(names, key=lambda name: name.split()[1]), 1001):
        mistake = draw.choice(mistakes) if draw.random() < 0.7 else None
        if draw.random() > 0.05:
            write_student(chosen.folder / "submissions" / name.replace(" ", "_") / PART, mistake)
        rows.append(f"{number},{name},{name.split()[0].lower()}@example.edu,{draw.choice('AB')}")
    (chosen.folder / "class.csv").write_text("\n".join(rows) + "\n")


main()
