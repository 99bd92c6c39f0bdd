"""Runs all benchmarks on a quiet machine and writes what they measured beside what other ways of working take.

    python3 tests/bench/bench.py [--only NAME…] [--pset3 build/dev/grader/app/pset3]

Needs the dev build with the benchmarks (`cmake --build --preset dev`). Writes tests/bench/results.json, and
prints it as a table of ours, the peer's and the ratio. The peers: a project of CMake and GoogleTest that g++ compiles
(peer/), NumPy and a plain loop (carve_benchmark), PyTorch in Python (train_benchmark). Takes under 20 minutes.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = ROOT / "tests/bench/results.json"
PARTS = {
    "p0": "p0_neural_nets",
    "p1": "p1_space_carving",
    "p2": "p2_representation_learning",
    "p3": "p3_supervised_depth",
    "p4": "p4_unsupervised_depth",
}


def row(what, ours, unit, goal=None, peer=None, peer_name=None):
    """A line of the table; a goal and a peer are in the same unit as ours."""
    ratio = round(peer / ours, 2) if peer else None
    return {
        "what": what,
        "ours": round(ours, 3),
        "unit": unit,
        "goal": goal,
        "peer": round(peer, 3) if peer else None,
        "peer_name": peer_name,
        "peer_by_ours": ratio,
    }


def run(command, **options):
    """Seconds of the clock and of the processors, and the output, of a command that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, **options)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):  # 1: a goal is missed
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    processors = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, processors, done.stdout


def peer(part, folder):
    """Seconds of the CMake project: from nothing, and after an edit of the file that is compiled longest."""
    submission = folder / "submission"
    shutil.copytree(ROOT / "solution" / PARTS[part], submission)
    build = folder / "build"
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    environment.pop("CXX", None)
    configure = ["cmake", "-G", "Ninja", "-S", "tests/bench/peer", "-B", build]
    configure += [f"-DPART={PARTS[part]}", f"-DSUBMISSION={submission}", "-DCMAKE_CXX_COMPILER=g++"]
    whole = sum(run(step, env=environment)[0] for step in (configure, ["ninja", "-C", build], [build / "peer"]))
    edits = []
    for source in sorted(submission.glob("*.cpp")):
        source.write_text("// edited\n" + source.read_text())
        edits.append(sum(run(step, env=environment)[0] for step in (["ninja", "-C", build], [build / "peer"])))
    return whole, statistics.median(edits)


def parts(pset3):
    """Edit to verdict, and a whole submission with nothing in the store."""
    for part in PARTS:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            run(["build/dev/tests/bench/part_benchmark", pset3, part, folder / "measured.json"])
            measured = json.loads((folder / "measured.json").read_text())
            whole, edit = peer(part, folder) if part in ("p1", "p3") else (None, None)
        edits = list(measured["edit_s"].values())
        goal = 1.0 if part in ("p0", "p1") else 2.5
        name = "CMake, g++, GoogleTest" if edit else None
        yield row(f"{part}: edit of a file to its verdict, median of the files", statistics.median(edits), "s", goal, edit, name)
        yield row(f"{part}: the same, slowest file", max(edits), "s", goal)
        if max(measured["training_s"].values()) > 0:
            yield row(f"{part}: training, which comes on top", max(measured["training_s"].values()), "s")
        yield row(f"{part}: a whole submission, nothing cached", measured["whole_s"], "s", 30, whole, name)
        yield row(f"{part}: memory of all processes meanwhile", measured["whole_mib"], "MiB", 2048)


def carve(_):
    """The reference's carve at three sizes, against NumPy in the same run."""
    for voxels, goal in ((100_000, None), (1_000_000, None), (6_000_000, 20)):
        text = run(["build/dev/tests/bench/carve_benchmark", str(voxels)])[2]
        numpy, ours = (float(re.search(rf"{who}\s+([\d.]+) s", text)[1]) for who in ("NumPy", "reference"))
        loop = float(re.search(r"plain loop\s+([\d.]+) s", text)[1])
        share = float(re.search(r"bandwidth\s+([\d.]+) %", text)[1])
        yield row(f"carve of {voxels:,} voxels by 36 views", ours, "s", None, numpy, "NumPy") | {"goal_ratio": goal}
        yield row("the same against a plain loop over voxels", ours, "s", None, loop, "plain loop")
        yield row("its share of the memory's bandwidth", share, "%")


def train(_):
    """p2's training, against PyTorch in Python with the same library."""
    text = run(["build/dev/tests/bench/train_benchmark"])[2]
    torch, ours = (float(re.search(rf"{who}\s+([\d.]+) s", text)[1]) for who in ("PyTorch", "reference"))
    yield row("p2: training", ours, "s", None, torch, "PyTorch in Python")


def classes(pset3):
    """A class of p1 that grows, everybody's files their own, and judged again from the store."""
    text = run(["build/dev/tests/bench/class_benchmark", pset3, "20,100,200", "p1", "0"])[2]
    numbers = r"([\d.]+) s, .*?\((\d+) and .*?, (\d+) % of \d+ cores busy, at most (\d+) MiB"
    for what, seconds, each, busy, memory in re.findall(rf"^(.+?): {numbers}", text, re.MULTILINE):
        yield row(f"class of p1, {what}", float(seconds), "s")
        yield row("its time a submission", float(each), "ms", 10 if what.startswith("rejudge") else None)
        yield row("how busy the cores are", float(busy), "%", 90 if what.startswith("from") else None)
        yield row("memory of all processes", float(memory), "MiB")


def overhead(_):
    """What a case costs over the student's own time."""
    text = run(["build/dev/tests/run/run_test", "--gtest_filter=*OverheadEach"])[2]
    found = re.search(r"median ([\d.]+) ms", text)
    if found:
        yield row("overhead of a case", float(found[1]), "ms", 5)


ALL = {"parts": parts, "carve": carve, "train": train, "class": classes, "overhead": overhead}


def table(rows):
    lines = [f"{'what':<64}{'ours':>12}{'goal':>8}{'peer':>12}{'peer/ours':>11}"]
    for item in rows:
        ours = f"{item['ours']:g} {item['unit'].split()[0]}"
        goal = "" if item["goal"] is None else f"{item['goal']:g}"
        other = "" if item["peer"] is None else f"{item['peer']:g}"
        ratio = "" if item["peer_by_ours"] is None else f"{item['peer_by_ours']:g}"
        lines.append(f"{item['what']:<64}{ours:>12}{goal:>8}{other:>12}{ratio:>11}  {item['peer_name'] or ''}".rstrip())
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=ALL, default=list(ALL), metavar="NAME", help=", ".join(ALL))
    parser.add_argument("--pset3", default="build/dev/grader/app/pset3")
    options = parser.parse_args()
    kept = json.loads(RESULTS.read_text())["groups"] if RESULTS.exists() else {}
    start = time.perf_counter()
    for name in options.only:
        kept[name] = list(ALL[name](str(ROOT / options.pset3)))
        print(table(kept[name]), flush=True)
        document = {"cores": os.cpu_count(), "groups": {key: kept[key] for key in ALL if key in kept}}
        RESULTS.write_text(json.dumps(document, indent=1) + "\n")
    print(f"{time.perf_counter() - start:.0f} s; written to {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
