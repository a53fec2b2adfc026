#!/usr/bin/env python3
"""Feeds damaged and crafted clips to vprep and says where a promise was broken.

    mutants.py VPREP --check N --prep M [--jobs J] [--worker] [--seed S] [--first K] [--keep FOLDER]

N mutants go through `check` and M through `prep`, for the services and modes in turn: each in a process
of its own, or, with --worker, forty through one `vprep worker`, which takes a third of the time. Half of
them are changed as bytes, half as what the container says they are (Fuzz/Sources/Mutation); they come from
the small clips that Fuzz/seeds.py makes. Mutant K follows from S and K alone.

A run breaks a promise when a signal ends it (crash), when it takes more than SECONDS of processor time
or sixty times that by the clock (hang), when it takes more than MEGABYTES (memory), when its exit status
or its output is not of the contract (contract), and when it leaves a file behind (leftover). An output
breaks one when it is over the service's limit (over), and when it is called verified but ffmpeg finds
an error in it (undecodable). Each such mutant is kept with the command that shows it.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mutant_runs import Processes, Worker

ROOT = Path(__file__).resolve().parent.parent
FUZZ = ROOT / "Fuzz"
BLOCK = 40
CHECKS = (
    "--provider megvii", "--provider tencent", "--provider tencent --mode lip",
    "--provider tencent --mode action", "--provider megvii --exhaustive --timeline",
    "--provider tencent --mode action --exhaustive",
)
PREPS = (
    "--provider megvii", "--provider tencent", "--provider megvii --max-bytes 12000",
    "--provider tencent --mode lip", "--provider megvii --window 0.3:1.7",
    "--provider tencent --max-bytes 9000 --window 0.5:1.9", "--provider tencent --mode action",
    "--provider megvii --window 1.01:1.21", "--provider megvii --window all --previews 0",
)
# Status: whether a report comes with it.
CHECK_STATUS = {0: True, 1: True, 3: False, 6: True}
PREP_STATUS = {0: True, 1: True, 3: False, 4: False, 6: True}
# A stretch that is asked for may lie where a mutant shows nothing: that is the caller's mistake.
STRETCH_STATUS = {**PREP_STATUS, 2: False}
BYTES = {"megvii": 20_000_000, "tencent": 6_000_000}


def decoding_complaint(path):
    """What ffmpeg finds wrong with a clip; empty when nothing is.

    Times are compared on the clip's own clock: that of the null muxer counts frames of the mean rate, so
    that two pictures of a clip with a variable rate may fall into one.
    """
    result = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", str(path), "-enc_time_base", "1/1000000",
         "-f", "null", "-"],
        capture_output=True, text=True, timeout=120)
    return result.stderr.strip() or (f"status {result.returncode}" if result.returncode else "")


def check(runner, mutant, number, folder, options):
    command = ["check", str(mutant), *CHECKS[number % len(CHECKS)].split()]
    run = runner.run(command, folder, options)
    found = run.faults(CHECK_STATUS, options)
    return command, run, found + leftovers(folder, {mutant.name}, run)


def prep(runner, mutant, number, folder, options):
    arguments = PREPS[number % len(PREPS)].split()
    output = folder / "out" / "out.mp4"
    output.parent.mkdir()
    command = ["prep", str(mutant), "-o", str(output), "--even-if-hopeless", *arguments]
    run = runner.run(command, folder, options)
    found = run.faults(STRETCH_STATUS if "--window" in arguments else PREP_STATUS, options)
    if output.exists():
        limit = BYTES[arguments[1]]
        if "--max-bytes" in arguments:
            limit = int(arguments[arguments.index("--max-bytes") + 1])
        if output.stat().st_size > limit:
            found.append(("over", f"{output.stat().st_size} bytes instead of {limit}"))
        fit = (run.report or {}).get("fit") or {}
        if not (fit.get("output") or {}).get("verified"):
            found.append(("unverified", f"status {run.status}: an output that is not called verified"))
        elif complaint := decoding_complaint(output):
            found.append(("undecodable", f"{fit.get('action')}: {complaint[:300]}"))
    elif PREP_STATUS.get(run.status) and not run.was_killed:
        found.append(("contract", f"status {run.status} without an output"))
    found += leftovers(folder, {mutant.name, "out.mp4"}, run)
    shutil.rmtree(output.parent)
    return command, run, found


def leftovers(folder, allowed, run):
    """Files that a run should have removed; they are removed here. One that was killed could not."""
    found = []
    for path in [p for p in folder.rglob("*") if p.is_file() and p.name not in allowed]:
        if not run.was_killed:
            found.append(("leftover", path.name))
        path.unlink()
    return found


class Campaign:
    """All mutants of one command."""

    def __init__(self, name, call, options):
        self.name, self.call, self.options = name, call, options
        self.faults, self.statuses, self.actions = Counter(), Counter(), Counter()
        self.runs, self.slowest, self.largest, self.reports = 0, 0.0, 0.0, []
        self.lock = threading.Lock()

    def block(self, first, count):
        options = self.options
        with tempfile.TemporaryDirectory(prefix="vprep-mutants-", dir=options.scratch) as name:
            mutants, place = Path(name) / "mutants", Path(name) / "place"
            (place / "tmp").mkdir(parents=True)
            mutants.mkdir()
            subprocess.run([options.mutate, str(options.seed), str(first), str(count), mutants, *options.seeds], check=True)
            runner = Worker() if options.worker else Processes()
            for mutant in sorted(mutants.iterdir(), key=lambda path: int(path.stem)):
                number = int(mutant.stem)
                # What a clip's arguments are must not follow from which clip it is.
                choice = number // (2 * len(options.seeds)) + number
                self.note(number, mutant, *self.call(runner, mutant, choice, place, options))
            runner.end()

    def note(self, number, mutant, command, run, found):
        with self.lock:
            self.runs += 1
            self.statuses[run.status] += 1
            self.slowest, self.largest = max(self.slowest, run.seconds), max(self.largest, run.megabytes)
            if action := ((run.report or {}).get("fit") or {}).get("action"):
                self.actions[action] += 1
            for kind, sentence in found:
                self.faults[kind] += 1
            if found:
                self.keep(number, mutant, command, found)

    def keep(self, number, mutant, command, found):
        """Copies a mutant to the folder of findings, with the command and what was wrong."""
        folder = self.options.keep
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{self.name}-{self.options.seed}-{mutant.name}"
        shutil.copyfile(mutant, kept)
        shown = " ".join([self.options.vprep, *command, "--json"]).replace(str(mutant), str(kept))
        lines = [shown, *(f"{kind}: {sentence}" for kind, sentence in found)]
        kept.with_name(kept.name + ".txt").write_text("\n".join(lines) + "\n")
        print(f"{self.name} {number}: " + "; ".join(lines[1:]).replace("\n", " ")[:400], flush=True)

    def run(self, count):
        options, start = self.options, time.monotonic()
        blocks = [(first, min(BLOCK, count - first)) for first in range(0, count, BLOCK)]
        with ThreadPoolExecutor(options.jobs) as pool:
            for _ in pool.map(lambda b: self.block(options.first + b[0], b[1]), blocks):
                pass
        statuses = ", ".join(f"{n} × {status}" for status, n in sorted(self.statuses.items()))
        kinds = ("crash", "hang", "memory", "contract", "leftover") + (
            ("over", "unverified", "undecodable") if self.name == "prep" else ())
        print(f"{self.name}: {self.runs} mutants in {time.monotonic() - start:.0f} s; exit status {statuses}")
        print(f"  slowest {self.slowest:.1f} s of processor time, largest {self.largest:.0f} MB")
        if self.actions:
            print("  outputs: " + ", ".join(f"{n} {a}" for a, n in self.actions.most_common()))
        print("  " + ", ".join(f"{kind} {self.faults[kind]}" for kind in kinds), flush=True)
        return sum(self.faults.values())


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vprep")
    parser.add_argument("--check", type=int, default=0)
    parser.add_argument("--prep", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--worker", action="store_true", help="forty calls in one process")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the first mutant's number")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--keep", type=Path, default=FUZZ / "findings")
    parser.add_argument("--scratch", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    options = parser.parse_args()
    options.vprep = str(Path(options.vprep).resolve())
    subprocess.run([FUZZ / "seeds.py"], check=True)
    options.seeds = sorted(str(path) for path in (FUZZ / "seeds/media").iterdir())
    build = ["swift", "build", "-c", "release", "--package-path", str(FUZZ), "--product", "Mutate"]
    subprocess.run([*build, "-q"], check=True)
    options.mutate = str(FUZZ / ".build/release/Mutate")
    faults = 0
    for name, call, count in (("check", check, options.check), ("prep", prep, options.prep)):
        if count:
            faults += Campaign(name, call, options).run(count)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
