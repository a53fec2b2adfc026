#!/usr/bin/env python3
"""What isolation costs, and what a warm worker saves.

    scripts/worker_times.py VPREP [CLIP] [--runs N] [--clips N]

Prints two comparisons, each made in turn (A B A B …) with the ratio taken pair by pair: `check` in
process against `check --isolate`, and as many clips through one `worker`, plain and isolated, as
starts of the program. Give a release build and a quiet machine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

CLIP = os.path.join(os.path.dirname(__file__), "../TestVideos/clips/short-1.5.mp4")


def timed(run):
    """Wall and processor seconds of a call, its children included."""
    before = os.times()
    start = time.monotonic()
    run()
    wall = time.monotonic() - start
    after = os.times()
    cpu = (after.children_user + after.children_system
           - before.children_user - before.children_system)
    return wall, cpu


def command(*arguments):
    result = subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    # A verdict against the clip is a verdict.
    if result.returncode not in (0, 1, 6):
        sys.exit(f"{' '.join(arguments)} ended with {result.returncode}")


def worker(vprep, clip, count, *more):
    job = json.dumps({"call": "check", "clip": clip, "options": {"provider": "megvii"}}) + "\n"
    process = subprocess.Popen(
        [vprep, "worker", *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for _ in range(count):
        process.stdin.write(job)
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if "report" not in answer:
            sys.exit(f"worker: {answer['error']['message']}")
    process.stdin.close()
    if process.wait() != 0:
        sys.exit(f"worker ended with {process.returncode}")


def compare(name, first, second, runs):
    """Runs both in turn; prints the medians and the median of the paired ratios of wall time."""
    first()
    second()
    pairs = [(timed(first), timed(second)) for _ in range(runs)]
    wall = [statistics.median(pair[side][0] for pair in pairs) for side in (0, 1)]
    cpu = [statistics.median(pair[side][1] for pair in pairs) for side in (0, 1)]
    ratio = statistics.median(a[0] / b[0] for a, b in pairs)
    print(f"{name}: {wall[0]:.3f} s against {wall[1]:.3f} s (processor {cpu[0]:.3f} s, {cpu[1]:.3f} s), "
          f"ratio {ratio:.2f}, {runs} pairs")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("vprep")
    parser.add_argument("clip", nargs="?", default=os.path.normpath(CLIP))
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--clips", type=int, default=1000)
    given = parser.parse_args()
    check = [given.vprep, "check", given.clip, "--provider", "megvii"]
    compare("check --isolate against check",
            lambda: command(*check, "--isolate"), lambda: command(*check), given.runs)

    def starts():
        for _ in range(given.clips):
            command(*check)

    for more in ([], ["--isolate"]):
        compare(f"{given.clips} clips through one worker {' '.join(more)}against {given.clips} starts",
                lambda: worker(given.vprep, given.clip, given.clips, *more), starts, 1)


if __name__ == "__main__":
    main()
