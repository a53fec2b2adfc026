#!/usr/bin/env python3
"""How much longer 1,000 clips take over Ray than in one batch on the same processors, with Ray's start.

    scale_ratio.py VPREP [COUNT]

Run by scale_check.sh's Python (.build/scale/bin/python), with VPREP and VPREP_LIBRARY as there.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLIPS = ROOT / "TestVideos" / "clips"
NAMES = ["good-silent.mp4", "dark-4.mp4", "good-megvii.mp4"]


def timed(command, **options):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
    return time.monotonic() - start


def main():
    vprep = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "in").mkdir()
        for index in range(count):
            name = NAMES[index % len(NAMES)]
            shutil.copy(CLIPS / name, folder / "in" / f"{index:05}-{name}")
        paths = sorted(str(path) for path in (folder / "in").iterdir())
        (folder / "list").write_text("".join(path + "\n" for path in paths))
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "python" / "src"), "RAY_USAGE_STATS_ENABLED": "0"}
        ray = timed([sys.executable, ROOT / "python" / "examples" / "ray_batch.py", folder / "list", folder / "ray"],
                    env=environment, stderr=subprocess.DEVNULL)
        batch = timed([vprep, "batch", folder / "in", "-o", folder / "out", "--provider", "tencent", "--previews", "0",
                       "--exit-zero"])
    print(f"{count} clips: Ray {ray:.1f} s, batch {batch:.1f} s, ratio {ray / batch:.3f}")


if __name__ == "__main__":
    main()
