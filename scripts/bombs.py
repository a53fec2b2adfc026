#!/usr/bin/env python3
"""Runs vprep on every file of TestVideos/bombs, and says what each took.

    scripts/bombs.py VPREP [NAME ...] [--calls "check;fit"] [--keep FOLDER] [--table]

A bomb is a small or sparse file that claims or unfolds to far more than a selfie video holds. Each is
made, given to vprep in every way that reads such a file, and must end within 5 s (of processor time,
where the machine has more to do than it has processors) and 400 MB, with one line on standard error and status 3, or 2 where a JSON text is at fault. A line a run is printed:
status, seconds by the clock, seconds of processor time, megabytes, the sentence. `--table` prints the
worst of each kind as Markdown at the end. The exit status is 1 when a run was not as it must be.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOMBS = ROOT / "TestVideos/bombs"
CLIP = ROOT / "TestVideos/clips/short-0.4.mp4"
SECONDS, MEGABYTES = 5, 400

# {} is the bomb, {clip} a sound clip, {out} a file to write.
CALLS = {
    "probe": "probe {}",
    "check": "check {} --provider megvii --exhaustive",
    "fit": "fit {} --provider megvii --max-bytes 20000 -o {out}",
    "prep": "prep {} --provider tencent -o {out}",
    "preview": "preview {}",
    "isolate": "check {} --provider tencent --isolate",
}
PHOTO_CALLS = {
    "check --photo": "check {clip} --provider tencent --photo {}",
    "isolate --photo": "check {clip} --provider tencent --isolate --photo {}",
}
JSON_CALLS = {
    "--request": "check {clip} --provider tencent --request {}",
    "--rules": "check {clip} --provider tencent --rules {}",
}

# The beginning of a bomb's name, and the kind that it is of.
KINDS = {
    "huge-picture": "pictures of 16,384 × 16,384", "picture-that": "pictures that grow",
    "large-picture": "pictures that grow", "cover": "cover art of 16,000 × 16,000",
    "photo-huge": "photos of 16,384 × 16,384", "photo-text": "compressed texts and profiles in a photo",
    "photo-rows": "compressed texts and profiles in a photo",
    "photo-chunks": "compressed texts and profiles in a photo", "photo-scans": "thousands of JPEG scans",
    "scans": "thousands of JPEG scans", "json": "JSON", "claimed": "a thousand million claimed frames",
    "fragment": "a thousand million claimed frames", "table": "sample tables of 2³¹ entries",
    "streams": "900 and 10,000 streams", "attachments": "900 and 10,000 streams",
    "edits": "edit lists of 1,000 and 50,000 entries", "compressed-index": "compressed indexes",
    "one-frame": "one frame a second for ten hours", "tiny": "a hundred thousand packets, a million clusters",
    "clusters": "a hundred thousand packets, a million clusters",
    "packets-that": "packets that unfold to more than the file", 
    "one-picture": "one picture for ten minutes",
    "avi-index": "packets and headers of a gigabyte",
    "terabyte": "sparse files up to a terabyte", "zeros": "sparse files up to a terabyte",
    "device": "devices and pipes that never end", "pipe-of": "devices and pipes that never end",
    "pipe-that": "a named pipe that nobody feeds, waited for",
    "block": "packets and headers of a gigabyte", "codec": "packets and headers of a gigabyte",
    "tags-of": "packets and headers of a gigabyte",
    "eight-hours": "hours of sound", "three-hours": "hours of sound", "long-sound": "hours of sound",
    "samples": "hours of sound", "": "20,000 tags",
}


@dataclass
class Ended:
    status: int
    seconds: float
    processor: float
    megabytes: float
    output: str
    errors: str


def run(command, folder, feed=None):
    """Runs a program; its memory is what the kernel says of it and of the processes that it waited for."""
    with open(folder / "stdout", "w+b") as out, open(folder / "stderr", "w+b") as err:
        began = time.monotonic()
        process = subprocess.Popen(
            command, stdin=feed if feed else subprocess.DEVNULL, stdout=out, stderr=err,
            env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})
        alarm = threading.Timer(60, process.kill)
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        alarm.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        return Ended(
            process.returncode, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000,
            out.read(100_000).decode(errors="replace"), err.read(100_000).decode(errors="replace"))


@dataclass
class Tally:
    worst: dict = field(default_factory=dict)
    wrong: int = 0
    runs: int = 0

    def add(self, name, call, ended, wanted):
        faults = []
        if ended.status != wanted:
            faults.append(f"status {wanted} wanted")
        # The clock says nothing about a program that others keep from running.
        is_busy = os.getloadavg()[0] > (os.cpu_count() or 1)
        if (ended.processor if is_busy else ended.seconds) > SECONDS:
            faults.append("too long")
        if ended.megabytes > MEGABYTES:
            faults.append("too much memory")
        if len(ended.errors.splitlines()) != 1 or ended.output:
            faults.append("one line wanted")
        self.runs += 1
        self.wrong += bool(faults)
        says = (ended.errors.splitlines() or [""])[-1][:150]
        print(f"{name:36} {call:16} {ended.status:3} {ended.seconds:6.2f} s {ended.processor:6.2f} s"
              f" {ended.megabytes:5.0f} MB  {says}{'  <-- ' + ', '.join(faults) if faults else ''}",
              flush=True)
        kind = next(kind for start, kind in KINDS.items() if name.startswith(start))
        old = self.worst.get(kind, (0, 0, 0))
        new = (ended.seconds, ended.processor, ended.megabytes)
        self.worst[kind] = tuple(map(max, old, new))

    def table(self):
        print("| kind | seconds | of processor time | MB |\n| --- | ---: | ---: | ---: |")
        for kind, (seconds, processor, megabytes) in sorted(self.worst.items()):
            print(f"| {kind} | {seconds:.1f} | {processor:.1f} | {megabytes:.0f} |")


def calls_of(name):
    """The calls that read such a file, and the status that they must end with."""
    if name.startswith("json"):
        return JSON_CALLS, 2
    return (PHOTO_CALLS if name.startswith("photo") else CALLS), 3


def filled(call, vprep, path, out):
    values = {"{}": str(path), "{clip}": str(CLIP), "{out}": str(out)}
    return [vprep] + [values.get(word, word) for word in call.split()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("vprep")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--calls", help="some of them, such as 'check;fit'")
    parser.add_argument("--keep", type=Path, help="where the bombs are kept, or found")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    listed = subprocess.run(
        [sys.executable, BOMBS, "--list"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    special = ["device-zero", "pipe-that-nobody-feeds", "pipe-of-zeros"]
    names = [name for name in listed + special
             if not given.names or any(name.startswith(start) for start in given.names)]
    wanted_calls = given.calls.split(";") if given.calls else None
    tally = Tally()
    folder = Path(tempfile.mkdtemp(prefix="vprep-bombs-"))
    try:
        for name in names:
            path = (given.keep or folder) / name
            if name == "device-zero":
                path = Path("/dev/zero")
            elif name == "pipe-that-nobody-feeds":
                path = folder / name
                os.mkfifo(path)
            elif name != "pipe-of-zeros" and not path.exists():
                # In a process of its own: what this one takes would count as its children's.
                subprocess.run([sys.executable, BOMBS, name, path], check=True)
            calls, status = calls_of(name)
            if name in special:
                calls = CALLS if name == "pipe-of-zeros" else {**CALLS, **PHOTO_CALLS, **JSON_CALLS}
            for call, text in calls.items():
                if wanted_calls and call not in wanted_calls:
                    continue
                wanted = 2 if call in JSON_CALLS else status
                out = folder / "out.mp4"
                if name == "pipe-of-zeros":
                    with open("/dev/zero", "rb") as zeros:
                        feeder = subprocess.Popen(
                            ["cat"], stdin=zeros, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
                        ended = run(filled(text, given.vprep, "-", out), folder, feeder.stdout)
                        feeder.stdout.close()
                        feeder.kill(), feeder.wait()
                else:
                    ended = run(filled(text, given.vprep, path, out), folder)
                tally.add(name, call, ended, wanted)
                if out.exists():
                    print(f"{name}: an output was written")
                    tally.wrong += 1
                    out.unlink()
            if path.parent == folder and not given.keep and path.exists():
                path.unlink()
    finally:
        shutil.rmtree(folder)
    if given.table:
        tally.table()
    print(f"{tally.runs} runs, {tally.wrong} not as they must be")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
