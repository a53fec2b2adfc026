"""Compares fits with the ffmpeg commands that do the same: time, bytes and SSIM to the source."""

import os
import re
import subprocess

import peers
import timing
from comparison import Comparison

BYTES = 6_000_000
PROGRAM = ["ffmpeg", "-v", "error", "-nostdin", "-y"]


def ssim(output, source):
    """Structural similarity of all planes, mean over the frames, as ffmpeg's filter has it."""
    command = ["ffmpeg", "-nostdin", "-i", output, "-i", source, "-lavfi", "ssim", "-f", "null", "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.search(r"All:([\d.]+)", text)[1])


def compare(vprep, clip, folder, pairs):
    """The table of fits."""

    def path(name):
        return os.path.join(folder, name)

    def fit(source, output, *options):
        # An output that stands there is an error.
        if os.path.exists(output):
            os.remove(output)
        return timing.run([vprep, "fit", source, "-o", output, *options], statuses=(0,))[0]

    table = Comparison("Fits")
    ours, theirs = path("fit.mp4"), path("two-pass.mp4")
    ratio = timing.in_turn(
        lambda: fit(clip, ours, "--provider", "tencent", "--max-bytes", str(BYTES)),
        lambda: timing.run(peers.two_pass(clip, theirs, BYTES, 10))[0],
        pairs,
    )
    table.add("`fit` to 6,000,000 bytes", "two-pass ffmpeg", ratio, 0.6)
    likeness = [ssim(output, clip) for output in (ours, theirs)]
    size = [os.path.getsize(output) for output in (ours, theirs)]
    table.notes.append(
        f"To 6,000,000 bytes: vprep {size[0]:,} bytes with an SSIM of {likeness[0]:.6f}, two-pass "
        f"ffmpeg {size[1]:,} bytes with {likeness[1]:.6f}."
    )
    copy = ["-c", "copy", "-movflags", "+faststart", path("copy.mp4")]
    for ending, name in (("mov", "MOV"), ("mkv", "Matroska")):
        source = path("short." + ending)
        subprocess.run(PROGRAM + ["-i", clip, "-t", "2", "-c", "copy", source], check=True)
        ratio = timing.in_turn(
            lambda: fit(source, path("remux.mp4"), "--provider", "tencent"),
            lambda: timing.run(PROGRAM + ["-i", source] + copy)[0],
            pairs,
        )
        table.add(f"`fit` by remux (5 MB of {name})", "`ffmpeg -c copy`", ratio, 1.0)
    ratio = timing.in_turn(
        lambda: fit(clip, path("trim.mp4"), "--provider", "megvii", "--window", "3:6"),
        lambda: timing.run(PROGRAM + ["-ss", "3", "-to", "6", "-i", clip] + copy)[0],
        pairs,
    )
    table.add("`fit` by trim, 3 of 10 s (25 MB)", "`ffmpeg -c copy`", ratio, 1.0)
    table.notes.append(
        "vprep reads a copy back, compares it with its source, and reports the MD5 of both; ffmpeg "
        "does neither."
    )
    return table
