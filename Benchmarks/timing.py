"""Runs programs in turn and compares what they take."""

import json
import os
import shlex
import statistics
import subprocess
import sys
import time


class Failed(Exception):
    """A program did not do its part."""


def run(command, cores=None, statuses=(0, 1, 6)):
    """Runs a program; returns its seconds and its peak memory in bytes."""
    if cores:
        command = ["taskset", "-c", cores] + command
    with open(os.devnull, "r+b") as null:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=null, stdout=null, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    # Verdicts of vprep are no failures.
    if process.returncode not in statuses:
        raise Failed(f"{shlex.join(command)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss * 1024


def json_of(command, environment=None):
    """What a program prints, as JSON."""
    result = subprocess.run(
        command, env={**os.environ, **(environment or {})}, capture_output=True, check=False
    )
    if result.returncode:
        raise Failed(f"{shlex.join(command)}: {result.stderr.decode()[-300:]}")
    return json.loads(result.stdout)


def busy_share(seconds=3):
    """The share of all cores that other programs take while this one waits."""

    def ticks():
        with open("/proc/stat") as file:
            numbers = [int(number) for number in file.readline().split()[1:9]]
        return sum(numbers), numbers[3] + numbers[4]

    (total, idle) = ticks()
    time.sleep(seconds)
    (later_total, later_idle) = ticks()
    return 1 - (later_idle - idle) / max(later_total - total, 1)


class Ratio:
    """The ratios of pairs that were taken one right after the other."""

    def __init__(self, pairs):
        self.ratios = sorted(ours / theirs for ours, theirs in pairs)
        self.ours = statistics.median(ours for ours, _ in pairs)
        self.theirs = statistics.median(theirs for _, theirs in pairs)
        self.median = statistics.median(self.ratios)

    def __str__(self):
        return f"{self.median:.3f} [{self.ratios[0]:.3f}–{self.ratios[-1]:.3f}]"


def in_turn(ours, theirs, pairs):
    """Takes both in turn, A B A B …, so that what slows the machine down slows both."""
    ours(), theirs()
    taken = []
    for _ in range(pairs):
        taken.append((ours(), theirs()))
        print(".", end="", file=sys.stderr, flush=True)
    return Ratio(taken)
