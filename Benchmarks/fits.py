"""Compares fits with the ffmpeg commands that do the same: time, bytes and SSIM to the source."""

import os
import re
import shlex
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


# What is laid on the clip, for pictures that take their bytes in other ways.
KINDS = {
    "noisy": "noise=alls=6:allf=t",
    "dark": "eq=brightness=-0.25:contrast=0.6,noise=alls=8:allf=t",
    "moving": "crop=900:1600:x='90+85*sin(t*5)':y='160+150*cos(t*3.7)',scale=1080:1920",
}
COPY = ["-c", "copy", "-movflags", "+faststart"]
# What vprep encodes with, for the floor of `prep`.
TUNING = "bframes=0:analyse=i8x8:me=dia:scenecut=0:deblock=-1,-1"


def kinds(clip, path):
    """The clip, and what becomes of it with noise, in the dark and in movement, as a phone stores them."""
    yield "clean", clip
    for name, pictures in KINDS.items():
        made = path(name + ".mp4")
        phone = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "18M", "-maxrate", "22M"]
        phone += ["-bufsize", "18M", "-pix_fmt", "yuv420p", "-c:a", "copy"]
        subprocess.run(PROGRAM + ["-i", clip, "-vf", pictures, *phone, made], check=True)
        yield name, made


def floor(clip, path):
    """Decoding the clip, encoding it with vprep's settings, and decoding what was written."""
    made = path("floor.mp4")
    decode = "ffmpeg -v error -nostdin -i '{}' -f null -"
    encode = f"-c:v libx264 -preset veryfast -x264-params {TUNING} -crf 31.7 -c:a aac -b:a 96k"
    return [
        "sh",
        "-c",
        f"{decode.format(clip)} && ffmpeg -v error -nostdin -y -i '{clip}' {encode} '{made}' && "
        f"{decode.format(made)}",
    ]


def compare(vprep, clip, folder, pairs):
    """The table of fits."""

    def path(name):
        return os.path.join(folder, name)

    def call(command, source, output, *options):
        # An output that stands there is an error.
        if os.path.exists(output):
            os.remove(output)
        # A verdict that fails is no failure of `prep`.
        statuses = (0,) if command == "fit" else (0, 1, 6)
        return timing.run([vprep, command, source, "-o", output, *options], statuses=statuses)[0]

    table = Comparison("Fits")
    ours, theirs = path("fit.mp4"), path("two-pass.mp4")
    limit = ("--provider", "tencent", "--max-bytes", str(BYTES))
    for name, source in kinds(clip, path):
        ratio = timing.in_turn(
            lambda: call("fit", source, ours, *limit),
            lambda: timing.run(peers.two_pass(source, theirs, BYTES, 10))[0],
            pairs,
        )
        table.add(f"`fit` to 6,000,000 bytes, {name}", "two-pass ffmpeg", ratio, 0.55)
        size = [os.path.getsize(output) for output in (ours, theirs)]
        # Its quality at as many bytes, whatever it made of the limit.
        subprocess.run(peers.two_pass(source, theirs, size[0] / 0.97, 10), check=True)
        likeness = [ssim(output, source) for output in (ours, theirs)]
        table.notes.append(
            f"To 6,000,000 bytes, {name}: vprep {size[0]:,} bytes with an SSIM of {likeness[0]:.6f}, "
            f"two-pass ffmpeg {size[1]:,} bytes; at {os.path.getsize(theirs):,} bytes its SSIM is "
            f"{likeness[1]:.6f}."
        )
    ratio = timing.in_turn(
        lambda: call("prep", clip, ours, *limit),
        lambda: timing.run(floor(clip, path))[0],
        pairs,
    )
    table.add(
        "`prep --mode silent` to 6,000,000 bytes", "ffmpeg: decode, encode, decode", ratio, 1.15
    )
    copies(table, call, clip, path, pairs)
    ratio = timing.in_turn(
        lambda: call("fit", clip, path("trim.mp4"), "--provider", "megvii", "--window", "3:6"),
        lambda: timing.run(PROGRAM + ["-ss", "3", "-to", "6", "-i", clip] + COPY + [path("copy.mp4")])[0],
        pairs,
    )
    table.add("`fit` by trim, 3 of 10 s (25 MB)", "`ffmpeg -c copy`", ratio, 1.0)
    table.notes.append(
        "vprep decodes what it copies, so that no damage is passed on, reads the copy back, compares it with its "
        "source packet by packet, and reports the MD5 of both; `ffmpeg -c copy` does none of that."
    )
    return table


def copies(table, call, clip, path, pairs):
    """Adds rows for copies out of other containers."""
    # The service takes FLV, so that a clip passes through.
    formats = (
        ("mov", "remux (5 MB of MOV)"),
        ("mkv", "remux (5 MB of Matroska)"),
        ("ts", "remux (5 MB of MPEG-TS)"),
        ("flv", "passthrough (5 MB of FLV)"),
    )
    for ending, work in formats:
        source = path("short." + ending)
        # The service takes no clip of 2 seconds or less.
        subprocess.run(PROGRAM + ["-i", clip, "-t", "2.1", "-c", "copy", source], check=True)
        copied = path("copy.mp4")
        copy = PROGRAM + ["-i", source] + COPY + [copied]
        # What is known of a copy that was verified takes a decode as well.
        both = ["sh", "-c", f"{shlex.join(copy)} && ffmpeg -v error -nostdin -i {shlex.quote(copied)} -f null -"]
        for against, theirs, target in (
            ("`ffmpeg -c copy`", copy, 1.0),
            ("`ffmpeg -c copy`, and decoding the copy", both, None),
        ):
            ratio = timing.in_turn(
                lambda: call("fit", source, path("remux.mp4"), "--provider", "tencent"),
                lambda: timing.run(theirs)[0],
                pairs,
            )
            table.add(f"`fit` by {work}", against, ratio, target)
