"""Compares `prep`, the main job, with what people do today, with `check` alone, and with `ffprobe` in a warm worker."""

import json
import os
import subprocess
import time

import peers
import timing
from comparison import Comparison


class Worker:
    """A running `vprep worker`, asked job by job."""

    def __init__(self, vprep):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([vprep, "worker"], text=True, **pipes)

    def ask(self, call, clip, output):
        """What a call takes, from the question to the answer, and the answer."""
        if os.path.exists(output):
            os.remove(output)
        job = {"call": call, "clip": clip, "options": {"provider": "tencent"}}
        if call == "prep":
            job["output"] = output
        start = time.perf_counter()
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        seconds = time.perf_counter() - start
        if answer["status"] not in (0, 1, 6):
            raise timing.Failed(f"{call} of {clip} in a worker: {answer}")
        return seconds, answer

    def seconds(self, clip, output):
        return self.ask("prep", clip, output)[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def by_hand(python, clip, output, limit):
    """The gate's script, two passes of x264 and two frames, as a shell command."""
    gate = f"'{python}' '{peers.script('gate.py')}' '{clip}'"
    fit = peers.two_pass(clip, output, limit, 10)[2]
    frames = f"ffmpeg -v error -nostdin -y -ss 3 -i '{output}' -frames:v 2 -update 1 '{output}.jpg'"
    return ["sh", "-c", f"{gate} > /dev/null && {fit} && {frames}"]


def compare(vprep, python, large, small, folder, pairs):
    """The table of whole preparations."""
    table = Comparison("Whole preparations")
    output = os.path.join(folder, "prepared.mp4")

    def call(command, clip, *options):
        if os.path.exists(output):
            os.remove(output)
        written = ["-o", output] if command == "prep" else []
        return timing.run([vprep, command, clip, *written, "--provider", "tencent", "--json", *options])[0]

    if python:
        limit = 6_000_000
        ratio = timing.in_turn(
            lambda: call("prep", large, "--max-bytes", str(limit)),
            lambda: timing.run(by_hand(python, large, os.path.join(folder, "hand.mp4"), limit))[0],
            pairs,
        )
        table.add("`prep --mode silent`, 25 MB", "a gate in Python, two-pass ffmpeg, two frames", ratio, 0.35)
    ratio = timing.in_turn(lambda: call("prep", small), lambda: call("check", small), pairs)
    table.add("`prep` of a clip that passes through, 0.3 MB", "`check` of it", ratio, 1.25)
    page = os.path.join(folder, "page.html")
    for clip, size in ((large, "25 MB"), (small, "0.3 MB")):
        ratio = timing.in_turn(
            lambda: call("check", clip, "--html", page), lambda: call("check", clip), pairs
        )
        table.add(f"`check --html`, {size}", "`check` of it", ratio, 1.15)
    probe = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", small]
    with Worker(vprep) as worker:
        ratio = timing.in_turn(
            lambda: worker.seconds(small, output), lambda: timing.run(probe)[0], pairs
        )
    table.add("`prep` of a clip of 0.3 MB in a warm `worker`", "`ffprobe`", ratio, 1.5)
    return table
