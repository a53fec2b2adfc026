"""How well fits of many clips use their limit: the share of it, the encodes that they need, and their likeness."""

import glob
import json
import os
import statistics
import subprocess

import fits
import peers

# The limit: a part of the clip's own size, so that each must be encoded.
PART = 0.4
LEAST_BYTES = 60_000


def fit(vprep, clip, output, limit):
    """The report of a fit; `None` where no output can meet the limit, and where nothing was encoded."""
    if os.path.exists(output):
        os.remove(output)
    command = [vprep, "fit", clip, "-o", output, "--provider", "megvii", "--window", "all"]
    run = subprocess.run(command + ["--max-bytes", str(limit), "--json"], capture_output=True, text=True)
    if run.returncode != 0:
        return None
    report = json.loads(run.stdout)
    return report if report["fit"]["action"] == "transcode" and report["fit"]["quality"] else None


def likeness(clip, output, report, path):
    """SSIM of the output and of two passes of ffmpeg in as many bytes; `None` where sizes or rates differ."""
    video, made = report["input"]["video"], report["fit"]["output"]
    if video["rotation"] or video["variableFrameRate"] or (video["width"], video["height"]) != (
        made["width"], made["height"]):
        return None
    # Two passes cannot spend less: their audio alone takes 128 kbit/s.
    if made["bytes"] * 8 / report["input"]["durationSeconds"] < 300_000:
        return None
    theirs = path("two-pass.mp4")
    subprocess.run(peers.two_pass(clip, theirs, made["bytes"] / 0.97, report["input"]["durationSeconds"]), check=True)
    # Of a size that two passes miss by more, the likeness says nothing.
    if abs(os.path.getsize(theirs) / made["bytes"] - 1) > 0.05:
        return None
    return fits.ssim(output, clip) - fits.ssim(theirs, clip)


def table(vprep, folder, quick):
    def path(name):
        return os.path.join(folder, name)

    clips = sorted(glob.glob(os.path.join(os.path.dirname(peers.HERE), "TestVideos", "clips", "*.m[pok][4v]")))
    shares, attempts, better = [], [], []
    for clip in clips[:: 6 if quick else 1]:
        limit = int(os.path.getsize(clip) * PART)
        if limit < LEAST_BYTES:
            continue
        output = path("spread.mp4")
        report = fit(vprep, clip, output, limit)
        if not report:
            continue
        shares.append(report["fit"]["output"]["bytes"] / limit)
        attempts.append(report["fit"]["attempts"])
        difference = likeness(clip, output, report, path)
        if difference is not None:
            better.append(difference)
    shares.sort()
    once = sum(1 for count in attempts if count == 1)
    near = sum(1 for share in shares if share >= 0.97)

    def at(part):
        return f"{shares[int(part * (len(shares) - 1))]:.1%}"

    lines = [
        "## Fits of many clips",
        f"{len(shares)} clips of `TestVideos`, each to {PART:.0%} of its size. "
        f"{once} need one encode, and {near} use 97 % of the limit or more.",
        "| share of the limit that is used | |\n| --- | --- |\n"
        f"| smallest | {at(0)} |\n| a tenth of the clips use less than | {at(0.1)} |\n| median | {at(0.5)} |\n"
        f"| largest | {at(1)} |",
    ]
    if better:
        lines.append(
            f"Against two passes of ffmpeg in as many bytes, SSIM differs by {statistics.median(better):+.4f} in the "
            f"median of {len(better)} ({min(better):+.4f} to {max(better):+.4f}): the others are too small for two "
            "passes to meet their size, or change theirs.")
    return "\n\n".join(lines)
