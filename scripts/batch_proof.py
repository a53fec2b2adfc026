#!/usr/bin/env python3
"""Runs a batch over generated clips undisturbed, and again with interruptions, and compares the folders.

usage: batch_proof.py VPREP [--clips 1000] [--stops 10] [--seed 1] [--keep]

The clips are short test clips under odd names in nested folders, broken ones among them, and some named by a
manifest. A stop is SIGINT or SIGKILL after a random time. Both folders must hold the same files with the same
bytes, and the same lines but for times and the run; lines must average at most 6 kB.
"""

import argparse
import csv
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

ODD = ["plain", "with space", "ünï", "u\u0308", "emoji😀", "quote'\"", "-dash", "=1+1", "line\nend",
       "esc\x1b[31m", "bell\x07", "per%cent", "a&b", "<b>", "UPPER", "upper", "dot.dot", "中文", "long" * 40]
CLIPS = ["short-0.4.mp4", "short-1.5.mp4", "just-over-2.mp4", "dark-4.mp4", "empty.mp4", "text.mp4",
         "cut-in-index.mp4", "webm-vp8.webm", "far-4.mp4", "no-face.mp4"]
# What a short clip is to a batch is what a long one is; the quick ones come more often.
WEIGHTS = [40, 4, 2, 2, 16, 14, 16, 1, 2, 3]


def make(folder, source, count, seed):
    """Makes the clips; a tenth of them is named by the manifest alone."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        clip = dice.choices(CLIPS, WEIGHTS)[0]
        base, ending = os.path.splitext(clip)
        name = f"{dice.choice(ODD)}{number // 2 if dice.random() < 0.5 else number}{ending}"
        by_manifest = number % 10 == 0
        place = os.path.join(
            folder, "listed" if by_manifest else "tree",
            *[dice.choice(["north", "Süd", "refused", "a b"]) for _ in range(dice.randrange(3))])
        os.makedirs(place, exist_ok=True)
        path = os.path.join(place, name)
        if os.path.exists(path):
            continue
        shutil.copy(os.path.join(source, clip), path)
        if by_manifest:
            rows.append({
                "path": path, "output": f"listed/person {number}",
                "mode": dice.choice(["", "silent", "lip"])})
    with open(os.path.join(folder, "manifest.csv"), "w", newline="") as file:
        writer = csv.DictWriter(file, ["path", "output", "mode"])
        writer.writeheader()
        writer.writerows(rows)
    for name in (".hidden.mp4", "notes.txt", "noending"):
        open(os.path.join(folder, "tree", name), "w").close()


def command(vprep, folder, out):
    return [vprep, "batch", os.path.join(folder, "tree"), "--manifest",
            os.path.join(folder, "manifest.csv"), "-o", out, "--provider", "tencent", "--previews", "1",
            "--exit-zero"]


def lines(out):
    """The lines without what differs between runs."""
    kept = []
    with open(os.path.join(out, "report.ndjson")) as file:
        for line in file:
            value = json.loads(line)
            value.pop("timing", None)
            for key in ("outputModified", "run", "started", "seconds"):
                value["batch"].pop(key, None)
            text = json.dumps(value, sort_keys=True)
            kept.append(text.replace(json.dumps(out)[1:-1], "OUT"))
    return kept


def files(out):
    found = {}
    for place, _, names in os.walk(out):
        for name in names:
            path = os.path.join(place, name)
            if name in ("report.ndjson", "summary.json") and place == out:
                continue
            with open(path, "rb") as file:
                found[os.path.relpath(path, out)] = hashlib.md5(file.read()).hexdigest()
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("vprep")
    parser.add_argument("--clips", type=int, default=1000)
    parser.add_argument("--stops", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    source = os.path.join(os.path.dirname(__file__), "..", "TestVideos", "clips")
    folder = tempfile.mkdtemp(prefix="vprep-batch-")
    make(folder, source, options.clips, options.seed)
    calm, stopped = os.path.join(folder, "calm"), os.path.join(folder, "stopped")

    begin = time.time()
    done = subprocess.run(
        command(options.vprep, folder, calm), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    took = time.time() - begin
    if done.returncode != 0:
        sys.exit(f"the batch ended with {done.returncode}: {done.stdout[-400:]}")
    raw = [byte for byte in done.stdout if byte < 32 and byte != 10]

    dice = random.Random(options.seed)
    statuses = []
    for _ in range(options.stops):
        process = subprocess.Popen(
            command(options.vprep, folder, stopped), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A shell's background jobs ignore it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        time.sleep(dice.uniform(0.02, 1.2 * took / (options.stops + 1)))
        process.send_signal(dice.choice([signal.SIGINT, signal.SIGKILL]))
        statuses.append(process.wait())
    last = subprocess.run(command(options.vprep, folder, stopped), stdout=subprocess.DEVNULL)

    one, other = files(calm), files(stopped)
    with open(os.path.join(calm, "report.ndjson"), "rb") as file:
        sizes = [len(line) for line in file]
    summary = json.load(open(os.path.join(calm, "summary.json")))
    differing = [name for name in one if one.get(name) != other.get(name)]
    extra = sorted(set(other) - set(one))
    unlike = sum(a != b for a, b in zip(lines(calm), lines(stopped)))
    leftovers = [name for name in other if name.endswith(".part")]
    print(f"clips {summary['clips']}, skipped {summary['skipped']['count']}, "
          f"outcomes {summary['outcomes']}, errors {summary['errors']}, {took:.0f} s")
    print(f"files {len(one)}, in refused {sum(name.startswith('refused/') for name in one)}, "
          f"previews {sum(name.startswith('previews/') for name in one)}")
    print(f"lines {len(sizes)}, mean {sum(sizes) / len(sizes):.0f} bytes, largest {max(sizes)}")
    print(f"stops {statuses}, last {last.returncode}")
    print(f"differing files {len(differing)}, extra {len(extra)}, missing "
          f"{len(set(one) - set(other))}, lines {unlike} unlike, leftovers {len(leftovers)}, "
          f"raw control characters {len(raw)}")
    if options.keep:
        print(folder)
    else:
        shutil.rmtree(folder)
    if sum(status != 0 for status in statuses) < options.stops // 2:
        sys.exit("most runs ended before they were stopped; this proves nothing")
    wrong = differing or extra or unlike or leftovers or raw or sum(sizes) / len(sizes) > 6000
    sys.exit(1 if wrong or last.returncode else 0)


if __name__ == "__main__":
    main()
