#!/usr/bin/env python3
"""Counts the instructions of kernels and of whole calls, which other programs on the machine do not change.

    Benchmarks/instructions.py [--update] [--commands]

Counts with valgrind's callgrind and compares with instructions.json; exits with 1 where a count has grown by more than
its tolerance. --update writes the counts; --commands leaves the kernels as they are. They hold for one processor family and one FFmpeg, which the file names: on
others nothing is compared.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

import peers
import timing

ROOT = os.path.dirname(peers.HERE)
FILE = os.path.join(peers.HERE, "instructions.json")
COMMANDS = (
    ("check --mode silent", "check", "good-megvii.mp4"),
    ("prep --mode silent, passed through", "prep", "good-megvii.mp4"),
    ("fit, Matroska copied", "fit", "matroska.mkv"),
    ("fit, MPEG-TS copied", "fit", "mpegts.ts"),
)
# Threads share the work a little differently each time; kernels do not.
TOLERANCE = {"kernel": 0.01, "command": 0.03}


def count(command):
    """Instructions of a program and its threads."""
    with tempfile.TemporaryDirectory() as folder:
        out, bare = os.path.join(folder, "out"), os.path.join(folder, "bare")
        # valgrind stops at debug information that it does not know.
        subprocess.run(["strip", "-o", bare, command[0]], check=True)
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", bare]
        run = subprocess.run(valgrind + command[1:], capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1, 6):
            raise timing.Failed(f"{' '.join(command)}: {run.stderr[-300:]}")
        with open(out) as file:
            found = re.findall(r"^(?:summary|totals): (\d+)", file.read(), re.M)
        return int(found[-1])


def counts(options):
    """(kind, instructions) by name."""
    found = {}

    def note(kind, name, number):
        found[name] = (kind, number)
        print(f"{number:>14,}  {name}", file=sys.stderr)

    if not options.commands:
        names = subprocess.check_output([options.kernel_times], text=True).splitlines()
        idle = count([options.kernel_times, "0"])
        # valgrind knows AVX2, not AVX-512.
        for name in (name for name in names if name.endswith((", avx2", ", portable"))):
            note("kernel", name, count([options.kernel_times, "0", name]) - idle)
    for name, command, clip in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            written = [] if command == "check" else ["-o", os.path.join(folder, "out.mp4")]
            path = os.path.join(ROOT, "TestVideos", "clips", clip)
            note("command", name, count([options.vprep, command, path, *written, "--provider", "tencent", "--json"]))
    return found


def setting(options):
    """What the counts hold for."""
    doctor = subprocess.check_output([options.vprep, "doctor"], text=True)
    return " ".join(re.findall(r"^(?:libavcodec|libavformat)\s+\S+", doctor, re.M))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--commands", action="store_true")
    parser.add_argument("--vprep", default=os.path.join(ROOT, ".build/release/vprep"))
    parser.add_argument("--kernel-times", default=os.path.join(peers.HERE, ".build/release/kernel-times"))
    options = parser.parse_args()
    if peers.missing("valgrind", "valgrind"):
        sys.exit("instructions.py: valgrind is missing")
    found, where = counts(options), setting(options)
    with open(FILE) as file:
        kept = json.load(file)
    if options.update:
        # What was counted on another FFmpeg is not kept beside this one's.
        known = kept["instructions"] if kept["for"] == where else {}
        counted = known | {name: number for name, (_, number) in found.items()}
        with open(FILE, "w") as file:
            json.dump({"for": where, "instructions": counted}, file, indent=2, ensure_ascii=False)
            file.write("\n")
        return
    if kept["for"] != where:
        print(f"nothing is compared: the counts are for {kept['for']}, this is {where}", file=sys.stderr)
        return
    worse = 0
    for name, (kind, number) in found.items():
        before = kept["instructions"].get(name)
        if before is None:
            print(f"{name}: new; --update keeps it", file=sys.stderr)
        elif number > before * (1 + TOLERANCE[kind]):
            worse += 1
            print(f"{name}: {number:,} instructions, {number / before - 1:+.1%} against {before:,}", file=sys.stderr)
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    try:
        main()
    except timing.Failed as error:
        sys.exit(f"instructions.py: {error}")
