#!/usr/bin/env python3
"""Kills vprep at random moments and shows that nothing is torn, left or different.

    scripts/kills.py VPREP [--kills 200] [--seed 1] [--clips FOLDER]

Each of `prep`, `batch` and `worker` first runs undisturbed. Then it is ended by SIGKILL again and
again, somewhere between its start and its usual end, together with every process that it has started.
After each kill the folder may hold whole outputs only, each of a batch with its line, and after the
next run nothing but what the undisturbed run gave, byte for byte. The figures are printed; the exit
status is 1 when one of the bad ones is not 0.
"""
import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CLIPS = ["short-0.4.mp4", "matroska.mkv", "webm-vp8.webm", "good-megvii.mp4", "avi-mjpeg.avi"]
OLD = b"what stood there before"


def contents(folder):
    """The files of a folder, by name, with their MD5; empty for a folder that is not there."""
    if not folder.is_dir():
        return {}
    return {f.name: hashlib.md5(f.read_bytes()).hexdigest() for f in folder.iterdir() if f.is_file()}


def is_temporary(name):
    return name.startswith(".") and name.endswith(".part")


def lines(folder):
    """The whole lines of a batch's report."""
    report = folder / "report.ndjson"
    if not report.is_file():
        return []
    return [json.loads(line) for line in report.read_bytes().split(b"\n")[:-1]]


class Job:
    """A command that writes to a folder, and what it writes when nobody disturbs it."""

    def __init__(self, name, arguments, stdin=None):
        self.name, self.arguments, self.stdin = name, arguments, stdin

    def start(self, vprep, folder):
        arguments = [a.replace("{out}", str(folder)) for a in self.arguments]
        process = subprocess.Popen(
            [vprep, *arguments], stdin=subprocess.PIPE if self.stdin else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        if self.stdin:
            try:
                process.stdin.write(self.stdin.replace("{out}", str(folder)).encode())
                process.stdin.close()
            except BrokenPipeError:
                pass
        return process

    def run(self, vprep, folder):
        started = time.monotonic()
        status = self.start(vprep, folder).wait()
        return status, time.monotonic() - started

    def measure(self, vprep, folder):
        """Runs undisturbed; sets `status`, `seconds` and `wanted`, the outputs by name."""
        folder.mkdir()
        self.status, self.seconds = self.run(vprep, folder)
        self.wanted = self.outputs(folder)
        if not self.wanted:
            sys.exit(f"{self.name} writes nothing; its status is {self.status}")

    @staticmethod
    def outputs(folder):
        # The report tells how long the stages took, which is never the same.
        return {n: m for n, m in contents(folder).items() if n != "report.ndjson"}


def jobs(vprep, clips):
    paths = [str(clips / clip) for clip in CLIPS]
    found = [
        Job(f"prep {clip}", ["prep", str(clips / clip), "-o", "{out}/out.mp4", "--provider", "tencent"])
        for clip in CLIPS
    ]
    found.append(Job("batch", ["batch", *paths, "-o", "{out}", "--provider", "tencent", "--jobs", "2"]))
    has_worker = subprocess.run(
        [vprep, "worker", "--help"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
    if has_worker:
        stdin = "".join(
            json.dumps({
                "id": str(number), "call": "prep", "clip": path,
                "output": "{out}/%d.mp4" % number, "options": {"provider": "tencent"},
            }) + "\n" for number, path in enumerate(paths))
        found.append(Job("worker", ["worker"], stdin))
    return found


class Tally:
    """What was seen, counted."""

    def __init__(self):
        self.kills = self.midway = self.temporary = 0
        self.bad = {"torn": 0, "without line": 0, "left": 0, "different": 0, "other status": 0}

    def note(self, what, job, detail):
        self.bad[what] += 1
        print(f"{job.name}: {what}: {detail}", file=sys.stderr)

    def check_killed(self, job, folder, old):
        """After a kill: whole outputs, or what stood there before."""
        told = {line["batch"]["output"] for line in lines(folder)}
        for name, md5 in job.outputs(folder).items():
            if is_temporary(name):
                self.temporary += 1
            elif md5 not in (job.wanted.get(name), old.get(name)):
                self.note("torn", job, name)
            elif job.name == "batch" and name not in told:
                self.note("without line", job, name)

    def check_finished(self, job, folder, status):
        """After the next run: what the undisturbed one gave."""
        if status != job.status:
            self.note("other status", job, f"{status} instead of {job.status}")
        found = job.outputs(folder)
        for name in found.keys() - job.wanted.keys():
            self.note("left", job, name)
        for name, md5 in job.wanted.items():
            if found.get(name) != md5:
                self.note("different", job, name)


def kill_once(vprep, job, folder, tally, chance):
    folder.mkdir()
    old = {}
    if job.name.startswith("prep") and chance.random() < 0.5:
        (folder / "out.mp4").write_bytes(OLD)
        old = contents(folder)
    # Several kills in a row may meet a batch that goes on where the last one ended.
    for _ in range(chance.choice([1, 1, 2]) if job.name == "batch" else 1):
        process = job.start(vprep, folder)
        time.sleep(chance.uniform(0, job.seconds))
        tally.kills += 1
        tally.midway += process.poll() is None
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        tally.check_killed(job, folder, old)
    status, _ = job.run(vprep, folder)
    tally.check_finished(job, folder, status)
    shutil.rmtree(folder)


def main():
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("vprep")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clips", type=Path, default=root / "TestVideos/clips")
    options = parser.parse_args()
    vprep = str(Path(options.vprep).resolve())
    chance = random.Random(options.seed)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="vprep-kills-") as place:
        place = Path(place)
        candidates = jobs(vprep, options.clips.resolve())
        for number, job in enumerate(candidates):
            job.measure(vprep, place / f"undisturbed-{number}")
        number = 0
        while tally.kills < options.kills:
            kill_once(vprep, candidates[number % len(candidates)], place / f"run-{number}", tally, chance)
            number += 1
    names = sorted({job.name.split()[0] for job in candidates})
    print(f"{tally.kills} kills of {', '.join(names)}, {tally.midway} of them before the end, seed {options.seed}")
    print(f"{tally.temporary} temporary files after the kills")
    print(", ".join(f"{count} {what}" for what, count in tally.bad.items()))
    sys.exit(1 if any(tally.bad.values()) else 0)


if __name__ == "__main__":
    main()
