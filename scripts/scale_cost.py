#!/usr/bin/env python3
"""What a clip costs in a batch, for Docs/scale.md: processor seconds, bytes in and out, bytes of its line.

    scale_cost.py VPREP

Each kind of clip is prepared several times by one process, so that its start is shared as in a long batch.
"""

import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

CLIPS = pathlib.Path(__file__).resolve().parent.parent / "TestVideos" / "clips"
KINDS = [
    ("passes, 2.4 s of 480×640", "good-silent.mp4", 12),
    ("passes, 6 s of 640×480", "good-action.mp4", 6),
    ("is refused, nearly black", "dark-4.mp4", 8),
    ("is encoded, 2.4 s of 480×640", "webm-vp8.webm", 8),
    ("is encoded, 10 s of 1080×1920", "oversized.mp4", 2),
]


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cost(vprep, name, count):
    """The row of one kind of clip."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "in").mkdir()
        for index in range(count):
            shutil.copy(CLIPS / name, folder / "in" / f"{index}-{name}")
        before = processor_seconds()
        # Without isolation, whose processes are not this one's children and would not be counted.
        subprocess.run([vprep, "batch", folder / "in", "-o", folder / "out", "--provider", "tencent", "--previews", "0",
                        "--jobs", "1", "--no-isolate", "--exit-zero"], check=True, stdout=subprocess.DEVNULL)
        seconds = (processor_seconds() - before) / count
        written = sum(file.stat().st_size for file in (folder / "out").rglob("*.mp4")) / count
        line = (folder / "out" / "report.ndjson").stat().st_size / count
        return seconds, os.path.getsize(CLIPS / name), written, line


def main():
    print("| a clip that | core-seconds | MB read | MB written | kB of its line |\n| --- | ---: | ---: | ---: | ---: |")
    for what, name, count in KINDS:
        seconds, read, written, line = cost(sys.argv[1], name, count)
        print(f"| {what} | {seconds:.2f} | {read / 1e6:.2f} | {written / 1e6:.2f} | {line / 1e3:.1f} |", flush=True)


if __name__ == "__main__":
    main()
